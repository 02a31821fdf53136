// SPDX-License-Identifier: MIT
#include "ts/section.h"

#include <gtest/gtest.h>

#include "support/sections.h"

namespace xg2g::ts {
namespace {

using test::Bytes;

constexpr std::size_t kOverhead = 12;  // header and CRC_32

struct Case {
  const char* name;
  SectionHeader header;
  Bytes body;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"an empty body", {.table_id = 0x00}, {}},
      {"every field at its limit",
       {.table_id = 0x3F,
        .table_id_extension = 0xFFFF,
        .version_number = 31,
        .section_number = 0xFE,
        .last_section_number = 0xFF},
       {0x01}},
      {"not yet current",
       {.table_id = 0x02, .version_number = 1, .current = false},
       {0xAA, 0xBB}},
      {"the longest that PSI may be",
       {.table_id = 0x02, .table_id_extension = 0x1234},
       Bytes(kLongestPsiSection - kOverhead, 0x5A)},
  };
  return kCases;
}

Bytes built(const Case& test) {
  return test::make_section(test.header.table_id,
                            test.header.table_id_extension, test.body,
                            {.version = test.header.version_number,
                             .current = test.header.current,
                             .number = test.header.section_number,
                             .last = test.header.last_section_number});
}

TEST(Section, IsWrittenAsTheStandardSays) {
  for (const Case& test : cases()) {
    SCOPED_TRACE(test.name);
    EXPECT_EQ(write_section(test.header, test.body), built(test));
  }
}

TEST(Section, IsReadBack) {
  for (const Case& test : cases()) {
    SCOPED_TRACE(test.name);
    const Bytes bytes = built(test);
    const auto section = parse_section(bytes);
    ASSERT_TRUE(section.has_value());
    const SectionHeader& header = section->header;
    EXPECT_EQ(header.table_id, test.header.table_id);
    EXPECT_EQ(header.table_id_extension, test.header.table_id_extension);
    EXPECT_EQ(header.version_number, test.header.version_number);
    EXPECT_EQ(header.current, test.header.current);
    EXPECT_EQ(header.section_number, test.header.section_number);
    EXPECT_EQ(header.last_section_number, test.header.last_section_number);
    EXPECT_EQ(Bytes(section->body.begin(), section->body.end()), test.body);
  }
}

TEST(Section, IsRefusedWhereAnyBitIsWrong) {
  Bytes bytes = write_section({.table_id = 0x02}, Bytes{1, 2, 3});
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    const auto mask = static_cast<std::uint8_t>(1U << bit % 8);
    bytes[bit / 8] ^= mask;
    EXPECT_FALSE(parse_section(bytes).has_value()) << "bit " << bit;
    bytes[bit / 8] ^= mask;
  }
}

TEST(Section, IsRefusedWhereItIsShorterThanItsHeaderAndCrc) {
  const Bytes bytes = write_section({}, {});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(parse_section(test::View(bytes).first(size)).has_value());
  }
}

TEST(Section, IsRefusedWhereItsLengthIsNotItsSize) {
  Bytes bytes = write_section({.table_id = 0x02}, Bytes{1, 2, 3});
  bytes.push_back(0xFF);
  EXPECT_FALSE(parse_section(bytes).has_value());
}

TEST(Section, IsRefusedWhereItIsLongerThanPsiMayBe) {
  const Bytes body(kLongestPsiSection - kOverhead + 1);
  EXPECT_FALSE(parse_section(write_section({}, body)).has_value());
}

TEST(Section, IsRefusedInTheShortForm) {
  // section_syntax_indicator 0, with the CRC_32 that fits it.
  const Bytes bytes = {0x02, 0x30, 0x09, 0x00, 0x01, 0xC1,
                       0x00, 0x00, 0x75, 0xB1, 0x35, 0xE6};
  EXPECT_FALSE(parse_section(bytes).has_value());
}

}  // namespace
}  // namespace xg2g::ts
