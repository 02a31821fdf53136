// SPDX-License-Identifier: MIT
#include "es/latm_header.h"

#include <gtest/gtest.h>

#include <array>

namespace xg2g::es {
namespace {

using Bytes = std::array<std::uint8_t, 3>;

TEST(LatmHeader, TellsItsSizeAndNoMore) {
  for (const auto& [bytes, size] : {std::pair{Bytes{0x56, 0xE0, 0x01}, 4U},
                                    {Bytes{0x56, 0xE1, 0x5B}, 350U},
                                    {Bytes{0x56, 0xFF, 0xFF}, 8194U}}) {
    const FrameHeader expected{.codec = Codec::kAacLatm, .size = size};
    EXPECT_EQ(parse_latm_header(bytes), expected);
  }
}

TEST(LatmHeader, IsNoneWithoutTheSyncwordOrWithNothingBehindIt) {
  EXPECT_FALSE(parse_latm_header(Bytes{0x56, 0xC1, 0x5B}));
  EXPECT_FALSE(parse_latm_header(Bytes{0x57, 0xE1, 0x5B}));
  EXPECT_FALSE(parse_latm_header(Bytes{0x56, 0xE0, 0x00}));
}

TEST(LatmHeader, NeedsThreeBytes) {
  EXPECT_FALSE(parse_latm_header(std::array<std::uint8_t, 2>{0x56, 0xE1}));
}

}  // namespace
}  // namespace xg2g::es
