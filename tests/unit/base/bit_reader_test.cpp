// SPDX-License-Identifier: MIT
#include "base/bit_reader.h"

#include <gtest/gtest.h>

#include <array>
#include <span>

namespace xg2g::base {
namespace {

constexpr std::array<std::uint8_t, 9> kBytes = {0x12, 0x34, 0x56, 0x78, 0x9A,
                                                0xBC, 0xDE, 0xF0, 0x47};

std::span<const std::uint8_t> first(std::size_t count) {
  return std::span(kBytes).first(count);
}

TEST(BitReader, ReadsFieldsMostSignificantBitFirst) {
  struct Case {
    std::size_t position;
    unsigned bits;
    std::uint32_t value;
  };
  constexpr std::array kCases = {
      Case{0, 0, 0},           Case{0, 1, 0},
      Case{3, 1, 1},           Case{0, 8, 0x12},
      Case{4, 8, 0x23},        Case{0, 16, 0x1234},
      Case{7, 2, 0},           Case{11, 13, 0x1456},
      Case{0, 32, 0x12345678}, Case{4, 32, 0x23456789},
      Case{7, 32, 0x1A2B3C4D}, Case{40, 32, 0xBCDEF047},
  };
  for (const Case& field : kCases) {
    SCOPED_TRACE(::testing::Message()
                 << field.bits << " bits at " << field.position);
    BitReader bits(kBytes);
    bits.skip(field.position);
    EXPECT_EQ(bits.read(field.bits), field.value);
    EXPECT_EQ(bits.position(), field.position + field.bits);
    EXPECT_TRUE(bits.ok());
  }
}

TEST(BitReader, ReadsLongFieldsOfUpTo64Bits) {
  EXPECT_EQ(BitReader(kBytes).read_long(20), 0x12345U);
  EXPECT_EQ(BitReader(kBytes).read_long(33), 0x12345678'9AULL >> 7);
  EXPECT_EQ(BitReader(kBytes).read_long(64), 0x12345678'9ABCDEF0ULL);
}

TEST(BitReader, ReadsFlags) {
  constexpr std::array<std::uint8_t, 1> kFlags = {0b10000000};
  BitReader bits(kFlags);
  EXPECT_TRUE(bits.flag());
  EXPECT_FALSE(bits.flag());
}

TEST(BitReader, IsOkAtTheVeryEnd) {
  BitReader bits(kBytes);
  bits.skip(8 * kBytes.size() - 1);
  EXPECT_TRUE(bits.flag());
  EXPECT_EQ(bits.remaining(), 0U);
  EXPECT_TRUE(bits.ok());
}

TEST(BitReader, AnswersZeroToAFieldThatCrossesTheEnd) {
  BitReader bits(first(1));
  EXPECT_EQ(bits.read(9), 0U);
  EXPECT_FALSE(bits.ok());
}

TEST(BitReader, AnswersZeroToALongFieldThatCrossesTheEnd) {
  BitReader bits(first(2));
  EXPECT_EQ(bits.read_long(48), 0U);
  EXPECT_FALSE(bits.ok());
}

TEST(BitReader, StaysWrongOnceItHasPassedTheEnd) {
  BitReader bits(first(2));
  (void)bits.read(17);
  EXPECT_EQ(bits.read(1), 0U);
  EXPECT_EQ(bits.read(0), 0U);
  EXPECT_EQ(bits.remaining(), 0U);
  EXPECT_FALSE(bits.ok());
}

TEST(BitReader, SkipsNoFurtherThanTheEnd) {
  BitReader bits(kBytes);
  bits.skip(static_cast<std::size_t>(-1));
  EXPECT_EQ(bits.position(), 8 * kBytes.size());
  EXPECT_FALSE(bits.ok());
}

TEST(BitReader, HasNothingInAnEmptyView) {
  BitReader bits({});
  EXPECT_EQ(bits.remaining(), 0U);
  EXPECT_TRUE(bits.ok());
  EXPECT_FALSE(bits.flag());
  EXPECT_FALSE(bits.ok());
}

}  // namespace
}  // namespace xg2g::base
