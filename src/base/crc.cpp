// SPDX-License-Identifier: MIT
#include "base/crc.h"

#include <array>

namespace xg2g::base {
namespace {

constexpr std::uint32_t kPolynomial = 0x04C11DB7;  // ISO/IEC 13818-1, annex A

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t crc = i << 24;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc << 1) ^ ((crc >> 31) != 0 ? kPolynomial : 0);
    }
    table[i] = crc;
  }
  return table;
}

constexpr std::array<std::uint32_t, 256> kTable = make_table();

}  // namespace

std::uint32_t crc32_mpeg(std::span<const std::uint8_t> bytes) noexcept {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const std::uint8_t byte : bytes) {
    crc = (crc << 8) ^ kTable[(crc >> 24) ^ byte];
  }
  return crc;
}

}  // namespace xg2g::base
