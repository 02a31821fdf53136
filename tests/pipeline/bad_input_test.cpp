// SPDX-License-Identifier: MIT
//
// What is no transport stream, or ends or begins in the wrong place.

#include <gtest/gtest.h>

#include <random>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

Bytes random_bytes(std::size_t count, std::uint32_t seed = 1) {
  std::mt19937 random(seed);
  Bytes out(count);
  for (auto& byte : out) byte = static_cast<std::uint8_t>(random());
  return out;
}

TEST(RandomBytes, AreNoTransportStream) {
  const Bytes in = random_bytes(1'000'000);
  Filter filter;
  EXPECT_TRUE(filter.push(in).empty());
  EXPECT_TRUE(filter.not_ts());
  EXPECT_GT(filter.stats().bytes_dropped, in.size() - 8 * 1'024);
}

TEST(RandomBytes, BetweenPacketsThatAreThereAreDropped) {
  const Bytes stream = mp2_broadcast(1.0).write();
  const Bytes rubbish = random_bytes(3'000);
  Bytes in = stream;
  put(in, rubbish);
  put(in, stream);
  Filter filter;
  const Bytes out = filter.run(in);
  EXPECT_EQ(StreamReader(out).psi_errors(), 0U);
  EXPECT_TRUE(StreamReader(out).in_sync());
  EXPECT_GE(filter.stats().bytes_dropped, 3'000U);
  EXPECT_EQ(filter.stats().sync_losses, 1U);
  EXPECT_EQ(StreamReader(out).continuity_errors(kAudio), 0U);
}

TEST(PacketsOfRandomBytes, PassOrAreDroppedAndEndNothing) {
  for (std::uint32_t seed = 1; seed < 20; ++seed) {
    Bytes in = random_bytes(400 * kPacketSize, seed);
    for (std::size_t at = 0; at < in.size(); at += kPacketSize) in[at] = 0x47;
    Filter filter;
    Bytes out = filter.run(in);
    EXPECT_TRUE(StreamReader(out).in_sync());
    EXPECT_EQ(out.size(), in.size());
    out = filter.run(mp2_broadcast(0.5).write());
    EXPECT_EQ(types(out, kAudio).back(), 0x0F);
  }
}

TEST(SyncBytes, EverywhereEndNothing) {
  Filter filter;
  (void)filter.run(Bytes(200'000, 0x47));
  EXPECT_EQ(filter.stats().streams, 0U);
  const Bytes out = filter.run(mp2_broadcast(0.5).write());
  EXPECT_EQ(types(out, kAudio).back(), 0x0F);
}

TEST(NoInput, GivesNoOutput) {
  Filter filter;
  EXPECT_TRUE(filter.push({}).empty());
  EXPECT_TRUE(filter.flush().empty());
  EXPECT_FALSE(filter.not_ts());
}

TEST(FewBytes, AreNoTransportStreamAtTheEnd) {
  Filter filter;
  EXPECT_TRUE(filter.push(random_bytes(1'000)).empty());
  EXPECT_FALSE(filter.not_ts());
  EXPECT_TRUE(filter.flush().empty());
  EXPECT_TRUE(filter.not_ts());
}

TEST(Stream, CutInsideAPmtLeavesWhole) {
  ProgramMap map = television({{0x03, kAudio}});
  map.descriptors = Descriptors(0xC0, Bytes(250, 1));
  StreamBuilder builder;
  builder.null(10).pat({{1, kPmt}}).pmt(1, kPmt, map);
  Bytes in = builder.take();
  in.resize(in.size() - kPacketSize);
  EXPECT_TRUE(filter(in) == in);
}

TEST(Stream, CutInsideAPacketLeavesItsWholePackets) {
  const Bytes whole = mp2_broadcast(0.5).write();
  for (const std::size_t cut : {1U, 100U, 187U}) {
    Bytes in = whole;
    in.resize(whole.size() - kPacketSize + cut);
    Filter filter;
    const Bytes out = filter.run(in);
    EXPECT_TRUE(StreamReader(out).in_sync());
    EXPECT_EQ(filter.stats().bytes_dropped, cut);
  }
}

TEST(NotTs, LeavesWhatFollowsInTheSameCallAsOutput) {
  const Bytes stream = mp2_broadcast(0.5).write();
  Bytes in = random_bytes(100'000);
  put(in, stream);
  Filter filter;
  const Bytes out = filter.push(in);
  EXPECT_TRUE(filter.not_ts());
  Filter plain;
  EXPECT_TRUE(out == plain.push(stream));
}

TEST(NotTs, IsSaidOnceAndTheNextCallIsSearchedAfresh) {
  Filter filter;
  (void)filter.push(random_bytes(70'000));
  EXPECT_TRUE(filter.not_ts());
  (void)filter.push(random_bytes(1'000));
  EXPECT_FALSE(filter.not_ts());
  (void)filter.push(mp2_broadcast(0.5).write());
  EXPECT_FALSE(filter.not_ts());
  (void)filter.flush();
  EXPECT_FALSE(filter.not_ts());
}

TEST(Flush, TwiceGivesTheEndOnce) {
  Filter filter;
  (void)filter.push(mp2_broadcast(1.0).write());
  EXPECT_FALSE(filter.flush().empty());
  EXPECT_TRUE(filter.flush().empty());
  EXPECT_FALSE(filter.not_ts());
}

TEST(Flush, GivesTheLastSamples) {
  const Track track(kMp2, 1.0);
  const Bytes out = filter(broadcast({0x03, kAudio}, track.aligned()).write());
  const auto last = times(out, kAudio).back() + 1'920;
  EXPECT_GE(last, static_cast<std::int64_t>(track.end()));
  EXPECT_LE(last, static_cast<std::int64_t>(track.end()) + 2 * 1'920);
}

TEST(Flush, LetsANewStreamFollow) {
  const Bytes stream = mp2_broadcast(1.0).write();
  Filter filter;
  const Bytes first = filter.run(stream);
  const Bytes second = filter.run(stream);
  EXPECT_EQ(times(first, kAudio), times(second, kAudio));
  Bytes both = first;
  put(both, second);
  EXPECT_EQ(StreamReader(both).continuity_errors(kAudio), 0U);
  EXPECT_EQ(StreamReader(both).continuity_errors(kPmt), 0U);
}

TEST(Reset, BetweenTwoSourcesKeepsCountersAndVersions) {
  const Track other(kAc3, 1.0, 5'000'000);
  Timetable source;
  source.psi(television({{0x81, kAudio, "eng"}}), 4'950'000, 5'100'000);
  source.picture(kVideo, 4'950'000, 5'100'000);
  source.sound(kAudio, other.aligned(), 0xBD);
  Filter filter;
  Bytes out = filter.push(mp2_broadcast(1.0).write());
  const std::uint64_t bytes = filter.stats().bytes_in;
  filter.remuxer().reset();
  EXPECT_EQ(filter.stats().streams, 0U);
  EXPECT_EQ(filter.stats().bytes_in, bytes);
  put(out, filter.run(source.write()));
  const StreamReader reader(out);
  EXPECT_EQ(reader.continuity_errors(kAudio), 0U);
  EXPECT_EQ(reader.continuity_errors(kPmt), 0U);
  // The same version number with other content would not be read.
  const auto pmts = reader.pmts(1);
  EXPECT_EQ(pmts.front().find(kAudio)->language, "deu");
  EXPECT_EQ(pmts.back().find(kAudio)->language, "eng");
  EXPECT_NE(pmts.front().version, pmts.back().version);
}

}  // namespace
}  // namespace xg2g::test
