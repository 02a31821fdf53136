// SPDX-License-Identifier: MIT
#include "base/crc.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace xg2g::base {
namespace {

std::uint32_t crc_of(std::string_view text) {
  return crc32_mpeg(std::vector<std::uint8_t>(text.begin(), text.end()));
}

TEST(Crc32Mpeg, HasThePublishedCheckValue) {
  EXPECT_EQ(crc_of("123456789"), 0x0376E6E7U);
}

TEST(Crc32Mpeg, IsAllOnesOverNothing) { EXPECT_EQ(crc_of(""), 0xFFFFFFFFU); }

TEST(Crc32Mpeg, IsZeroOverASectionWithItsCrcBehindIt) {
  // A PAT: program 1 on PID 0x0100.
  const std::vector<std::uint8_t> section = {0x00, 0xB0, 0x0D, 0x00, 0x01, 0xC1,
                                             0x00, 0x00, 0x00, 0x01, 0xE1, 0x00,
                                             0xE8, 0xF9, 0x5E, 0x7D};
  EXPECT_EQ(crc32_mpeg(section), 0U);
}

TEST(Crc32Mpeg, NoticesEverySingleBitError) {
  std::vector<std::uint8_t> bytes(24, 0x5A);
  const std::uint32_t whole = crc32_mpeg(bytes);
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    const auto mask = static_cast<std::uint8_t>(1U << bit % 8);
    bytes[bit / 8] ^= mask;
    EXPECT_NE(crc32_mpeg(bytes), whole) << "bit " << bit;
    bytes[bit / 8] ^= mask;
  }
}

TEST(Crc16, HasThePublishedCheckValues) {
  const std::vector<std::uint8_t> digits = {'1', '2', '3', '4', '5',
                                            '6', '7', '8', '9'};
  EXPECT_EQ(crc16(digits), 0xFEE8);          // CRC-16/UMTS
  EXPECT_EQ(crc16(digits, 0xFFFF), 0xAEE7);  // CRC-16/CMS
}

TEST(Crc16, IsZeroOverBytesWithTheirCrcBehindThem) {
  EXPECT_EQ(crc16(std::vector<std::uint8_t>{'1', '2', '3', '4', '5', '6', '7',
                                            '8', '9', 0xFE, 0xE8}),
            0);
}

}  // namespace
}  // namespace xg2g::base
