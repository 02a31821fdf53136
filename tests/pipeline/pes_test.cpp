// SPDX-License-Identifier: MIT
//
// PES packets as broadcasters write them.

#include <gtest/gtest.h>

#include <cmath>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

void expect_in_time(const Track& track, const Bytes& in) {
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  expect_even(times(out, kAudio));
  EXPECT_LT(std::abs(samples_late(track.reference(), heard(out, kAudio))), 1.0);
}

Timetable with_options(const Track& track, std::size_t units,
                       const PesOptions& options) {
  Timetable table;
  table.psi(television({{0x03, kAudio}}), kStart, kStart + 3 * kSecond);
  table.picture(kVideo, kStart, kStart + 3 * kSecond);
  table.sound(kAudio, track.aligned(units), 0xC0, options);
  return table;
}

TEST(PesPacket, OfUnstatedLengthIsRead) {
  const Track track(kMp2, 2.0);
  expect_in_time(track, with_options(track, 1, {.unbounded = true}).write());
}

TEST(PesPacket, OfTheGreatestLengthIsRead) {
  // 65,535 bytes: a header of 8, and as much sound as there is room.
  const Track track(kMp2, 4.0);
  auto payloads = track.unaligned(65'535 - 8);
  expect_in_time(track, broadcast({0x03, kAudio}, payloads).write());
}

TEST(PesPacket, WithStuffingInItsHeaderIsRead) {
  const Track track(kMp2, 2.0);
  expect_in_time(
      track, with_options(track, 2, {.aligned = false, .header_stuffing = 32})
                 .write());
}

TEST(PesPacket, OfFewBytesInEachTransportPacketIsRead) {
  const Track track(kMp2, 1.0);
  expect_in_time(track, with_options(track, 1, {.packet_payload = 20}).write());
}

TEST(PesPacket, WithoutPtsForSecondsGoesOnInTime) {
  const Track track(kMp2, 5.0);
  auto payloads = track.aligned();
  for (std::size_t i = 1; i < payloads.size(); ++i) payloads[i].pts.reset();
  Timetable table;
  table.psi(television({{0x03, kAudio}}), kStart, kStart + kSecond);
  table.picture(kVideo, kStart, kStart + kSecond);
  table.sound(kAudio, payloads);
  expect_in_time(track, table.write());
}

TEST(Radio, KeepsEachPcrOfItsAudioPidInItsPlace) {
  const Track track(kMp2, 2.0);
  Timetable table;
  table.psi({kAudio, {{0x03, kAudio, "deu"}}}, kStart, kStart + 3 * kSecond);
  for (const PesPayload& payload : track.aligned()) {
    table.at(static_cast<Time>(*payload.pts) - kSecond / 10,
             [=](StreamBuilder& b) {
               b.null().pes(kAudio, 0xC0, payload.pts, payload.bytes,
                            {.pcr = (*payload.pts - 18'000) * 300});
               b.null();
             });
  }
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  EXPECT_LT(std::abs(samples_late(track.reference(), heard(out, kAudio))), 1.0);
  // Between the same null packets: as many before each PCR as there were.
  const auto nulls = [](const Bytes& stream) {
    std::vector<std::size_t> counts;
    std::size_t count = 0;
    const StreamReader reader(stream);
    for (const ReadPacket& packet : reader.packets()) {
      count += packet.pid == 0x1FFF ? 1U : 0U;
      if (packet.pcr) counts.push_back(count);
    }
    return counts;
  };
  EXPECT_EQ(nulls(in), nulls(out));
}

TEST(Radio, KeepsPcrsInPacketsOfTheirOwn) {
  const Track track(kMp2, 1.0);
  Timetable table;
  table.psi({kAudio, {{0x03, kAudio}}}, kStart, kStart + 2 * kSecond);
  for (Time time = kStart; time < kStart + 2 * kSecond; time += 3'600) {
    table.at(time, [=](StreamBuilder& b) {
      b.pcr(kAudio, static_cast<std::uint64_t>(time) * 300 + 123);
    });
  }
  table.sound(kAudio, track.aligned());
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  expect_even(times(out, kAudio));
}

}  // namespace
}  // namespace xg2g::test
