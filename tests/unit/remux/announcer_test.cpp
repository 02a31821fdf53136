// SPDX-License-Identifier: MIT
#include "remux/announcer.h"

#include <gtest/gtest.h>

#include <set>

#include "support/descriptors.h"

namespace xg2g::remux {
namespace {

/// Program 1 with one sound on 0x102.
Program make_program(std::uint8_t version, std::uint8_t stream_type = 0x03) {
  ts::Pmt pmt{.program_number = 1, .version_number = version};
  pmt.streams = {{stream_type, 0x102, {}}};
  return {1, 0x100, pmt, {}};
}

/// An announcer that is told what 0x102 carries.
struct Told {
  std::set<std::uint16_t> adts;
  Announcer announcer{0x29,
                      [this](std::uint16_t pid) { return adts.contains(pid); }};

  /// The version that leaves.
  int update(const Program& program) {
    announcer.invalidate();
    (void)announcer.update(program);
    return announcer.announced(1)->version_number;
  }
};

TEST(Announcer, KeepsTheVersionWhileOnlyTheInputsChanges) {
  Told told;
  EXPECT_EQ(told.update(make_program(4)), 4);
  EXPECT_EQ(told.update(make_program(5, 0x81)), 5);
}

TEST(Announcer, RaisesTheVersionWhereTheInputsStays) {
  Told told;
  (void)told.update(make_program(4));
  told.adts = {0x102};
  EXPECT_EQ(told.update(make_program(4)), 5);
  EXPECT_EQ(told.update(make_program(4)), 5);
  told.adts = {};
  EXPECT_EQ(told.update(make_program(4)), 6);
}

TEST(Announcer, StaysAheadOfTheInputFromThenOn) {
  Told told;
  (void)told.update(make_program(31));
  told.adts = {0x102};
  EXPECT_EQ(told.update(make_program(31)), 0);
  told.adts = {};
  EXPECT_EQ(told.update(make_program(0)), 1);
}

TEST(Announcer, SaysWhetherWhatWentOutHasChanged) {
  Told told;
  EXPECT_FALSE(told.announcer.update(make_program(4)));
  told.announcer.invalidate();
  EXPECT_FALSE(told.announcer.update(make_program(4)));
  told.adts = {0x102};
  EXPECT_FALSE(told.announcer.update(make_program(4)));  // not invalidated
  told.announcer.invalidate();
  EXPECT_TRUE(told.announcer.update(make_program(4)));
}

TEST(Announcer, AltersOnlyWhatIsNotTrue) {
  Told told;
  (void)told.update(make_program(4));
  EXPECT_FALSE(told.announcer.alters(make_program(4)));
  told.adts = {0x102};
  (void)told.update(make_program(4));
  EXPECT_TRUE(told.announcer.alters(make_program(4)));
}

TEST(Announcer, WritesASectionThatReadsBack) {
  Told told;
  told.adts = {0x102};
  (void)told.update(make_program(4));
  const auto pmt = ts::parse_pmt(told.announcer.section(make_program(4)));
  ASSERT_TRUE(pmt);
  EXPECT_EQ(pmt->streams[0].stream_type, 0x0F);
  EXPECT_EQ(*pmt, *told.announcer.announced(1));
}

TEST(Announcer, KnowsNoProgramThatHasNoPmt) {
  Told told;
  EXPECT_FALSE(told.announcer.update({7, 0x100, {}, {}}));
  EXPECT_EQ(told.announcer.announced(8), nullptr);
}

}  // namespace
}  // namespace xg2g::remux
