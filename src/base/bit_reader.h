// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace xg2g::base {

/// Reads big-endian bit fields from a bounded view.
///
/// Reading past the end answers zeros and makes ok() false for good, so a
/// parser reads a whole structure and asks once.
class BitReader {
 public:
  explicit BitReader(std::span<const std::uint8_t> bytes) noexcept
      : bytes_(bytes) {}

  /// Reads `bits` (0 to 32) bits.
  [[nodiscard]] std::uint32_t read(unsigned bits) noexcept;
  /// Reads `bits` (0 to 64) bits.
  [[nodiscard]] std::uint64_t read_long(unsigned bits) noexcept;
  [[nodiscard]] bool flag() noexcept { return read(1) != 0; }
  void skip(std::size_t bits) noexcept;

  /// True while nothing was read past the end.
  [[nodiscard]] bool ok() const noexcept { return ok_; }
  /// Position and size in bits.
  [[nodiscard]] std::size_t position() const noexcept { return position_; }
  [[nodiscard]] std::size_t remaining() const noexcept {
    return bytes_.size() * 8 - position_;
  }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t position_ = 0;
  bool ok_ = true;
};

}  // namespace xg2g::base
