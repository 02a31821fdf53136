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

/// Program 1 with these streams.
ProgramMap one_program(const std::vector<test::PmtStream>& streams) {
  ProgramMap map;
  (void)map.push_pat(test::make_pat({{1, 0x100}}));
  (void)map.push_pmt(0x100, test::make_pmt(1, {0x101, streams}));
  return map;
}

/// supplementary_audio_descriptor of an audio description in Gaelic.
const test::Descriptors kDescription(0x7F,
                                     test::Bytes{0x06, 0x07, 'g', 'l', 'a'});

TEST(Selection, TakesEveryCodeOfALanguageForTheSame) {
  const auto map = one_program(
      {{0x03, 0x102, "ger"}, {0x03, 0x103, "DEU"}, {0x03, 0x104, "fre"}});
  for (const auto* code : {"deu", "ger", "de", "GER"}) {
    EXPECT_EQ(select({.languages = {code}}, map), (Pids{0x102, 0x103}));
  }
  EXPECT_EQ(select({.languages = {"fr"}}, map), (Pids{0x104}));
}

TEST(Selection, FollowsALanguageThatOtherDescriptorsGive) {
  const test::Descriptors spanish(
      0x81, test::Bytes{8, 0x28, 5, 0xFF, 0x1F, 1, 0xBF, 's', 'p', 'a'});
  const auto map = one_program(
      {{0x81, 0x102, spanish}, {0x03, 0x103, kDescription}, {0x03, 0x104}});
  EXPECT_EQ(select({.languages = {"spa"}}, map), (Pids{0x102}));
  EXPECT_EQ(select({.languages = {"gla"}}, map), (Pids{0x103}));
}

TEST(Selection, OfTheFirstOnlyPrefersMainSoundToADescription) {
  const auto described = test::language("eng", 3);
  const test::Descriptors visual(0x81, test::Bytes{8, 0x28, 0x45});
  for (const auto& beside : {described, visual, kDescription}) {
    const auto map = one_program({{0x81, 0x102, beside}, {0x81, 0x103, "eng"}});
    EXPECT_EQ(select({.first_only = true}, map), (Pids{0x103}));
  }
}

TEST(Selection, OfTheFirstOnlyTakesADescriptionWhereThereIsNoOther) {
  const auto map =
      one_program({{0x06, 0x105}, {0x03, 0x102, test::language("eng", 3)}});
  EXPECT_EQ(select({.first_only = true}, map), (Pids{0x102}));
}

TEST(Selection, LeavesEncryptedFramesAlone) {
  const auto map = one_program({{0xC1, 0x102}, {0xCF, 0x103}, {0x81, 0x104}});
  EXPECT_EQ(select({}, map), (Pids{0x104}));
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
