// SPDX-License-Identifier: MIT
#include "base/crc.h"

#include <array>

namespace xg2g::base {
namespace {

constexpr std::uint32_t kPolynomial32 = 0x04C11DB7;  // ISO/IEC 13818-1, annex A
constexpr std::uint16_t kPolynomial16 = 0x8005;      // ETSI TS 102 366, 6.1.7

/// What each first byte does to a register of `Register`, high bit first.
template <typename Register>
constexpr std::array<Register, 256> make_table(Register polynomial) {
  constexpr int kBits = 8 * sizeof(Register);
  std::array<Register, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto crc = static_cast<Register>(i << (kBits - 8));
    for (int bit = 0; bit < 8; ++bit) {
      const bool carry = (crc >> (kBits - 1)) != 0;
      crc = static_cast<Register>((crc << 1) ^ (carry ? polynomial : 0));
    }
    table[i] = crc;
  }
  return table;
}

constexpr auto kTable32 = make_table(kPolynomial32);
constexpr auto kTable16 = make_table(kPolynomial16);

}  // namespace

std::uint32_t crc32_mpeg(std::span<const std::uint8_t> bytes) noexcept {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const std::uint8_t byte : bytes) {
    crc = (crc << 8) ^ kTable32[(crc >> 24) ^ byte];
  }
  return crc;
}

std::uint16_t crc16(std::span<const std::uint8_t> bytes,
                    std::uint16_t initial) noexcept {
  std::uint16_t crc = initial;
  for (const std::uint8_t byte : bytes) {
    crc = static_cast<std::uint16_t>((crc << 8) ^ kTable16[(crc >> 8) ^ byte]);
  }
  return crc;
}

}  // namespace xg2g::base
