// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace xg2g::audio {

/// How far the PTS of a stream stand from the count of its samples, by the
/// last kMemory of them. Their median and quartiles tell: one that lies, or
/// belongs to another frame now and then, moves none of these.
class PtsOffset {
 public:
  static constexpr std::size_t kMemory = 31;

  void add(std::int64_t offset) noexcept;
  void clear() noexcept { *this = {}; }

  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  [[nodiscard]] bool full() const noexcept { return count_ == kMemory; }
  /// The median; 0 where there is none.
  [[nodiscard]] std::int64_t median() const noexcept { return median_; }
  /// The first and the third quartile: the median for fewer than four.
  [[nodiscard]] std::int64_t low() const noexcept { return low_; }
  [[nodiscard]] std::int64_t high() const noexcept { return high_; }

 private:
  void rank() noexcept;

  std::array<std::int64_t, kMemory> last_{};
  std::size_t count_ = 0;
  std::size_t next_ = 0;
  std::int64_t low_ = 0;
  std::int64_t median_ = 0;
  std::int64_t high_ = 0;
};

}  // namespace xg2g::audio
