// SPDX-License-Identifier: MIT
#include "ts/audio_label.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "support/descriptors.h"

namespace xg2g::ts {
namespace {

using test::Bytes;
using test::Descriptors;

/// supplementary_audio_descriptor: mix_type, editorial_classification.
Descriptors supplementary(unsigned mix_type, unsigned classification,
                          std::string_view code = "") {
  Bytes body = {0x06};
  test::put(body, mix_type << 7 | classification << 2 | 0x02 |
                      (code.empty() ? 0 : 1));
  body.insert(body.end(), code.begin(), code.end());
  return {0x7F, body};
}

/// Of ATSC: bsmod and num_channels, all that may follow, and languages.
Descriptors atsc_ac3(unsigned bsmod, unsigned channels,
                     std::string_view codes = "") {
  Bytes body = {0x08, 0x28};
  test::put(body, bsmod << 5 | channels << 1 | 1);
  test::put(body, 0xFF);                     // langcod
  if (channels == 0) test::put(body, 0xFF);  // langcod2
  test::put(body, 0x1F);                     // mainid or asvcflags
  test::put(body, 2 << 1 | 1);               // textlen, text_code
  test::put(body, 0x4142, 2);                // text
  const unsigned flags = codes.size() == 6 ? 3 : codes.size() == 3 ? 2 : 0;
  test::put(body, flags << 6 | 0x3F);
  body.insert(body.end(), codes.begin(), codes.end());
  return {0x81, body};
}

struct Row {
  const char* name;
  std::uint8_t stream_type;
  Descriptors descriptors;
  std::string language;
  int audio_type = 0;
  bool associated = false;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

const Bytes kAtscProgram = Descriptors(0x05, Bytes{'G', 'A', '9', '4'}).bytes();

class AudioLabelOf : public testing::TestWithParam<Row> {};

TEST_P(AudioLabelOf, IsReadFromWhateverSaysIt) {
  const Row& row = GetParam();
  const auto label =
      audio_label_of({row.stream_type, 0x102, row.descriptors.bytes()},
                     row.stream_type == 0x87 ? kAtscProgram : Bytes{});
  EXPECT_EQ(label.language().data(), row.language);
  EXPECT_EQ(label.audio_type, row.audio_type);
  EXPECT_EQ(label.associated, row.associated);
}

INSTANTIATE_TEST_SUITE_P(
    Iso639, AudioLabelOf,
    testing::Values(
        Row{"nothing", 0x03, {}, ""}, Row{"language", 0x03, "deu", "deu"},
        Row{"clean_effects", 0x03, test::language("deu", 1), "deu", 1, true},
        Row{"hearing_impaired", 0x03, test::language("deu", 2), "deu", 2, true},
        Row{"visual_impaired", 0x03, test::language("deu", 3), "deu", 3, true},
        Row{"primary", 0x03, test::language("deu", 0x80), "deu", 0x80, false},
        Row{"emergency", 0x03, test::language("deu", 0x82), "deu", 0x82, true},
        Row{"undetermined", 0x03, "und", "und"},
        Row{"empty", 0x03, {0x0A, Bytes{}}, ""},
        Row{"cut", 0x03, {0x0A, Bytes{'d', 'e', 'u'}}, ""}),
    [](const auto& it) { return std::string(it.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Supplementary, AudioLabelOf,
    testing::Values(
        Row{"main", 0x03, supplementary(1, 0, "gla"), "gla"},
        Row{"to_be_mixed", 0x03, supplementary(0, 0), "", 0, true},
        Row{"description", 0x03, supplementary(0, 1, "gla"), "gla", 3, true},
        Row{"mixed_description", 0x03, supplementary(1, 1), "", 3, true},
        Row{"clean_audio", 0x03, supplementary(1, 2), "", 2, true},
        Row{"spoken_subtitles", 0x03, supplementary(1, 3), "", 3, true},
        Row{"unspecific", 0x03, supplementary(1, 0x17), "", 0, true},
        Row{"behind_a_language", 0x03, "eng" + supplementary(1, 0, "gla"),
            "eng"},
        Row{"behind_none", 0x03, "und" + supplementary(1, 0, "gla"), "gla"},
        Row{"cut", 0x03, {0x7F, Bytes{0x06}}, ""},
        Row{"cut_language", 0x03, {0x7F, Bytes{0x06, 0x83, 'g'}}, ""},
        Row{"another_extension", 0x03, {0x7F, Bytes{0x15, 0x07, 1, 2, 3}}, ""}),
    [](const auto& it) { return std::string(it.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Atsc, AudioLabelOf,
    testing::Values(
        Row{"language", 0x81, atsc_ac3(0, 2, "eng"), "eng"},
        Row{"dual_mono", 0x81, atsc_ac3(0, 0, "engspa"), "eng"},
        Row{"none", 0x81, atsc_ac3(0, 2), ""},
        Row{"short", 0x81, {0x81, Bytes{0x08, 0x28, 0x05}}, ""},
        Row{"too_short", 0x81, {0x81, Bytes{0x08, 0x28}}, ""},
        Row{"short_visual", 0x81, {0x81, Bytes{0x08, 0x28, 0x45}}, "", 3, true},
        Row{"effects", 0x81, atsc_ac3(1, 2), "", 1, true},
        Row{"visual", 0x81, atsc_ac3(2, 2, "eng"), "eng", 3, true},
        Row{"hearing", 0x81, atsc_ac3(3, 2), "", 2, true},
        Row{"commentary", 0x81, atsc_ac3(5, 2), "", 0, true},
        Row{"voice_over", 0x81, atsc_ac3(7, 1), "", 0, true},
        Row{"karaoke", 0x81, atsc_ac3(7, 2), "", 0, false},
        Row{"text_past_the_end",
            0x81,
            {0x81, Bytes{8, 0x28, 5, 0xFF, 0x1F, 0xFE, 'e', 'n', 'g'}},
            ""},
        Row{"private_of_dvb", 0x03, atsc_ac3(2, 2, "eng"), ""},
        Row{"eac3",
            0x87,
            {0xCC, Bytes{0xC0, 0xC2, 0xB0, 's', 'p', 'a'}},
            "spa"},
        Row{"eac3_with_all",
            0x87,
            {0xCC, Bytes{0xFF, 0xD2, 0xB0, 1, 2, 3, 4, 5, 's', 'p', 'a'}},
            "spa",
            3,
            true},
        Row{"eac3_short", 0x87, {0xCC, Bytes{0x80, 0xDA}}, "", 2, true},
        Row{"eac3_too_short", 0x87, {0xCC, Bytes{0x80}}, ""}),
    [](const auto& it) { return std::string(it.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Dvb, AudioLabelOf,
    testing::Values(
        Row{"ac3", 0x06, {0x6A, Bytes{0x80, 0x42}}, ""},
        Row{"ac3_visual", 0x06, {0x6A, Bytes{0x80, 0x12}}, "", 3, true},
        Row{"ac3_hearing", 0x06, {0x6A, Bytes{0x80, 0x5A}}, "", 2, true},
        Row{"ac3_without_type", 0x06, {0x6A, Bytes{0x40, 0x12}}, ""},
        Row{"eac3_visual", 0x06, {0x7A, Bytes{0x80, 0xD2}}, "", 3, true},
        Row{"eac3_voice_over", 0x06, {0x7A, Bytes{0x80, 0xB8}}, "", 0, true},
        Row{"eac3_karaoke", 0x06, {0x7A, Bytes{0x80, 0xF8}}, "", 0, false},
        Row{"cut", 0x06, {0x7A, Bytes{0x80}}, ""},
        Row{"aac_visual", 0x11, {0x7C, Bytes{0x58, 0x80, 0x48}}, "", 3, true},
        Row{"aac_hearing", 0x11, {0x7C, Bytes{0x58, 0x80, 0x45}}, "", 2, true},
        Row{"aac_to_be_mixed",
            0x11,
            {0x7C, Bytes{0x58, 0x80, 0x42}},
            "",
            0,
            true},
        Row{"aac_stereo", 0x11, {0x7C, Bytes{0x58, 0x80, 0x03}}, ""},
        Row{"aac_without_type", 0x11, {0x7C, Bytes{0x58, 0x00, 0x48}}, ""}),
    [](const auto& it) { return std::string(it.param.name); });

/// All languages of AC-3 with these descriptors, one behind the other.
std::string languages(const Descriptors& descriptors) {
  std::string all;
  for (const auto& code :
       audio_label_of({0x81, 0x102, descriptors.bytes()}, {}).languages) {
    all += code.data();
  }
  return all;
}

TEST(AudioLabel, HasEveryLanguageOfTheFirstThatGivesOne) {
  const Descriptors two(0x0A, Bytes{'d', 'e', 'u', 0, 'f', 'r', 'a', 3});
  const auto described = supplementary(1, 0, "gla");
  const auto dual = atsc_ac3(0, 0, "engspa");
  EXPECT_EQ(languages(dual + described + two), "deufra");
  EXPECT_EQ(languages(dual + described), "gla");
  EXPECT_EQ(languages(dual + "und"), "undengspa");
}

TEST(AudioLabel, BelievesPrivateTagsOnlyWhereTheyAreAtscs) {
  const Descriptors eac3(0xCC, Bytes{0xC0, 0xC2, 0xB0, 's', 'p', 'a'});
  const PmtStream stream{0x87, 0x102, eac3.bytes()};
  EXPECT_TRUE(audio_label_of(stream, {}).languages.empty());
  EXPECT_EQ(audio_label_of(stream, kAtscProgram).languages.size(), 1U);
  const PmtStream registered{
      0x06, 0x102,
      (eac3 + Descriptors(0x05, Bytes{'G', 'A', '9', '4'})).bytes()};
  EXPECT_EQ(audio_label_of(registered, {}).languages.size(), 1U);
}

}  // namespace
}  // namespace xg2g::ts
