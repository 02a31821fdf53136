// SPDX-License-Identifier: MIT
#include "base/bit_writer.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "base/bit_reader.h"

namespace xg2g::base {
namespace {

using Bytes = std::vector<std::uint8_t>;

struct Field {
  std::uint64_t value;
  unsigned bits;
};

/// Fields one after the other and the bytes that they make.
struct Case {
  const char* name;
  std::vector<Field> fields;
  Bytes bytes;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"whole bytes", {{0x12, 8}, {0x3456, 16}}, {0x12, 0x34, 0x56}},
      {"single bits", {{1, 1}, {0, 1}, {1, 1}, {0, 5}}, {0xA0}},
      {"a PID", {{0b010, 3}, {0x1ABC, 13}}, {0x5A, 0xBC}},
      {"fields over byte borders",
       {{0b1, 1}, {0b0101'01010, 9}, {0b101010, 6}},
       {0b1010'1010, 0b1010'1010}},
      {"nothing between two fields", {{0xF, 4}, {0, 0}, {0x0, 4}}, {0xF0}},
      {"33 bits",
       {{0x1'FFFF'FFFEULL, 33}, {0x7F, 7}},
       {0xFF, 0xFF, 0xFF, 0xFF, 0x7F}},
      {"64 bits off the byte border",
       {{0x1, 4}, {0x2345'6789'ABCD'EF01ULL, 64}, {0x2, 4}},
       {0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC, 0xDE, 0xF0, 0x12}},
  };
  return kCases;
}

TEST(BitWriter, WritesFieldsMostSignificantBitFirst) {
  for (const Case& test : cases()) {
    SCOPED_TRACE(test.name);
    Bytes bytes(test.bytes.size());
    BitWriter bits(bytes);
    for (const Field& field : test.fields) bits.write(field.value, field.bits);
    EXPECT_EQ(bytes, test.bytes);
    EXPECT_EQ(bits.position(), 8 * test.bytes.size());
    EXPECT_TRUE(bits.ok());
  }
}

TEST(BitWriter, WritesWhatBitReaderReads) {
  for (const Case& test : cases()) {
    SCOPED_TRACE(test.name);
    BitReader bits(test.bytes);
    for (const Field& field : test.fields) {
      EXPECT_EQ(bits.read_long(field.bits), field.value);
    }
    EXPECT_TRUE(bits.ok());
  }
}

TEST(BitWriter, IgnoresWhatStandsAboveAField) {
  Bytes bytes(1);
  BitWriter bits(bytes);
  bits.write(0, 4);
  bits.write(0xFFF3, 4);
  EXPECT_EQ(bytes, (Bytes{0x03}));
}

TEST(BitWriter, LeavesTheBitsAroundAFieldAlone) {
  Bytes bytes = {0xFF, 0xFF};
  BitWriter bits(bytes);
  bits.write(0b1, 1);
  bits.write(0, 9);
  EXPECT_EQ(bytes, (Bytes{0x80, 0x3F}));
}

TEST(BitWriter, WritesWholeBytesAtAnyPosition) {
  Bytes bytes(3);
  BitWriter bits(bytes);
  bits.write(0xA, 4);
  bits.bytes(Bytes{0x12, 0x34});
  bits.write(0xB, 4);
  EXPECT_EQ(bytes, (Bytes{0xA1, 0x23, 0x4B}));
}

TEST(BitWriter, WritesNothingOfAFieldThatCrossesTheEnd) {
  Bytes bytes(2);
  BitWriter bits(bytes);
  bits.write(0xFFFFFF, 17);
  EXPECT_EQ(bytes, (Bytes{0, 0}));
  EXPECT_EQ(bits.position(), 0U);
  EXPECT_FALSE(bits.ok());
}

TEST(BitWriter, WritesNothingOfBytesThatCrossTheEnd) {
  Bytes bytes(2);
  BitWriter bits(bytes);
  bits.bytes(Bytes{1, 2, 3});
  EXPECT_EQ(bytes, (Bytes{0, 0}));
  EXPECT_FALSE(bits.ok());
}

TEST(BitWriter, StaysWrongOnceItHasPassedTheEnd) {
  Bytes bytes(1);
  BitWriter bits(bytes);
  bits.write(0, 9);
  bits.write(0, 8);
  EXPECT_FALSE(bits.ok());
}

}  // namespace
}  // namespace xg2g::base
