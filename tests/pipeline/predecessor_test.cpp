// SPDX-License-Identifier: MIT
//
// What the program before this one got wrong.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "audit.h"
#include "filter.h"
#include "support/signal.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

TEST(Predecessor, EncodedTheWholeHistoryWithEachPesPacket) {
  const Bytes in = mp2_broadcast(3.0).write();
  Filter filter;
  const Bytes out = filter.run(in);
  EXPECT_LT(out.size(), in.size() * 11 / 10);
  EXPECT_NEAR(static_cast<double>(filter.stats().audio.frames_out),
              3.0 * 48'000 / 1'024, 4);
}

TEST(Predecessor, LetPtsStartAtNought) {
  const Bytes out = filter(mp2_broadcast(1.0).write());
  EXPECT_NEAR(static_cast<double>(times(out, kAudio).front()), kSoundStart,
              1'921);
}

TEST(Predecessor, GaveSeveralFramesOnePts) {
  const Track track(kMp2, 2.0);
  const Bytes out = filter(broadcast({0x03, kAudio}, track.aligned(6)).write());
  const auto pts = times(out, kAudio);
  EXPECT_TRUE(std::ranges::adjacent_find(pts) == pts.end());
  expect_even(pts);
}

TEST(Predecessor, WrotePtsOfMoreThan33Bits) {
  const std::uint64_t wrap = std::uint64_t{1} << 33;
  const Track track(kMp2, 2.0, wrap - 90'000);
  Timetable table;
  const auto start = static_cast<Time>(wrap) - 2 * kSecond;
  table.psi(television({{0x03, kAudio}}), start, start + 3 * kSecond);
  table.picture(kVideo, start, start + 3 * kSecond);
  table.sound(kAudio, track.aligned());
  const auto pts = times(filter(table.write()), kAudio);
  EXPECT_GT(pts.front(), static_cast<Time>(wrap) - 100'000);
  EXPECT_LT(pts.back(), 90'000);
  EXPECT_GT(pts.back(), 80'000);
}

TEST(Predecessor, LostTheEnd) {
  const Track track(kMp2, 1.0);
  Filter filter;
  Bytes out = filter.push(broadcast({0x03, kAudio}, track.aligned()).write());
  put(out, filter.flush());
  EXPECT_GE(times(out, kAudio).back() + 1'920, static_cast<Time>(track.end()));
}

TEST(Predecessor, LostFramesAcrossPesPackets) {
  const Track track(kMp2, 2.0);
  Filter filter;
  (void)filter.run(broadcast({0x03, kAudio}, track.unaligned(400)).write());
  EXPECT_EQ(filter.stats().audio.frames_in, track.units().size());
  EXPECT_EQ(filter.stats().audio.concealed, 0U);
}

TEST(Predecessor, Played441KilohertzAtTheWrongSpeed) {
  const Track track({"mp2", 44'100, 2, 192'000}, 2.0);
  const Bytes out = filter(broadcast({0x03, kAudio}, track.aligned()).write());
  const AvTimeline timeline = heard(out, kAudio);
  EXPECT_EQ(timeline.sample_rate, 48'000);
  EXPECT_NEAR(static_cast<double>(timeline.samples.size()), 96'000, 3'000);
}

TEST(Predecessor, ReadMonoAsStereo) {
  const Track track(kMp2Mono, 2.0);
  const Bytes out = filter(broadcast({0x03, kAudio}, track.aligned()).write());
  const auto reader = AvformatReader::open(out);
  ASSERT_TRUE(reader);
  const AvTimeline left = reader->timeline(kAudio, 0);
  const AvTimeline right = reader->timeline(kAudio, 1);
  EXPECT_LT(std::abs(samples_late(track.reference(), left)), 1.0);
  EXPECT_LT(std::abs(samples_late(left, right)), 0.1);
}

TEST(Predecessor, ClippedItsDownmix) {
  const Track track(kAc3Surround, 2.0);
  const Bytes out =
      filter(broadcast({0x81, kAudio}, track.aligned(), 0xBD).write());
  const AvTimeline timeline = heard(out, kAudio);
  EXPECT_LT(peak(timeline.samples), 1.0);
  EXPECT_GT(peak(timeline.samples), 0.05);
}

TEST(Predecessor, MadeSilenceOfAac) {
  const Bytes in =
      broadcast({0x0F, kAudio}, Track(kAdts, 1.0).aligned()).write();
  EXPECT_TRUE(filter(in) == in);
}

TEST(Predecessor, FellSilentWhenTheCodecChanged) {
  const Track first(kAc3Surround, 1.0);
  const Track second(kMp2Mono, 1.0, first.end());
  Timetable table;
  table.psi(television({{0x81, kAudio}}), kStart, kStart + 3 * kSecond);
  table.sound(kAudio, first.aligned(), 0xBD).sound(kAudio, second.aligned());
  const AvTimeline out = heard(filter(table.write()), kAudio);
  EXPECT_LT(std::abs(samples_late(second.reference(), out)), 1.0);
}

TEST(Predecessor, WroteASecondPatAndPmtBesideTheFirst) {
  const Bytes in = mp2_broadcast(1.0).write();
  const Bytes out = filter(in);
  EXPECT_EQ(StreamReader(out).sections(0).size(),
            StreamReader(in).sections(0).size());
  EXPECT_EQ(StreamReader(out).sections(kPmt).size(),
            StreamReader(in).sections(kPmt).size());
  EXPECT_EQ(StreamReader(out).psi_errors(), 0U);
}

TEST(Predecessor, WrotePesPacketLengthSixTooShort) {
  const Bytes out = filter(mp2_broadcast(1.0).write());
  for (const ReadPes& pes : StreamReader(out).pes(kAudio)) {
    EXPECT_TRUE(pes.length_ok);
  }
}

TEST(Predecessor, StuffedThePayload) {
  const Bytes out = filter(mp2_broadcast(1.0).write());
  for (const ReadPes& pes : StreamReader(out).pes(kAudio)) {
    const auto frames = read_adts(pes.payload);
    ASSERT_TRUE(frames);
    EXPECT_EQ(frames->front().size, pes.payload.size());
  }
}

TEST(Predecessor, LostThePcrOfRadio) {
  const Track track(kMp2, 1.0);
  Timetable table;
  table.psi({kAudio, {{0x03, kAudio}}}, kStart, kStart + 2 * kSecond);
  table.sound(kAudio, track.aligned(), 0xC0, {.pcr = 12'345});
  const Bytes in = table.write();
  EXPECT_EQ(StreamReader(filter(in)).pcrs(kAudio).size(),
            StreamReader(in).pcrs(kAudio).size());
}

TEST(Predecessor, LostSyncForEverBehindAPartialPacket) {
  const Bytes in = mp2_broadcast(1.0).write();
  EXPECT_TRUE(filter_cut(in, 1'000) == filter(in));
}

TEST(Predecessor, CountedDuplicatesAsLoss) {
  StreamBuilder builder;
  builder.fault(kAudio, Fault::kDuplicate, 5, 50);
  mp2_broadcast(1.0).write(builder);
  Filter filter;
  (void)filter.run(builder.take());
  EXPECT_EQ(filter.stats().packets.continuity_errors, 0U);
  EXPECT_EQ(filter.stats().packets.duplicates, 5U);
}

TEST(Predecessor, FedInputTwiceWhereTheOutputHadNoRoom) {
  const Bytes in = mp2_broadcast(1.0).write();
  EXPECT_TRUE(filter_cut(in, in.size(), kPacketSize) == filter(in));
}

}  // namespace
}  // namespace xg2g::test
