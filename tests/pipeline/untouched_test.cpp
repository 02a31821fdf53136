// SPDX-License-Identifier: MIT
//
// What looks like sound that becomes AAC, and is not: it passes, and no PMT
// ever calls it AAC.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

using remux::StreamState;

/// AC-3 as SAMPLE-AES leaves it: the first 16 bytes of a frame are clear.
std::vector<PesPayload> encrypted_ac3() {
  std::vector<PesPayload> payloads = Track(kAc3, 1.0).aligned();
  unsigned key = 0;
  for (PesPayload& payload : payloads) {
    for (std::size_t i = 16; i < payload.bytes.size(); ++i) {
      payload.bytes[i] ^= static_cast<std::uint8_t>(key += 29);
    }
  }
  return payloads;
}

/// Fails where the sound did not pass as it came, or a PMT told otherwise.
void expect_untouched(const Bytes& in, const Bytes& out) {
  EXPECT_TRUE(in == out);
  for (const std::uint8_t type : types(out, kAudio)) EXPECT_NE(type, 0x0F);
}

TEST(SampleAes, PassesUntouched) {
  for (const auto type : std::to_array<std::uint8_t>({0xC1, 0xC2, 0xCF})) {
    const PmtStream announced{type, kAudio, registration("zac3")};
    const Bytes in = broadcast(announced, encrypted_ac3(), 0xBD).write();
    Filter filter;
    expect_untouched(in, filter.run(in));
    EXPECT_EQ(filter.stream(kAudio)->state, StreamState::kScrambled);
  }
}

/// A second of teletext under an AC-3 descriptor too.
Bytes contradiction() {
  Timetable table;
  const PmtStream announced{0x06, kAudio, teletext("deu") + ac3_descriptor()};
  table.psi(television({announced}), kStart, kStart + kSecond);
  table.picture(kVideo, kStart, kStart + kSecond);
  table.teletext(kAudio, kStart, kStart + kSecond);
  return table.write();
}

TEST(Teletext, IsNoSoundWhateverStandsBesideItsDescriptor) {
  const Bytes in = contradiction();
  Filter filter;
  expect_untouched(in, filter.run(in));
  EXPECT_EQ(filter.stream(kAudio)->state, StreamState::kOther);
  EXPECT_EQ(filter.stream(kAudio)->kind, "teletext");
}

TEST(Teletext, IsNotHeldWhateverStandsBesideItsDescriptor) {
  const Bytes in = contradiction();
  Filter filter;
  std::size_t left = 0;
  std::size_t most = 0;
  for (std::size_t at = 0; at < in.size(); at += kPacketSize) {
    left += filter.push(View(in).subspan(at, kPacketSize)).size();
    // The first PMT may wait for a sign of life.
    if (at > 8 * kPacketSize) most = std::max(most, at + kPacketSize - left);
  }
  EXPECT_EQ(most, 0U);
}

TEST(Teletext, GivesWayToSoundThatItsPidCarriesAfterAll) {
  const PmtStream announced{0x06, kAudio, teletext("deu") + ac3_descriptor()};
  const Bytes in =
      broadcast(announced, Track(kAc3, 1.0).aligned(), 0xBD).write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  EXPECT_EQ(types(out, kAudio).back(), 0x0F);
}

/// A second of a program that is ATSC's, with nothing on its 0x82 yet.
Timetable atsc_with_0x82() {
  ProgramMap map = television({{0x82, kAudio, "eng"}});
  map.descriptors = registration("GA94");
  Timetable table;
  table.psi(map, kStart, kStart + kSecond);
  table.picture(kVideo, kStart, kStart + kSecond);
  return table;
}

TEST(Scte27, IsNoDts) {
  Timetable table = atsc_with_0x82();
  for (int i = 0; i < 10; ++i) {
    table.at(kStart + i * kSecond / 10, [](StreamBuilder& builder) {
      builder.section(kAudio, make_section(0xC6, 0x1234, Bytes(60, 0x40)));
    });
  }
  const Bytes in = table.write();
  Filter filter;
  expect_untouched(in, filter.run(in));
  EXPECT_EQ(filter.stream(kAudio)->codec, es::Codec::kUnknown);
  EXPECT_EQ(filter.stream(kAudio)->kind, "SCTE 27");
}

TEST(Scte27, IsDtsWhereItsPayloadIs) {
  std::vector<PesPayload> payloads;
  for (std::uint64_t i = 0; i < 10; ++i) {
    Bytes frame{0x7F, 0xFE, 0x80, 0x01};
    frame.resize(500, 0x22);
    payloads.push_back({kSoundStart + i * 960, frame});
  }
  Timetable table = atsc_with_0x82();
  table.sound(kAudio, payloads, 0xBD);
  const Bytes in = table.write();
  Filter filter;
  expect_untouched(in, filter.run(in));
  EXPECT_EQ(filter.stream(kAudio)->codec, es::Codec::kDts);
  EXPECT_EQ(filter.stream(kAudio)->state, StreamState::kUnsupported);
}

/// Layer II in free format: frames that no header gives a size.
std::vector<PesPayload> free_format() {
  std::vector<PesPayload> payloads;
  for (std::uint64_t i = 0; i < 60; ++i) {
    Bytes frame{0xFF, 0xFC, 0x08, 0x00};  // 32 kHz, bitrate_index 0
    for (std::size_t n = 0; n < 860; ++n) put(frame, n * (i + 7) % 199);
    payloads.push_back({kSoundStart + i * 3'240, frame});
  }
  return payloads;
}

TEST(FreeFormat, IsNeverAnnouncedAsAacWhereSoundComesFirst) {
  // Before the PMT, and right behind it.
  for (const Time psi : {kSoundStart, kSoundStart - kSecond / 5}) {
    const PmtStream announced{0x03, kAudio, "deu"};
    Timetable table;
    table.psi({.pcr_pid = 0x1FFF, .streams = {announced}}, psi,
              kSoundStart + 2 * kSecond);
    table.sound(kAudio, free_format());
    const Bytes in = table.write();
    Filter filter;
    const Bytes out = filter.run(in);
    EXPECT_EQ(StreamReader(in).bytes(kAudio), StreamReader(out).bytes(kAudio));
    for (const std::uint8_t type : types(out, kAudio)) EXPECT_EQ(type, 0x03);
    EXPECT_EQ(filter.stream(kAudio)->state, StreamState::kUnsupported);
    EXPECT_EQ(filter.stream(kAudio)->codec, es::Codec::kMpegAudio);
    EXPECT_EQ(filter.stream(kAudio)->header.layer, 2);
    EXPECT_EQ(filter.stream(kAudio)->header.sample_rate, 32'000U);
  }
}

TEST(FreeFormat, IsToldBeforeItsFirstPacketLeaves) {
  const Bytes in = broadcast({0x03, kAudio}, free_format()).write();
  const Bytes out = filter(in);
  EXPECT_EQ(StreamReader(in).bytes(kAudio), StreamReader(out).bytes(kAudio));
  const std::size_t first = StreamReader(out).packets(kAudio).front().index;
  for (const ReadPmt& pmt : StreamReader(out).pmts(1)) {
    if (pmt.index < first) continue;
    EXPECT_EQ(pmt.find(kAudio)->stream_type, 0x03);
  }
  EXPECT_EQ(types(out, kAudio).back(), 0x03);
}

TEST(FreeFormat, GivesWayToFramesOfAKnownSize) {
  std::vector<PesPayload> payloads = free_format();
  const Track track(kMp2, 1.0, kSoundStart + 60 * 3'240);
  for (const auto& payload : track.aligned()) payloads.push_back(payload);
  const Bytes out = filter(broadcast({0x03, kAudio}, payloads).write());
  EXPECT_EQ(types(out, kAudio).back(), 0x0F);
  EXPECT_GT(times(out, kAudio).size(), 40U);
}

}  // namespace
}  // namespace xg2g::test
