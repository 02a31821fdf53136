// SPDX-License-Identifier: MIT
#include "remux/selection.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/sections.h"

namespace xg2g::remux {
namespace {

using test::language;
using Pids = std::vector<std::uint16_t>;

/// Program 1: German, English, private data; 2: the English one again, French.
ProgramMap two_programs() {
  const test::ProgramMap first{
      0x101,
      {{0x1B, 0x101}, {0x03, 0x102, "deu"}, {0x81, 0x103, "eng"}, {6, 0x104}}};
  const test::ProgramMap second{0x101,
                                {{0x81, 0x103, "eng"}, {0x03, 0x202, "fra"}}};
  ProgramMap map;
  (void)map.push_pat(test::make_pat({{1, 0x100}, {2, 0x200}}));
  (void)map.push_pmt(0x100, test::make_pmt(1, first));
  (void)map.push_pmt(0x200, test::make_pmt(2, second));
  return map;
}

Pids select(const Options& options, const ProgramMap& map = two_programs()) {
  Pids pids;
  for (const auto& [pid, kind] : select_audio(map, options)) {
    pids.push_back(pid);
  }
  return pids;
}

TEST(Selection, IsEverySoundAndWhatMayBeSound) {
  EXPECT_EQ(select({}), (Pids{0x102, 0x103, 0x104, 0x202}));
}

TEST(Selection, FollowsTheLanguages) {
  EXPECT_EQ(select({.languages = {"eng"}}), (Pids{0x103}));
  EXPECT_EQ(select({.languages = {"deu", "fra"}}), (Pids{0x102, 0x202}));
  EXPECT_EQ(select({.languages = {"ita"}}), Pids{});
}

TEST(Selection, FollowsEveryEntryOfALanguageDescriptor) {
  const test::Descriptors both(0x0A,
                               test::Bytes{'d', 'e', 'u', 0, 'e', 'n', 'g', 0});
  ProgramMap map;
  (void)map.push_pat(test::make_pat({{1, 0x100}}));
  (void)map.push_pmt(0x100, test::make_pmt(1, {0x101, {{0x03, 0x102, both}}}));
  EXPECT_EQ(select({.languages = {"eng"}}, map), (Pids{0x102}));
}

TEST(Selection, FollowsTheProgram) {
  EXPECT_EQ(select({.program = 2}), (Pids{0x103, 0x202}));
  EXPECT_EQ(select({.program = 3}), Pids{});
}

TEST(Selection, OfTheFirstOnlyTakesOneOfEachProgram) {
  EXPECT_EQ(select({.first_only = true}), (Pids{0x102, 0x103}));
  EXPECT_EQ(select({.languages = {"eng", "fra"}, .first_only = true}),
            (Pids{0x103}));
}

TEST(Selection, LeavesReservedPidsAlone) {
  ProgramMap map;
  (void)map.push_pat(test::make_pat({{1, 0x100}}));
  (void)map.push_pmt(
      0x100,
      test::make_pmt(1, {0x101, {{0x03, 0x000F}, {0x03, 0x1FFF}, {3, 0x10}}}));
  EXPECT_EQ(select({}, map), (Pids{0x10}));
}

TEST(Selection, TrustsTheStrongerOfTwoAnnouncements) {
  ProgramMap map;
  (void)map.push_pat(test::make_pat({{1, 0x100}, {2, 0x200}}));
  (void)map.push_pmt(0x100, test::make_pmt(1, {0x101, {{0x81, 0x102}}}));
  (void)map.push_pmt(0x200, test::make_pmt(2, {0x101, {{0x06, 0x102}}}));
  EXPECT_EQ(select_audio(map, {}).at(0x102).handling, Handling::kDecode);
}

}  // namespace
}  // namespace xg2g::remux
