// SPDX-License-Identifier: MIT
#include "es/adts_header.h"

#include <gtest/gtest.h>

namespace xg2g::es {
namespace {

using Bytes = std::array<std::uint8_t, kAdtsHeaderSize>;

struct Case {
  AdtsFormat format;
  std::size_t payload;
  Bytes bytes;
  std::uint32_t sample_rate;
  std::uint8_t channels;
};

constexpr std::array kCases{
    Case{{3, 2}, 100, {0xFF, 0xF1, 0x4C, 0x80, 0x0D, 0x7F, 0xFC}, 48'000, 2},
    Case{{4, 1}, 1, {0xFF, 0xF1, 0x50, 0x40, 0x01, 0x1F, 0xFC}, 44'100, 1},
    Case{{0, 6}, 2041, {0xFF, 0xF1, 0x41, 0x81, 0x00, 0x1F, 0xFC}, 96'000, 6},
    Case{{12, 7},
         kAdtsMaxPayload,
         {0xFF, 0xF1, 0x71, 0xC3, 0xFF, 0xFF, 0xFC},
         7'350,
         8},
};

TEST(AdtsHeader, IsWritten) {
  for (const Case& c : kCases) {
    EXPECT_EQ(make_adts_header(c.format, c.payload), c.bytes) << c.payload;
  }
}

TEST(AdtsHeader, IsReadBack) {
  for (const Case& c : kCases) {
    const FrameHeader expected{
        .codec = Codec::kAacAdts,
        .size = static_cast<std::uint32_t>(kAdtsHeaderSize + c.payload),
        .sample_rate = c.sample_rate,
        .samples = 1024,
        .channels = c.channels,
        .lfe = c.channels >= 6};
    EXPECT_EQ(parse_adts_header(c.bytes), expected) << c.payload;
  }
}

TEST(AdtsHeader, CountsRawDataBlocks) {
  Bytes bytes = kCases[0].bytes;
  bytes[6] |= 3;
  EXPECT_EQ(parse_adts_header(bytes)->samples, 4096);
}

TEST(AdtsHeader, SaysNoChannelsWhereTheConfigurationIsInside) {
  EXPECT_EQ(parse_adts_header(make_adts_header({3, 0}, 100))->channels, 0);
}

TEST(AdtsHeader, TakesMpeg2AndCrc) {
  Bytes bytes = kCases[0].bytes;
  bytes[1] = 0xF8;
  EXPECT_TRUE(parse_adts_header(bytes));
}

TEST(AdtsHeader, IsNoneWhereItIsReservedOrEmpty) {
  EXPECT_FALSE(parse_adts_header(make_adts_header({13, 2}, 100)));
  EXPECT_FALSE(parse_adts_header(make_adts_header({3, 2}, 0)));
  Bytes bytes = make_adts_header({3, 2}, 2);
  bytes[1] &= 0xFE;  // a CRC takes the two bytes
  EXPECT_FALSE(parse_adts_header(bytes));
  bytes = kCases[0].bytes;
  bytes[1] |= 0x02;  // layer
  EXPECT_FALSE(parse_adts_header(bytes));
}

TEST(AdtsHeader, NeedsSevenBytes) {
  EXPECT_FALSE(parse_adts_header(std::span(kCases[0].bytes).first(6)));
}

}  // namespace
}  // namespace xg2g::es
