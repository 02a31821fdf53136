// SPDX-License-Identifier: MIT
#include "base/bit_reader.h"

#include <algorithm>

namespace xg2g::base {

std::uint32_t BitReader::read(unsigned bits) noexcept {
  if (bits > remaining()) {
    position_ = bytes_.size() * 8;
    ok_ = false;
    return 0;
  }
  std::uint64_t value = 0;
  while (bits > 0) {
    const unsigned offset = static_cast<unsigned>(position_ % 8);
    const unsigned take = std::min(8 - offset, bits);
    const unsigned byte = bytes_[position_ / 8];
    const unsigned field = (byte >> (8 - offset - take)) & ((1U << take) - 1);
    value = (value << take) | field;
    position_ += take;
    bits -= take;
  }
  return static_cast<std::uint32_t>(value);
}

std::uint64_t BitReader::read_long(unsigned bits) noexcept {
  if (bits <= 32) return read(bits);
  if (bits > remaining()) {
    skip(bits);
    return 0;
  }
  const std::uint64_t high = read(bits - 32);
  return (high << 32) | read(32);
}

void BitReader::skip(std::size_t bits) noexcept {
  if (bits > remaining()) {
    position_ = bytes_.size() * 8;
    ok_ = false;
    return;
  }
  position_ += bits;
}

}  // namespace xg2g::base
