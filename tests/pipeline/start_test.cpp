// SPDX-License-Identifier: MIT
//
// The beginning of a stream: sound before its PMT, services that are off air.

#include <gtest/gtest.h>

#include <algorithm>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

/// Sound and picture from kStart on, PAT and PMT `delay` later.
Bytes late_psi(Time delay) {
  const Track track(kMp2, 3.0, kStart + kSecond / 10);
  Timetable table;
  table.psi(television({{0x03, kAudio, "deu"}}), kStart + delay,
            kStart + 3 * kSecond);
  table.picture(kVideo, kStart, kStart + 3 * kSecond);
  table.teletext(kTeletext, kStart, kStart + 3 * kSecond);
  table.sound(kAudio, track.aligned());
  return table.write();
}

TEST(SoundBeforeThePmt, IsTranscodedFromItsFirstFrame) {
  const Bytes in = late_psi(kSecond / 2);
  const Bytes out = filter(in);
  const auto pts = times(out, kAudio);
  EXPECT_LE(pts.front(), kStart + kSecond / 10);
  expect_even(pts);
  EXPECT_NEAR(static_cast<double>(pts.size()), 3.0 * 48'000 / 1'024, 4);
}

TEST(SoundBeforeThePmt, PassesWhereThePmtTakesLongerThanASecond) {
  const Bytes in = late_psi(2 * kSecond);
  const Bytes out = filter(in);
  const auto first = StreamReader(out).pes(kAudio).at(0).payload;
  EXPECT_FALSE(read_adts(first));
  EXPECT_EQ(types(out, kAudio).front(), 0x0F);
}

TEST(SoundBeforeThePmt, DelaysNothingElse) {
  for (const Time delay : {kSecond / 2, 2 * kSecond}) {
    const Bytes in = late_psi(delay);
    constexpr std::size_t kToSync = 5 * kPacketSize;
    Filter filter;
    (void)filter.push(View(in).first(kToSync));
    for (std::size_t at = kToSync; at < in.size(); at += kPacketSize) {
      const View packet = View(in).subspan(at, kPacketSize);
      const std::uint64_t pid = get(packet, 1, 2) & 0x1FFF;
      const Bytes out = filter.push(packet);
      if (pid == kAudio || pid == kPmt) continue;
      ASSERT_FALSE(std::ranges::search(out, packet).empty())
          << "packet " << at / kPacketSize << " of PID " << pid;
    }
  }
}

TEST(SoundBeforeThePmt, WaitsWithinAHalfMebibyte) {
  StreamBuilder builder;
  for (int i = 0; i < 40; ++i) {
    builder.pes(kAudio, 0xC0, kStart, Bytes(60'000, 0x11));
  }
  const Bytes in = builder.take();
  Filter filter;
  std::size_t left = 0;
  std::size_t most = 0;
  for (std::size_t at = 0; at < in.size(); at += kPacketSize) {
    left += filter.push(View(in).subspan(at, kPacketSize)).size();
    most = std::max(most, at + kPacketSize - left);
  }
  EXPECT_LE(most, 512U * 1'024 + 10 * kPacketSize);
  EXPECT_EQ(left, in.size());
}

TEST(StreamWithoutPmt, PassesWhole) {
  Timetable table;
  table.picture(kVideo, kStart, kStart + kSecond);
  table.sound(kAudio, Track(kMp2, 0.5).aligned());
  const Bytes in = table.write();
  Bytes out = filter(in);
  EXPECT_EQ(out.size(), in.size());
  EXPECT_TRUE(StreamReader(in).bytes(kAudio) ==
              StreamReader(out).bytes(kAudio));
}

/// PAT, PMT and EIT of a service that sends nothing.
void off_air(StreamBuilder& builder, int times) {
  for (int i = 0; i < times; ++i) {
    builder.pat({{1, kPmt}}).pmt(1, kPmt, television({{0x03, kAudio}}));
    builder.section(0x12, make_section(0x4E, 1, Bytes(1'000, 0x22)));
  }
}

TEST(ServiceOffAir, PassesByteForByte) {
  StreamBuilder builder;
  off_air(builder, 40);
  const Bytes in = builder.take();
  EXPECT_TRUE(filter(in) == in);
}

TEST(ServiceOffAir, OfAFewPacketsPassesByteForByte) {
  StreamBuilder builder;
  off_air(builder, 2);
  const Bytes in = builder.take();
  EXPECT_TRUE(filter(in) == in);
}

TEST(ServiceOffAir, IsAnnouncedAnewWhenItGoesOnAir) {
  StreamBuilder builder;
  off_air(builder, 40);
  mp2_broadcast(1.0).write(builder);
  const Bytes in = builder.take();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  EXPECT_EQ(types(out, kAudio).front(), 0x03);
  EXPECT_EQ(types(out, kAudio).back(), 0x0F);
  const auto pmts = StreamReader(out).pmts(1);
  EXPECT_NE(pmts.front().version, pmts.back().version);
  const std::size_t first = StreamReader(out).pes(kAudio).at(0).index;
  const auto told = std::ranges::find_if(pmts, [](const ReadPmt& pmt) {
    return pmt.find(kAudio)->stream_type == 0x0F;
  });
  EXPECT_LT(told->index, first);
}

TEST(FirstPmt, WaitsForNoMoreThan64Packets) {
  StreamBuilder builder;
  builder.pat({{1, kPmt}}).pmt(1, kPmt, television({{0x03, kAudio}}));
  builder.null(63);
  Filter filter;
  (void)filter.push(builder.take());
  EXPECT_LE(filter.stats().bytes_out, 65 * kPacketSize);
  builder.null(10);
  (void)filter.push(builder.take());
  EXPECT_EQ(filter.stats().bytes_out, filter.stats().bytes_in);
}

TEST(FirstAac, LeavesWithTheFrameThatCompletesIt) {
  const Bytes in = mp2_broadcast(1.0).write();
  Filter filter;
  std::size_t fed = 0;
  bool heard = false;
  for (; fed < in.size() && !heard; fed += kPacketSize) {
    const Bytes out = filter.push(View(in).subspan(fed, kPacketSize));
    heard = !StreamReader(out).pes(kAudio).empty();
  }
  const auto sound = StreamReader(View(in).first(fed)).pes(kAudio);
  EXPECT_LE(sound.size(), 4U);
}

}  // namespace
}  // namespace xg2g::test
