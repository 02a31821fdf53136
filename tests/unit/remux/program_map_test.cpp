// SPDX-License-Identifier: MIT
#include "remux/program_map.h"

#include <gtest/gtest.h>

#include "support/sections.h"

namespace xg2g::remux {
namespace {

using test::make_pat;
using test::make_pmt;

const test::ProgramMap kSound{0x101, {{0x03, 0x102}}};

/// A map with program 1 on 0x100.
ProgramMap one_program() {
  ProgramMap map;
  EXPECT_EQ(map.push_pat(make_pat({{1, 0x100}})), MapChange::kUpdated);
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(1, kSound)), MapChange::kUpdated);
  return map;
}

TEST(ProgramMap, IsCompleteWithThePmtOfEveryProgram) {
  ProgramMap map;
  EXPECT_FALSE(map.complete());
  (void)map.push_pat(make_pat({{0, 0x10}, {1, 0x100}, {2, 0x200}}));
  (void)map.push_pmt(0x100, make_pmt(1, kSound));
  EXPECT_FALSE(map.complete());
  (void)map.push_pmt(0x200, make_pmt(2, kSound));
  EXPECT_TRUE(map.complete());
  EXPECT_EQ(map.programs().size(), 2U);
}

TEST(ProgramMap, KnowsWhichStreamsAreOfOneProgram) {
  ProgramMap map;
  (void)map.push_pat(make_pat({{1, 0x100}, {2, 0x200}}));
  (void)map.push_pmt(0x100, make_pmt(1, {0x101, {{3, 0x102}, {3, 0x103}}}));
  (void)map.push_pmt(0x200, make_pmt(2, {0x101, {{3, 0x103}, {3, 0x104}}}));
  EXPECT_TRUE(map.together(0x102, 0x103));
  EXPECT_TRUE(map.together(0x104, 0x103));
  EXPECT_FALSE(map.together(0x102, 0x104));
}

TEST(ProgramMap, IsNotCompleteWithoutAProgram) {
  ProgramMap map;
  EXPECT_EQ(map.push_pat(make_pat({{0, 0x10}})), MapChange::kUpdated);
  EXPECT_FALSE(map.complete());
  EXPECT_FALSE(map.named());
}

TEST(ProgramMap, TakesAPmtOfAnyPidUntilAPatNamesPrograms) {
  ProgramMap map;
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(1, kSound)), MapChange::kUpdated);
  EXPECT_EQ(map.push_pmt(0x200, make_pmt(2, kSound)), MapChange::kUpdated);
  (void)map.push_pat(make_pat({{0, 0x10}}));
  EXPECT_EQ(map.programs().size(), 2U);
  EXPECT_FALSE(map.complete());
  (void)map.push_pat(make_pat({{1, 0x100}}, {.version = 1}));
  EXPECT_TRUE(map.complete());
  ASSERT_EQ(map.programs().size(), 1U);
  EXPECT_NE(map.find(0x100, make_pmt(1, kSound)), nullptr);
  EXPECT_EQ(map.push_pmt(0x300, make_pmt(3, kSound)), MapChange::kNone);
}

TEST(ProgramMap, TakesAPmtOfAnotherProgramNumberWhereThereIsNoOther) {
  ProgramMap map;
  (void)map.push_pat(make_pat({{1, 0x100}}));
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(7, kSound)), MapChange::kUpdated);
  EXPECT_FALSE(map.complete());  // the right one may still come
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(8, kSound)), MapChange::kNone);
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(7, kSound)), MapChange::kUpdated);
  EXPECT_TRUE(map.complete());
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(1, kSound)), MapChange::kUpdated);
  EXPECT_EQ(map.programs()[0].pmt->program_number, 1);
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(7, kSound)), MapChange::kNone);
}

TEST(ProgramMap, KeepsThePmtOfAnUnnamedPidWhateverItsProgramNumber) {
  ProgramMap map;
  (void)map.push_pmt(0x100, make_pmt(7, kSound));
  (void)map.push_pat(make_pat({{1, 0x100}}));
  ASSERT_EQ(map.programs().size(), 1U);
  EXPECT_EQ(map.programs()[0].number, 1);
  EXPECT_NE(map.find(0x100, make_pmt(7, kSound)), nullptr);
}

TEST(ProgramMap, GuessesWhosePmtADamagedSectionIs) {
  ProgramMap map = one_program();
  (void)map.push_pat(make_pat({{1, 0x100}, {2, 0x100}}, {.version = 1}));
  (void)map.push_pmt(0x100, make_pmt(2, kSound));
  EXPECT_EQ(map.guess(0x100, make_pmt(2, kSound, {.damaged_crc = true})),
            &map.programs()[1]);
  EXPECT_EQ(map.guess(0x100, make_pmt(9, kSound)), &map.programs()[0]);
  EXPECT_EQ(map.guess(0x100, {}), &map.programs()[0]);
  EXPECT_EQ(map.guess(0x200, {}), nullptr);
}

TEST(ProgramMap, KnowsWhereOnlyDamagedPmtsLack) {
  ProgramMap map;
  (void)map.push_pat(make_pat({{1, 0x100}, {2, 0x200}}));
  (void)map.push_pmt(0x100, make_pmt(1, kSound, {.damaged_crc = true}));
  EXPECT_FALSE(map.damaged());
  (void)map.push_pmt(0x200, make_pmt(2, kSound));
  EXPECT_TRUE(map.damaged());
  (void)map.push_pmt(0x100, make_pmt(1, kSound));
  EXPECT_FALSE(map.damaged());
}

TEST(ProgramMap, TakesARepetitionForNothingNew) {
  ProgramMap map = one_program();
  EXPECT_EQ(map.push_pat(make_pat({{1, 0x100}})), MapChange::kNone);
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(1, kSound)), MapChange::kNone);
}

TEST(ProgramMap, TakesOtherContentUnderTheSameVersion) {
  ProgramMap map = one_program();
  const test::ProgramMap other{0x101, {{0x81, 0x102}}};
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(1, other)), MapChange::kUpdated);
  EXPECT_EQ(map.programs()[0].pmt->streams[0].stream_type, 0x81);
}

TEST(ProgramMap, WaitsForEverySectionOfAPat) {
  ProgramMap map;
  const auto first = make_pat({{1, 0x100}}, {.number = 0, .last = 1});
  const auto second = make_pat({{2, 0x200}}, {.number = 1, .last = 1});
  EXPECT_EQ(map.push_pat(second), MapChange::kNone);
  EXPECT_EQ(map.push_pat(first), MapChange::kUpdated);
  EXPECT_EQ(map.programs().size(), 2U);
}

TEST(ProgramMap, KeepsThePmtOfAProgramThatStays) {
  ProgramMap map = one_program();
  (void)map.push_pat(make_pat({{1, 0x100}, {2, 0x200}}, {.version = 1}));
  EXPECT_TRUE(map.programs()[0].pmt);
  EXPECT_FALSE(map.programs()[1].pmt);
}

TEST(ProgramMap, KeepsThePmtOfAProgramThatMovesUntilTheNextHasCome) {
  ProgramMap map = one_program();
  (void)map.push_pat(make_pat({{1, 0x110}}, {.version = 1}));
  ASSERT_TRUE(map.programs()[0].pmt);
  EXPECT_EQ(map.programs()[0].pmt_pid, 0x110);
  EXPECT_EQ(map.push_pmt(0x110, make_pmt(1, kSound)), MapChange::kUpdated);
}

TEST(ProgramMap, DropsAProgramThatIsGone) {
  ProgramMap map = one_program();
  (void)map.push_pat(make_pat({{2, 0x100}}, {.version = 1}));
  ASSERT_EQ(map.programs().size(), 1U);
  EXPECT_FALSE(map.programs()[0].pmt);
}

TEST(ProgramMap, IgnoresWhatIsNotCurrent) {
  ProgramMap map = one_program();
  EXPECT_EQ(map.push_pat(make_pat({}, {.version = 1, .current = false})),
            MapChange::kNone);
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(1, {0x1FFF, {}},
                                         {.version = 1, .current = false})),
            MapChange::kNone);
  EXPECT_EQ(map.programs()[0].pmt->streams.size(), 1U);
}

TEST(ProgramMap, SaysWhichSectionsAreDamaged) {
  ProgramMap map = one_program();
  EXPECT_EQ(map.push_pat(make_pat({}, {.damaged_crc = true})),
            MapChange::kDamaged);
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(1, kSound, {.damaged_crc = true})),
            MapChange::kDamaged);
}

TEST(ProgramMap, IgnoresAPmtOfNoProgramOnItsPid) {
  ProgramMap map = one_program();
  EXPECT_EQ(map.push_pmt(0x100, make_pmt(9, kSound)), MapChange::kNone);
  EXPECT_EQ(map.push_pmt(0x222, make_pmt(1, kSound, {.version = 1})),
            MapChange::kNone);
}

TEST(ProgramMap, IgnoresOtherTablesOnAPmtPid) {
  ProgramMap map = one_program();
  const auto other = test::make_section(0x74, 1, test::Bytes(20));
  EXPECT_EQ(map.push_pmt(0x100, other), MapChange::kNone);
}

TEST(ProgramMap, FindsTheProgramOfItsCurrentSection) {
  const ProgramMap map = one_program();
  ASSERT_NE(map.find(0x100, make_pmt(1, kSound)), nullptr);
  EXPECT_EQ(map.find(0x100, make_pmt(1, kSound, {.version = 2})), nullptr);
  EXPECT_EQ(map.find(0x200, make_pmt(1, kSound)), nullptr);
}

}  // namespace
}  // namespace xg2g::remux
