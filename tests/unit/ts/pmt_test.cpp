// SPDX-License-Identifier: MIT
#include "ts/pmt.h"

#include <gtest/gtest.h>

#include "support/sections.h"

namespace xg2g::ts {
namespace {

using test::Bytes;

struct Case {
  const char* name;
  Pmt pmt;
  Bytes body;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"no stream",
       {.program_number = 1,
        .pcr_pid = 0x1FFF,
        .program_info = {},
        .streams = {}},
       {0xFF, 0xFF, 0xF0, 0x00}},
      {"one stream without descriptors",
       {.program_number = 0x1234,
        .version_number = 31,
        .pcr_pid = 0x0100,
        .program_info = {},
        .streams = {{0x03, 0x0101, {}}}},
       {0xE1, 0x00, 0xF0, 0x00, 0x03, 0xE1, 0x01, 0xF0, 0x00}},
      {"descriptors of the program and of its streams",
       {.program_number = 2,
        .version_number = 4,
        .current = false,
        .pcr_pid = 0x0200,
        .program_info = {0x05, 4, 'H', 'D', 'M', 'V'},
        .streams = {{0x1B, 0x0200, {}},
                    {0x06, 0x1FFE, {0x6A, 1, 0, 0x0A, 4, 'd', 'e', 'u', 0}}}},
       {0xE2, 0x00, 0xF0, 0x06, 0x05, 4,    'H',  'D',  'M',  'V',
        0x1B, 0xE2, 0x00, 0xF0, 0x00, 0x06, 0xFF, 0xFE, 0xF0, 0x09,
        0x6A, 1,    0,    0x0A, 4,    'd',  'e',  'u',  0}},
  };
  return kCases;
}

Bytes built(const Case& test) {
  return test::make_section(
      0x02, test.pmt.program_number, test.body,
      {.version = test.pmt.version_number, .current = test.pmt.current});
}

/// A PMT with one stream whose descriptors make the section `size` bytes long.
Pmt pmt_of_size(std::size_t size) {
  Pmt pmt;
  pmt.streams.push_back({0x06, 0x0100, {}});
  pmt.streams[0].descriptors.resize(size - pmt_size(pmt), 0xA5);
  return pmt;
}

TEST(Pmt, IsWrittenAsTheStandardSays) {
  for (const Case& test : cases()) {
    SCOPED_TRACE(test.name);
    EXPECT_EQ(write_pmt(test.pmt), built(test));
  }
}

TEST(Pmt, IsReadBack) {
  for (const Case& test : cases()) {
    SCOPED_TRACE(test.name);
    EXPECT_EQ(parse_pmt(built(test)), test.pmt);
  }
}

TEST(Pmt, KnowsItsSizeBeforeItIsWritten) {
  for (const Case& test : cases()) {
    SCOPED_TRACE(test.name);
    EXPECT_EQ(pmt_size(test.pmt), built(test).size());
  }
}

TEST(Pmt, MayFillASectionToTheLastByte) {
  for (const std::size_t size : {1021U, 1024U}) {
    const Pmt pmt = pmt_of_size(size);
    const Bytes section = write_pmt(pmt);
    EXPECT_EQ(section.size(), size);
    EXPECT_EQ(parse_pmt(section), pmt);
  }
}

TEST(Pmt, IsRefusedWhereItIsLongerThanASectionMayBe) {
  EXPECT_FALSE(parse_pmt(write_pmt(pmt_of_size(1025))));
}

TEST(Pmt, IgnoresReservedBits) {
  const Case& last = cases().back();
  Bytes body = last.body;
  body[0] &= 0x1F;
  body[2] &= 0x0F;
  body[11] &= 0x1F;
  body[13] &= 0x0F;
  EXPECT_EQ(parse_pmt(built({last.name, last.pmt, body})), last.pmt);
}

TEST(Pmt, IsRefusedWhereALengthPointsPastItsEnd) {
  const std::vector<Case> damaged = {
      {"no room for the fixed part", {}, {0xE1, 0x00, 0xF0}},
      {"program_info_length", {}, {0xE1, 0x00, 0xF0, 0x01}},
      {"ES_info_length",
       {},
       {0xE1, 0x00, 0xF0, 0x00, 0x03, 0xE1, 0x01, 0xF0, 0x01}},
      {"the longest ES_info_length",
       {},
       {0xE1, 0x00, 0xF0, 0x00, 0x03, 0xE1, 0x01, 0xFF, 0xFF}},
      {"a part of a stream",
       {},
       {0xE1, 0x00, 0xF0, 0x00, 0x03, 0xE1, 0x01, 0xF0}},
  };
  for (const Case& test : damaged) {
    SCOPED_TRACE(test.name);
    EXPECT_FALSE(parse_pmt(built(test)));
  }
}

TEST(Pmt, IsRefusedWithAWrongCrc) {
  EXPECT_FALSE(parse_pmt(
      test::make_pmt(1, {0x0100, {{0x03, 0x0101}}}, {.damaged_crc = true})));
}

TEST(Pmt, IsRefusedUnderAnotherTableId) {
  EXPECT_FALSE(
      parse_pmt(test::make_section(0x00, 1, Bytes{0xE1, 0x00, 0xF0, 0x00})));
}

}  // namespace
}  // namespace xg2g::ts
