// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/byte_queue.h"
#include "base/timestamp.h"

namespace xg2g::audio {

/// One AAC frame in ADTS (ISO/IEC 13818-7, 6.2) and where it stands.
struct AacFrame {
  std::span<const std::uint8_t> bytes;  ///< Valid until the next call.
  base::Ticks pts;                      ///< Of the samples it decodes to.
};

/// Holds AAC frames until they are asked for. At most kLimit of them: the
/// oldest gives way.
class FrameQueue {
 public:
  static constexpr std::size_t kLimit = 256;

  /// Reserves room for `bytes` bytes.
  explicit FrameQueue(std::size_t bytes) : bytes_(bytes) {}

  void push(std::span<const std::uint8_t> frame, base::Ticks pts);
  /// Takes the oldest.
  [[nodiscard]] std::optional<AacFrame> pop() noexcept;

 private:
  struct Entry {
    std::size_t size;
    base::Ticks pts;
  };

  void forget_taken() noexcept;

  base::ByteQueue bytes_;
  std::array<Entry, kLimit> entries_{};
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::size_t taken_ = 0;  ///< Bytes at the front that pop() handed out.
};

}  // namespace xg2g::audio
