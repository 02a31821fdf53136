// SPDX-License-Identifier: MIT
//
// What the PMT that leaves says, and that it is true.

#include <gtest/gtest.h>

#include <ostream>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

using remux::StreamState;

struct Sound {
  const char* name;
  Kind kind;
  bool in_loas;
  PmtStream announced;
  std::uint8_t stream_id;
  es::Codec codec;
  StreamState state;
};

std::ostream& operator<<(std::ostream& out, const Sound& sound) {
  return out << sound.name;
}

class Payload : public testing::TestWithParam<Sound> {
 protected:
  static Timetable table() {
    const Sound& sound = GetParam();
    const Track track(sound.kind, 1.5);
    return broadcast(sound.announced,
                     sound.in_loas ? track.loas() : track.aligned(),
                     sound.stream_id);
  }
};

TEST_P(Payload, DecidesWhateverThePmtSays) {
  const Bytes in = table().write();
  Filter filter;
  const Bytes out = filter.run(in);
  if (GetParam().state == StreamState::kAac) {
    expect_clean(in, out, {});
  } else {
    expect_clean(in, out, {kAudio});
  }
  ASSERT_TRUE(filter.stream(kAudio));
  EXPECT_EQ(filter.stream(kAudio)->codec, GetParam().codec);
  EXPECT_EQ(filter.stream(kAudio)->state, GetParam().state);
  EXPECT_EQ(types(out, kAudio).back(), 0x0F);
  EXPECT_EQ(filter.stream(kAudio)->stream_type_out, 0x0F);
}

/// What a player gets that tunes in once the PMT says AAC. libavformat keeps
/// to the first stream_type of a PID, which for sound that no one announced is
/// the one that came.
Bytes from_aac_on(const Bytes& out) {
  for (std::size_t at = 0; at < out.size(); at += 188) {
    if (out[at + 1] != 0x40 || out[at + 2] != 0) continue;  // the PAT
    const Bytes rest(out.begin() + static_cast<std::ptrdiff_t>(at), out.end());
    if (types(rest, kAudio).front() == 0x0F) return rest;
  }
  return {};
}

TEST_P(Payload, IsAacToLibavformat) {
  const Bytes out = from_aac_on(filter(table().write()));
  const auto reader = AvformatReader::open(out);
  ASSERT_TRUE(reader);
  ASSERT_NE(reader->find(kAudio), nullptr);
  EXPECT_EQ(reader->find(kAudio)->codec, "aac");
  EXPECT_EQ(reader->find(kAudio)->language, "deu");
  EXPECT_GT(reader->decode(kAudio).size(), 60U);
}

constexpr auto kTranscoded = StreamState::kTranscoded;

INSTANTIATE_TEST_SUITE_P(
    Codecs, Payload,
    testing::Values(Sound{"mp2",
                          kMp2,
                          false,
                          {0x03, kAudio, "deu"},
                          0xC0,
                          es::Codec::kMpegAudio,
                          kTranscoded},
                    Sound{"mp2_as_private",
                          kMp2,
                          false,
                          {0x06, kAudio, "deu"},
                          0xC0,
                          es::Codec::kMpegAudio,
                          kTranscoded},
                    Sound{"ac3_dvb",
                          kAc3,
                          false,
                          {0x06, kAudio, ac3_descriptor() + language("deu")},
                          0xBD,
                          es::Codec::kAc3,
                          kTranscoded},
                    Sound{"ac3_as_private",
                          kAc3,
                          false,
                          {0x06, kAudio, "deu"},
                          0xBD,
                          es::Codec::kAc3,
                          kTranscoded},
                    Sound{"ac3_as_mp2",
                          kAc3,
                          false,
                          {0x04, kAudio, "deu"},
                          0xBD,
                          es::Codec::kAc3,
                          kTranscoded},
                    Sound{"ac3_as_unknown",
                          kAc3,
                          false,
                          {0xB0, kAudio, "deu"},
                          0xBD,
                          es::Codec::kAc3,
                          kTranscoded},
                    Sound{"eac3_atsc",
                          kEac3,
                          false,
                          {0x87, kAudio, "deu"},
                          0xBD,
                          es::Codec::kEac3,
                          kTranscoded},
                    Sound{"latm",
                          kAdts,
                          true,
                          {0x11, kAudio, "deu"},
                          0xC0,
                          es::Codec::kAacLatm,
                          StreamState::kConverted},
                    Sound{"latm_as_adts",
                          kAdts,
                          true,
                          {0x0F, kAudio, "deu"},
                          0xC0,
                          es::Codec::kAacLatm,
                          StreamState::kConverted},
                    Sound{"adts",
                          kAdts,
                          false,
                          {0x0F, kAudio, "deu"},
                          0xC0,
                          es::Codec::kAacAdts,
                          StreamState::kAac},
                    Sound{"adts_as_mp2",
                          kAdts,
                          false,
                          {0x04, kAudio, "deu"},
                          0xC0,
                          es::Codec::kAacAdts,
                          StreamState::kAac},
                    Sound{"adts_as_latm",
                          kAdts,
                          false,
                          {0x11, kAudio, "deu"},
                          0xC0,
                          es::Codec::kAacAdts,
                          StreamState::kAac}),
    [](const auto& it) { return it.param.name; });

TEST(PmtThatLeaves, KeepsAllDescriptorsButThoseOfTheOldCodec) {
  const auto announced = ac3_descriptor() + stream_identifier(7) +
                         language("eng", 3) + registration("AC-3");
  const Bytes out = filter(
      broadcast({0x06, kAudio, announced}, Track(kAc3, 1.0).aligned(), 0xBD)
          .write());
  const ReadPmt pmt = StreamReader(out).pmts(1).back();
  const ReadEs& sound = *pmt.find(kAudio);
  EXPECT_EQ(sound.language, "eng");
  EXPECT_EQ(sound.descriptors.at(0x0A).at(3), 3);
  EXPECT_TRUE(sound.descriptors.contains(0x52));
  EXPECT_TRUE(sound.descriptors.contains(0x7C));
  EXPECT_FALSE(sound.descriptors.contains(0x6A));
  EXPECT_FALSE(sound.descriptors.contains(0x05));
  EXPECT_EQ(pmt.pcr_pid, kVideo);
  EXPECT_EQ(pmt.find(kVideo)->stream_type, 0x1B);
}

TEST(PmtThatLeaves, StandsAtEveryOccurrence) {
  const Bytes in = mp2_broadcast(1.0).write();
  const Bytes out = filter(in);
  EXPECT_EQ(types(out, kAudio), Bytes(StreamReader(in).pmts(1).size(), 0x0F));
}

TEST(PmtThatLeaves, KeepsTheVersionThatCameIn) {
  Timetable table;
  const Track track(kMp2, 1.0);
  table.picture(kVideo, kStart, kStart + kSecond);
  table.psi(television({{0x03, kAudio}}), kStart, kStart + kSecond,
            {.version = 9});
  table.sound(kAudio, track.aligned());
  const Bytes out = filter(table.write());
  for (const ReadPmt& pmt : StreamReader(out).pmts(1)) {
    EXPECT_EQ(pmt.version, 9);
  }
}

TEST(PmtThatLeaves, IsBumpedWhereItsContentChangesAlone) {
  // A bare private stream turns out to be sound only later.
  const Timetable table = broadcast({0x06, kAudio}, Track(kMp2, 1.0).aligned());
  const Bytes out = filter(table.write());
  const auto pmts = StreamReader(out).pmts(1);
  for (std::size_t i = 1; i < pmts.size(); ++i) {
    const bool changed = pmts[i].find(kAudio)->stream_type !=
                         pmts[i - 1].find(kAudio)->stream_type;
    EXPECT_EQ(pmts[i].version != pmts[i - 1].version, changed) << i;
  }
  EXPECT_EQ(pmts.front().find(kAudio)->stream_type, 0x06);
  EXPECT_EQ(pmts.back().find(kAudio)->stream_type, 0x0F);
}

TEST(PmtThatLeaves, SaysAacBeforeTheFirstAac) {
  const Bytes out =
      filter(broadcast({0x06, kAudio}, Track(kMp2, 1.0).aligned()).write());
  const StreamReader reader(out);
  const std::size_t first = reader.pes(kAudio).at(0).index;
  bool told = false;
  for (const ReadPmt& pmt : reader.pmts(1)) {
    told = told || (pmt.index < first && pmt.find(kAudio)->stream_type == 0x0F);
  }
  EXPECT_TRUE(told);
}

TEST(Selection, LeavesOtherLanguagesAsTheyCame) {
  Timetable table;
  table.psi(television({{0x03, kAudio, "deu"}, {0x03, kSecondAudio, "eng"}}),
            kStart, kStart + kSecond);
  table.picture(kVideo, kStart, kStart + kSecond);
  table.sound(kAudio, Track(kMp2, 0.5).aligned());
  table.sound(kSecondAudio, Track(kMp2, 0.5).aligned());
  const Bytes in = table.write();
  Filter filter({.languages = {"eng"}});
  const Bytes out = filter.run(in);
  expect_clean(in, out, {kSecondAudio});
  EXPECT_EQ(types(out, kAudio).back(), 0x03);
  EXPECT_EQ(types(out, kSecondAudio).back(), 0x0F);
  EXPECT_EQ(filter.stream(kAudio)->state, StreamState::kNotSelected);
}

TEST(Selection, OfTheFirstOnlyLeavesTheSecond) {
  Timetable table;
  table.psi(television({{0x03, kAudio}, {0x03, kSecondAudio}}), kStart,
            kStart + kSecond);
  table.picture(kVideo, kStart, kStart + kSecond);
  table.sound(kAudio, Track(kMp2, 0.5).aligned());
  table.sound(kSecondAudio, Track(kMp2, 0.5).aligned());
  const Bytes in = table.write();
  const Bytes out = filter(in, {.first_only = true});
  expect_clean(in, out, {kAudio});
  EXPECT_EQ(types(out, kSecondAudio).back(), 0x03);
}

}  // namespace
}  // namespace xg2g::test
