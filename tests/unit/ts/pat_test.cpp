// SPDX-License-Identifier: MIT
#include "ts/pat.h"

#include <gtest/gtest.h>

#include "support/sections.h"

namespace xg2g::ts {
namespace {

using test::Bytes;

struct Case {
  const char* name;
  Pat pat;
  Bytes body;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"no program", {.transport_stream_id = 7, .entries = {}}, {}},
      {"one program",
       {.transport_stream_id = 0x0441,
        .version_number = 5,
        .entries = {{1, 0x0100}}},
       {0x00, 0x01, 0xE1, 0x00}},
      {"a network and two programs",
       {.transport_stream_id = 0xFFFF,
        .version_number = 31,
        .entries = {{0, 0x0010}, {0x1234, 0x1FFE}, {0xFFFF, 0x0020}}},
       {0x00, 0x00, 0xE0, 0x10, 0x12, 0x34, 0xFF, 0xFE, 0xFF, 0xFF, 0xE0,
        0x20}},
      {"the second of two sections, not yet current",
       {.current = false,
        .section_number = 1,
        .last_section_number = 1,
        .entries = {{2, 0x0200}}},
       {0x00, 0x02, 0xE2, 0x00}},
  };
  return kCases;
}

Bytes built(const Case& test) {
  return test::make_section(0x00, test.pat.transport_stream_id, test.body,
                            {.version = test.pat.version_number,
                             .current = test.pat.current,
                             .number = test.pat.section_number,
                             .last = test.pat.last_section_number});
}

TEST(Pat, IsWrittenAsTheStandardSays) {
  for (const Case& test : cases()) {
    SCOPED_TRACE(test.name);
    EXPECT_EQ(write_pat(test.pat), built(test));
  }
}

TEST(Pat, IsReadBack) {
  for (const Case& test : cases()) {
    SCOPED_TRACE(test.name);
    EXPECT_EQ(parse_pat(built(test)), test.pat);
  }
}

TEST(Pat, HoldsAsManyProgramsAsASectionHasRoomFor) {
  Pat pat;
  for (std::uint16_t i = 0; i < 253; ++i) pat.entries.push_back({i, 0x0100});
  const Bytes section = write_pat(pat);
  EXPECT_EQ(section.size(), 1024U);
  EXPECT_EQ(parse_pat(section), pat);
}

TEST(Pat, IgnoresThePartOfAnEntryAtItsEnd) {
  const Bytes section =
      test::make_section(0x00, 1, Bytes{0x00, 0x01, 0xE1, 0x00, 0x00, 0x02});
  const auto pat = parse_pat(section);
  ASSERT_TRUE(pat.has_value());
  EXPECT_EQ(pat->entries, (std::vector<PatEntry>{{1, 0x0100}}));
}

TEST(Pat, IsRefusedWithAWrongCrc) {
  EXPECT_FALSE(parse_pat(test::make_pat({{1, 0x0100}}, {.damaged_crc = true})));
}

TEST(Pat, IsRefusedUnderAnotherTableId) {
  EXPECT_FALSE(
      parse_pat(test::make_section(0x02, 1, Bytes{0x00, 0x01, 0xE1, 0x00})));
}

}  // namespace
}  // namespace xg2g::ts
