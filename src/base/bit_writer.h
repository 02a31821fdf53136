// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace xg2g::base {

/// Writes big-endian bit fields into a bounded view, the counterpart of
/// BitReader. A call that would write past the end writes nothing and makes
/// ok() false for good.
class BitWriter {
 public:
  explicit BitWriter(std::span<std::uint8_t> bytes) noexcept : bytes_(bytes) {}

  /// Writes the low `bits` (0 to 64) bits of `value`.
  void write(std::uint64_t value, unsigned bits) noexcept;
  /// Writes whole bytes at any bit position.
  void bytes(std::span<const std::uint8_t> source) noexcept;

  [[nodiscard]] bool ok() const noexcept { return ok_; }
  /// Position in bits.
  [[nodiscard]] std::size_t position() const noexcept { return position_; }

 private:
  std::span<std::uint8_t> bytes_;
  std::size_t position_ = 0;
  bool ok_ = true;
};

}  // namespace xg2g::base
