// SPDX-License-Identifier: MIT
#include "base/bit_writer.h"

#include <algorithm>

namespace xg2g::base {

void BitWriter::write(std::uint64_t value, unsigned bits) noexcept {
  if (bits > bytes_.size() * 8 - position_) {
    ok_ = false;
    return;
  }
  while (bits > 0) {
    const unsigned offset = static_cast<unsigned>(position_ % 8);
    const unsigned take = std::min(8 - offset, bits);
    const unsigned shift = 8 - offset - take;
    const unsigned mask = ((1U << take) - 1) << shift;
    const auto field = static_cast<unsigned>(value >> (bits - take)) << shift;
    std::uint8_t& byte = bytes_[position_ / 8];
    byte = static_cast<std::uint8_t>((byte & ~mask) | (field & mask));
    position_ += take;
    bits -= take;
  }
}

void BitWriter::bytes(std::span<const std::uint8_t> source) noexcept {
  if (source.size() > (bytes_.size() * 8 - position_) / 8) {
    ok_ = false;
    return;
  }
  for (const std::uint8_t byte : source) write(byte, 8);
}

}  // namespace xg2g::base
