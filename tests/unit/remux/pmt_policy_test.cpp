// SPDX-License-Identifier: MIT
#include "remux/pmt_policy.h"

#include <gtest/gtest.h>

#include <ostream>

#include "support/descriptors.h"
#include "ts/pmt.h"

namespace xg2g::remux {
namespace {

using test::Bytes;
using test::Descriptors;

constexpr std::uint16_t kAudio = 0x102;
const Descriptors kAac(0x7C, Bytes{0x29});
/// supplementary_audio_descriptor of an audio description in Gaelic.
const Descriptors kSupplementary(0x7F, Bytes{0x06, 0x07, 'g', 'l', 'a'});

ts::Pmt make_pmt(std::uint8_t stream_type, const Descriptors& descriptors) {
  ts::Pmt pmt{.program_number = 1, .version_number = 3, .pcr_pid = 0x101};
  pmt.streams = {{0x1B, 0x101, {}}, {stream_type, kAudio, descriptors.bytes()}};
  return pmt;
}

bool is_audio(std::uint16_t pid) { return pid == kAudio; }

struct Row {
  const char* name;
  std::uint8_t stream_type;
  Descriptors in;
  Descriptors out;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

class Descriptor : public testing::TestWithParam<Row> {};

TEST_P(Descriptor, IsKeptOrReplaced) {
  const Row& row = GetParam();
  const ts::Pmt in = make_pmt(row.stream_type, row.in);
  ts::Pmt expected = in;
  expected.streams[1] = {0x0F, kAudio, row.out.bytes()};
  EXPECT_EQ(announce_adts(in, 0x29, is_audio), expected);
}

INSTANTIATE_TEST_SUITE_P(
    Loops, Descriptor,
    testing::Values(
        Row{"none", 0x03, {}, kAac}, Row{"language", 0x03, "deu", "deu" + kAac},
        Row{"stream_identifier", 0x04, test::stream_identifier(5),
            test::stream_identifier(5) + kAac},
        Row{"ac3", 0x06, "deu" + test::ac3_descriptor(), "deu" + kAac},
        Row{"eac3", 0x06, test::eac3_descriptor() + "eng", "eng" + kAac},
        Row{"atsc", 0x81, test::atsc_ac3_descriptor(), kAac},
        Row{"atsc_eac3", 0x87, {0xCC, Bytes(4)}, kAac},
        Row{"registration", 0x81, test::registration("AC-3") + "fra",
            "fra" + kAac},
        Row{"foreign_registration", 0x03, test::registration("CUEI"),
            test::registration("CUEI") + kAac},
        Row{"atsc_language",
            0x81,
            {0x81, Bytes{8, 0x28, 5, 0xFF, 0x1F, 1, 0xBF, 's', 'p', 'a'}},
            "spa" + kAac},
        Row{"atsc_language_for_und", 0x81,
            "und" + Descriptors(0x81, Bytes{8, 0x28, 5, 0xFF, 0x1F, 1, 0xBF,
                                            's', 'p', 'a'}),
            "spa" + kAac},
        Row{"atsc_visual", 0x81,
            Descriptors(0x81, Bytes{8, 0x28, 0x45}) + "eng",
            test::language("eng", 3) + kAac},
        Row{"dvb_visual", 0x06, "eng" + Descriptors(0x6A, Bytes{0x80, 0x12}),
            test::language("eng", 3) + kAac},
        Row{"dvb_hearing", 0x06, Descriptors(0x7A, Bytes{0x80, 0x9A}),
            test::language("und", 2) + kAac},
        Row{"what_is_said_already", 0x06,
            test::language("eng", 2) + Descriptors(0x6A, Bytes{0x80, 0x12}),
            test::language("eng", 2) + kAac},
        Row{"supplementary", 0x06,
            test::ac3_descriptor() + kSupplementary + "eng",
            kSupplementary + "eng" + kAac},
        Row{"supplementary_language", 0x03, kSupplementary,
            kSupplementary + test::language("gla", 3) + kAac},
        Row{"another_aac", 0x11, Descriptors(0x7C, Bytes{0x58}), kAac},
        Row{"adts_already", 0x0F, "deu" + test::ac3_descriptor(),
            "deu" + test::ac3_descriptor()}),
    [](const auto& it) { return it.param.name; });

TEST(AnnounceAdts, LeavesOtherStreamsAlone) {
  const ts::Pmt in = make_pmt(0x06, test::ac3_descriptor());
  EXPECT_EQ(announce_adts(in, 0x29, [](std::uint16_t) { return false; }), in);
}

TEST(AacProfileAndLevel, GrowsWithChannelsAndRate) {
  EXPECT_EQ(aac_profile_and_level(48'000, 1), 0x29);
  EXPECT_EQ(aac_profile_and_level(48'000, 2), 0x29);
  EXPECT_EQ(aac_profile_and_level(48'000, 6), 0x2A);
  EXPECT_EQ(aac_profile_and_level(96'000, 2), 0x2B);
  EXPECT_EQ(aac_profile_and_level(48'000, 8), 0x50);
  EXPECT_EQ(aac_profile_and_level(96'000, 8), 0x51);
}

TEST(AnnounceAdts, ReplacesTheAacDescriptorOfAnotherAac) {
  ts::Pmt in = make_pmt(0x11, {});
  in.streams[1].descriptors = {0x7C, 3, 0x58, 0x80, 3};
  const ts::Pmt out = announce_adts(in, 0x29, is_audio);
  EXPECT_EQ(out.streams[1].descriptors, (Bytes{0x7C, 1, 0x29}));
}

TEST(AnnounceAdts, KeepsABrokenDescriptorLoop) {
  ts::Pmt in = make_pmt(0x03, {});
  in.streams[1].descriptors = {0x52, 1, 9, 0x0A, 200, 'd'};
  const ts::Pmt out = announce_adts(in, 0x29, is_audio);
  const Bytes kept(out.streams[1].descriptors.begin(),
                   out.streams[1].descriptors.begin() + 6);
  EXPECT_EQ(kept, in.streams[1].descriptors);
}

TEST(AnnounceAdts, TakesALanguageBackOnlyWhereNoAacDescriptorIsLeft) {
  const Descriptors visual(0x6A, Bytes{0x80, 0x12});
  for (std::size_t free = 0; free < 6; ++free) {
    ts::Pmt in = make_pmt(0x06, visual);
    in.program_info.resize(1'024 - ts::pmt_size(in) - free, 0xFF);
    const ts::Pmt out = announce_adts(in, 0x29, is_audio);
    EXPECT_LE(ts::pmt_size(out), 1'024U);
    const auto& loop = out.streams[1].descriptors;
    EXPECT_EQ(loop.size(), free >= 5 ? 9U : free >= 2 ? 6U : 0U) << free;
  }
}

TEST(AnnounceAdts, TakesAacDescriptorsBackUntilTheSectionFits) {
  for (std::size_t free = 0; free < 8; ++free) {
    ts::Pmt in = make_pmt(0x03, {});
    in.streams.push_back({0x03, 0x103, {}});
    in.program_info.resize(1'024 - ts::pmt_size(in) - free, 0xFF);
    const ts::Pmt out =
        announce_adts(in, 0x29, [](std::uint16_t pid) { return pid > 0x101; });
    EXPECT_LE(ts::pmt_size(out), 1'024U);
    EXPECT_EQ(out.streams[1].descriptors.size(), free >= 3 ? 3U : 0U) << free;
    EXPECT_EQ(out.streams[2].descriptors.size(), free >= 6 ? 3U : 0U) << free;
    EXPECT_EQ(out.streams[2].stream_type, 0x0F);
  }
}

}  // namespace
}  // namespace xg2g::remux
