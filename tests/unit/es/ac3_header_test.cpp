// SPDX-License-Identifier: MIT
#include "es/ac3_header.h"

#include <gtest/gtest.h>

#include <array>

namespace xg2g::es {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

/// An AC-3 header with dialnorm -27 and no mix levels: acmod 0, 1 or 2.
Bytes ac3(unsigned fscod, unsigned frmsizecod, unsigned bsid, unsigned acmod) {
  // Behind acmod: dsurmod where it is 2, lfeon, dialnorm.
  const unsigned tail = acmod == 2 ? 0b00'0'11011 << 5 : 0b0'11011 << 7;
  return {0x0B,
          0x77,
          0,
          0,
          static_cast<std::uint8_t>(fscod << 6 | frmsizecod),
          static_cast<std::uint8_t>(bsid << 3),
          static_cast<std::uint8_t>(acmod << 5 | tail >> 8),
          static_cast<std::uint8_t>(tail)};
}

TEST(Ac3Header, ReadsStereo) {
  const FrameHeader expected{.codec = Codec::kAc3,
                             .size = 768,
                             .sample_rate = 48'000,
                             .samples = 1536,
                             .channels = 2,
                             .dialnorm = -27};
  EXPECT_EQ(parse_ac3_header(ac3(0, 20, 8, 2)), expected);
}

TEST(Ac3Header, ReadsChannelsBehindTheMixLevelsOfEachMode) {
  struct Case {
    std::uint8_t acmod;
    unsigned mix_bits;
    std::uint8_t channels;
  };
  // ETSI TS 102 366, tables 4.3 and 4.2: what stands between acmod and lfeon.
  constexpr std::array kCases{Case{0, 0, 2}, Case{1, 0, 1}, Case{2, 2, 2},
                              Case{3, 2, 3}, Case{4, 2, 3}, Case{5, 4, 4},
                              Case{6, 2, 4}, Case{7, 4, 5}};
  for (const Case& c : kCases) {
    for (const unsigned lfeon : {0U, 1U}) {
      Bytes bytes = ac3(0, 36, 8, 0);
      const unsigned field = (lfeon << 5 | 31U) << (7 - c.mix_bits);
      const unsigned tail = static_cast<unsigned>(c.acmod) << 13 | field;
      bytes[6] = static_cast<std::uint8_t>(tail >> 8);
      bytes[7] = static_cast<std::uint8_t>(tail);
      const auto header = parse_ac3_header(bytes);
      ASSERT_TRUE(header);
      EXPECT_EQ(header->channels, c.channels + lfeon) << int{c.acmod};
      EXPECT_EQ(header->lfe, lfeon == 1) << int{c.acmod};
      EXPECT_EQ(header->dialnorm, -31) << int{c.acmod};
      EXPECT_EQ(header->dual_mono, c.acmod == 0);
    }
  }
}

TEST(Ac3Header, KnowsEveryFrameSize) {
  // ETSI TS 102 366, table 4.13: words at 32, 44.1 and 48 kHz, even codes.
  constexpr std::array<std::array<std::uint32_t, 3>, 19> kWords{{
      {96, 69, 64},       {120, 87, 80},      {144, 104, 96},
      {168, 121, 112},    {192, 139, 128},    {240, 174, 160},
      {288, 208, 192},    {336, 243, 224},    {384, 278, 256},
      {480, 348, 320},    {576, 417, 384},    {672, 487, 448},
      {768, 557, 512},    {960, 696, 640},    {1152, 835, 768},
      {1344, 975, 896},   {1536, 1114, 1024}, {1728, 1253, 1152},
      {1920, 1393, 1280},
  }};
  for (unsigned code = 0; code < 38; ++code) {
    const auto& words = kWords[code / 2];
    EXPECT_EQ(parse_ac3_header(ac3(2, code, 8, 2))->size, 2 * words[0]);
    EXPECT_EQ(parse_ac3_header(ac3(1, code, 8, 2))->size,
              2 * (words[1] + code % 2));
    EXPECT_EQ(parse_ac3_header(ac3(0, code, 8, 2))->size, 2 * words[2]);
  }
}

TEST(Ac3Header, DividesTheRateForBsid9And10) {
  EXPECT_EQ(parse_ac3_header(ac3(0, 20, 6, 2))->sample_rate, 48'000U);
  EXPECT_EQ(parse_ac3_header(ac3(0, 20, 9, 2))->sample_rate, 24'000U);
  EXPECT_EQ(parse_ac3_header(ac3(1, 20, 10, 2))->sample_rate, 11'025U);
}

TEST(Ac3Header, TakesDialnorm0For31) {
  Bytes bytes = ac3(0, 20, 8, 1);
  bytes[6] = 1 << 5;
  bytes[7] = 0;
  EXPECT_EQ(parse_ac3_header(bytes)->dialnorm, -31);
}

TEST(Ac3Header, ReadsTheDialnormOfEachOfTwoProgrammes) {
  Bytes bytes = ac3(0, 20, 8, 0);
  // Behind dialnorm: compr and langcod, no mixing information, dialnorm2.
  bytes[7] |= 0b1'000000;
  bytes[8] = 0b00'1'00000;
  bytes[9] = 0b000'0'1001;
  bytes[10] = 0b0'0000000;
  EXPECT_EQ(parse_ac3_header(bytes)->dialnorm, -27);
  EXPECT_EQ(parse_ac3_header(bytes)->dialnorm2, -18);
  EXPECT_EQ(parse_ac3_header(ac3(0, 20, 8, 2))->dialnorm2, 0);
}

TEST(Ac3Header, IsNoneWhereAFieldIsReserved) {
  EXPECT_FALSE(parse_ac3_header(ac3(3, 20, 8, 2))) << "fscod";
  EXPECT_FALSE(parse_ac3_header(ac3(0, 38, 8, 2))) << "frmsizecod";
  EXPECT_FALSE(parse_ac3_header(ac3(0, 20, 17, 2))) << "bsid";
}

struct Eac3 {
  unsigned strmtyp = 0;
  unsigned substream = 0;
  unsigned frmsiz = 255;
  unsigned fscod = 0;
  unsigned numblkscod = 3;
  unsigned acmod = 7;
  unsigned lfeon = 1;
  unsigned bsid = 16;
  unsigned dialnorm = 24;

  [[nodiscard]] Bytes bytes() const {
    return {
        0x0B,
        0x77,
        static_cast<std::uint8_t>(strmtyp << 6 | substream << 3 | frmsiz >> 8),
        static_cast<std::uint8_t>(frmsiz),
        static_cast<std::uint8_t>(fscod << 6 | numblkscod << 4 | acmod << 1 |
                                  lfeon),
        static_cast<std::uint8_t>(bsid << 3 | dialnorm >> 2),
        static_cast<std::uint8_t>(dialnorm << 6),
        0};
  }
};

TEST(Eac3Header, ReadsAnIndependentFrame) {
  const FrameHeader expected{.codec = Codec::kEac3,
                             .size = 512,
                             .sample_rate = 48'000,
                             .samples = 1536,
                             .channels = 6,
                             .lfe = true,
                             .dialnorm = -24};
  EXPECT_EQ(parse_ac3_header(Eac3{}.bytes()), expected);
}

TEST(Eac3Header, ReadsSubstreams) {
  const auto dependent =
      parse_ac3_header(Eac3{.strmtyp = 1, .substream = 5}.bytes());
  ASSERT_TRUE(dependent);
  EXPECT_TRUE(dependent->dependent);
  EXPECT_EQ(dependent->substream, 5);
  const auto converted =
      parse_ac3_header(Eac3{.strmtyp = 2, .substream = 7}.bytes());
  ASSERT_TRUE(converted);
  EXPECT_FALSE(converted->dependent);
  EXPECT_EQ(converted->substream, 7);
}

TEST(Eac3Header, CountsBlocks) {
  for (const auto& [code, samples] :
       {std::pair{0U, 256}, {1U, 512}, {2U, 768}, {3U, 1536}}) {
    EXPECT_EQ(parse_ac3_header(Eac3{.numblkscod = code}.bytes())->samples,
              samples);
  }
}

TEST(Eac3Header, ReadsTheHalvedRates) {
  for (const auto& [code, rate] :
       {std::pair{0U, 24'000U}, {1U, 22'050U}, {2U, 16'000U}}) {
    const auto header =
        parse_ac3_header(Eac3{.fscod = 3, .numblkscod = code}.bytes());
    ASSERT_TRUE(header);
    EXPECT_EQ(header->sample_rate, rate);
    EXPECT_EQ(header->samples, 1536);
  }
}

TEST(Eac3Header, ReadsTheLargestFrame) {
  EXPECT_EQ(parse_ac3_header(Eac3{.frmsiz = 2047}.bytes())->size, 4096U);
}

TEST(Eac3Header, IsNoneWhereAFieldIsReserved) {
  EXPECT_FALSE(parse_ac3_header(Eac3{.strmtyp = 3}.bytes()));
  EXPECT_FALSE(parse_ac3_header(Eac3{.fscod = 3, .numblkscod = 3}.bytes()));
  EXPECT_FALSE(parse_ac3_header(Eac3{.frmsiz = 2}.bytes())) << "6 bytes";
  EXPECT_FALSE(parse_ac3_header(Eac3{.bsid = 17}.bytes()));
}

TEST(Ac3Header, NeedsTheWholeOfIt) {
  const Bytes frame = ac3(0, 20, 8, 2);
  EXPECT_TRUE(parse_ac3_header(frame));
  EXPECT_FALSE(parse_ac3_header(std::span(frame).first(7)));
  const Bytes extended = Eac3{}.bytes();
  EXPECT_TRUE(parse_ac3_header(std::span(extended).first(7)));
  EXPECT_FALSE(parse_ac3_header(std::span(extended).first(6)));
  EXPECT_FALSE(parse_ac3_header({}));
}

}  // namespace
}  // namespace xg2g::es
