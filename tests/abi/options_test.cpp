// SPDX-License-Identifier: MIT
//
// What init refuses, and in which words.

#include <gtest/gtest.h>

#include <cstring>
#include <ostream>

#include "handle.h"

namespace xg2g::test {
namespace {

struct Refusal {
  int sample_rate;
  int channels;
  int bit_rate;
  const char* value;    ///< The sentence names it,
  const char* allowed;  ///< and this.
};

std::ostream& operator<<(std::ostream& out, const Refusal& it) {
  return out << it.sample_rate << " Hz, " << it.channels << " channels, "
             << it.bit_rate << " bit/s";
}

class Refuses : public testing::TestWithParam<Refusal> {};

TEST_P(Refuses, WithASentenceThatNamesTheValueAndWhatIsAllowed) {
  const Refusal& it = GetParam();
  const Handle handle(
      xg2g_audio_remux_init(it.sample_rate, it.channels, it.bit_rate));
  EXPECT_EQ(handle, nullptr);
  EXPECT_NE(last_error().find(it.value), std::string::npos) << last_error();
  EXPECT_NE(last_error().find(it.allowed), std::string::npos) << last_error();
}

INSTANTIATE_TEST_SUITE_P(
    Values, Refuses,
    testing::Values(Refusal{0, 2, 192'000, "sample_rate 0", "8000"},
                    Refusal{-1, 2, 192'000, "-1", "96000"},
                    Refusal{7'350, 2, 64'000, "7350", "8000"},
                    Refusal{44'000, 2, 192'000, "44000", "44100"},
                    Refusal{192'000, 2, 192'000, "192000", "96000"},
                    Refusal{48'000, 0, 192'000, "channels 0", "1 to 6"},
                    Refusal{48'000, 7, 192'000, "channels 7", "8"},
                    Refusal{48'000, 9, 192'000, "channels 9", "8"},
                    Refusal{48'000, -2, 192'000, "-2", "1 to 6"},
                    Refusal{48'000, 2, 31'999, "31999", "32000 to 512000"},
                    Refusal{48'000, 2, 512'001, "512001", "512000"},
                    Refusal{8'000, 1, 48'001, "48001", "48000"},
                    Refusal{48'000, 1, 288'001, "288001", "288000"},
                    Refusal{48'000, 2, 0, "bit_rate 0", "32000"}));

TEST(Init, TakesEveryRateAndChannelCountThatIsAllowed) {
  for (const int rate : {8'000, 11'025, 12'000, 16'000, 22'050, 24'000, 32'000,
                         44'100, 48'000, 64'000, 88'200, 96'000}) {
    for (const int channels : {1, 2, 3, 4, 5, 6, 8}) {
      const Handle handle(xg2g_audio_remux_init(rate, channels, 32'000));
      EXPECT_NE(handle, nullptr) << rate << " " << channels;
    }
  }
}

/// One member set to one value; the sentence holds `words`.
struct Member {
  std::int32_t xg2g_remux_options::*member;
  std::int32_t value;
  const char* words;
};

TEST(InitWith, RefusesWhatNoMemberCanBe) {
  for (const Member& it :
       {Member{&xg2g_remux_options::program, -1, "program -1"},
        Member{&xg2g_remux_options::program, 65'536, "65535"},
        Member{&xg2g_remux_options::dual_mono, 3, "dual_mono 3"},
        Member{&xg2g_remux_options::dual_mono, -1, "0 to 2"},
        Member{&xg2g_remux_options::drc_percent, 101, "drc_percent 101"},
        Member{&xg2g_remux_options::drc_percent, -1, "0 to 100"}}) {
    xg2g_remux_options options = default_options();
    options.*it.member = it.value;
    EXPECT_EQ(open_handle(options), nullptr);
    EXPECT_NE(last_error().find(it.words), std::string::npos) << last_error();
  }
}

TEST(InitWith, RefusesWhatIsNoLanguage) {
  for (const char* list :
       {"d", "germ", "d1", "deu,", ",deu", "deu eng", "deu,eng2"}) {
    xg2g_remux_options options = default_options();
    options.languages = list;
    if (std::strcmp(list, "deu,") == 0) continue;  // A comma too many is none.
    EXPECT_EQ(open_handle(options), nullptr) << list;
    EXPECT_NE(last_error().find("ISO 639-2"), std::string::npos) << list;
  }
}

TEST(InitWith, TakesEveryCodeOfALanguage) {
  for (const char* list : {"deu", "ger", "de", "DEU", "De,fre,eng"}) {
    xg2g_remux_options options = default_options();
    options.languages = list;
    EXPECT_NE(open_handle(options), nullptr) << list << ": " << last_error();
  }
}

TEST(InitWith, RefusesNullAndAnEmptyStruct) {
  EXPECT_EQ(xg2g_audio_remux_init_with(nullptr), nullptr);
  xg2g_remux_options options = default_options();
  options.struct_size = 0;
  EXPECT_EQ(open_handle(options), nullptr);
  EXPECT_NE(last_error().find("xg2g_remux_options_init"), std::string::npos);
}

TEST(InitWith, TakesAShorterStructOfAnOlderHeader) {
  xg2g_remux_options options = default_options();
  options.struct_size = offsetof(xg2g_remux_options, program);
  options.drc_percent = 1'000;  // Not the library's to read.
  EXPECT_NE(open_handle(options), nullptr) << last_error();
}

TEST(InitWith, TakesALongerStructOfANewerHeader) {
  struct {
    xg2g_remux_options known;
    std::uint8_t newer[64];
  } options{};
  options.known = default_options();
  options.known.struct_size = sizeof options;
  std::memset(options.newer, 0xEE, sizeof options.newer);
  EXPECT_NE(Handle(xg2g_audio_remux_init_with(&options.known)), nullptr);
}

TEST(InitWith, KeepsNoPointerToTheLanguages) {
  char list[] = "deu,eng";
  xg2g_remux_options options = default_options();
  options.languages = list;
  const Handle handle = open_handle(options);
  std::memset(list, 'x', sizeof list - 1);
  EXPECT_NE(handle, nullptr);
}

}  // namespace
}  // namespace xg2g::test
