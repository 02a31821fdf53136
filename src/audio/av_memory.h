// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <utility>

namespace xg2g::audio {

/// Keeps the blocks that libav* frees for those it asks for next.
///
/// libavcodec allocates and frees small things with every frame. The FFmpeg
/// that is shipped is built with --malloc-prefix=avpool_ and asks the
/// functions behind this class; while a PoolScope is open, blocks of up to
/// kLargest bytes come from and go to its pool, and once each has been seen,
/// the system is not asked again. All else, and all outside of a scope, goes
/// to the system. A block may be freed anywhere: it knows its own size.
///
/// Not everywhere does libav* say that an allocation failed: it may go on with
/// less. The pool knows, so what was done in its scope can be given up.
class AvPool {
 public:
  static constexpr std::size_t kLargest = 64 * 1024;
  /// Bytes that a pool keeps at most.
  static constexpr std::size_t kLimit = 512 * 1024;
  static constexpr std::size_t kClasses = 41;

  AvPool() = default;
  AvPool(const AvPool&) = delete;
  AvPool& operator=(const AvPool&) = delete;
  ~AvPool();

  /// A kept block of size class `index`, or nullptr.
  [[nodiscard]] void* take(std::size_t index) noexcept;
  /// Keeps a block of that class; false where the pool is full.
  [[nodiscard]] bool keep(void* block, std::size_t index) noexcept;
  [[nodiscard]] std::size_t kept() const noexcept { return kept_; }
  /// Notes that the system had no memory for what libav* asked for.
  void fail() noexcept { failed_ = true; }
  /// True where that happened since the last call.
  [[nodiscard]] bool take_failure() noexcept {
    return std::exchange(failed_, false);
  }

 private:
  struct Free {
    Free* next;
  };
  std::array<Free*, kClasses> free_{};
  std::size_t kept_ = 0;
  bool failed_ = false;
};

/// Makes a pool the one that libav* uses on this thread.
class PoolScope {
 public:
  explicit PoolScope(AvPool& pool) noexcept;
  PoolScope(const PoolScope&) = delete;
  PoolScope& operator=(const PoolScope&) = delete;
  ~PoolScope();

 private:
  AvPool* outer_;
};

}  // namespace xg2g::audio

// The allocator of FFmpeg's libavutil/mem.c under --malloc-prefix.
extern "C" {
[[gnu::visibility("hidden")]] void* avpool_malloc(std::size_t size);
[[gnu::visibility("hidden")]] void* avpool_memalign(std::size_t alignment,
                                                    std::size_t size);
[[gnu::visibility("hidden")]] int avpool_posix_memalign(void** block,
                                                        std::size_t alignment,
                                                        std::size_t size);
[[gnu::visibility("hidden")]] void* avpool_realloc(void* block,
                                                   std::size_t size);
[[gnu::visibility("hidden")]] void avpool_free(void* block);
}
