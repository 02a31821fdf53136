// SPDX-License-Identifier: MIT
//
// Sound without PTS cannot be placed: it passes, and the PMT says so.

#include <gtest/gtest.h>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

using remux::StreamState;

/// Three seconds of MP2 of which the PES packets before `first` have no PTS.
Bytes untimed_before(std::size_t first, std::size_t units = 1) {
  auto payloads = Track(kMp2, 3.0).aligned(units);
  Timetable table;
  const auto map = television({{0x03, kAudio, "deu"}});
  table.psi(map, kStart, kStart + 4 * kSecond);
  table.picture(kVideo, kStart, kStart + 4 * kSecond);
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    auto payload = payloads[i];
    const Time time = static_cast<Time>(*payload.pts) - kSecond / 10;
    if (i < first) payload.pts.reset();
    table.at(time, [=](StreamBuilder& builder) {
      builder.pes(kAudio, 0xC0, payload.pts, payload.bytes);
    });
  }
  return table.write();
}

constexpr std::size_t kNever = 1'000;

/// The PTS on kAudio, where there are any.
std::vector<std::int64_t> all_pts(const Bytes& out) {
  std::vector<std::int64_t> all;
  for (const ReadPes& pes : StreamReader(out).pes(kAudio)) {
    if (pes.pts) all.push_back(static_cast<std::int64_t>(*pes.pts));
  }
  return all;
}

TEST(Untimed, SoundPassesAndSaysWhy) {
  const Bytes in = untimed_before(kNever);
  Filter filter;
  const Bytes out = filter.run(in);
  EXPECT_EQ(filter.stream(kAudio)->state, StreamState::kUntimed);
  EXPECT_EQ(filter.stream(kAudio)->codec, es::Codec::kMpegAudio);
  EXPECT_EQ(filter.stream(kAudio)->header.sample_rate, 48'000U);
  EXPECT_EQ(filter.stream(kAudio)->stream_type_out, 0x03);
  EXPECT_EQ(StreamReader(in).bytes(kAudio), StreamReader(out).bytes(kAudio));
}

TEST(Untimed, SoundIsToldByThePmtBeforeItLeaves) {
  const Bytes out = filter(untimed_before(kNever));
  const std::size_t first = StreamReader(out).packets(kAudio).front().index;
  std::size_t later = 0;
  for (const ReadPmt& pmt : StreamReader(out).pmts(1)) {
    if (pmt.index == first - 1) ++later;
    if (pmt.index < first) continue;
    EXPECT_EQ(pmt.find(kAudio)->stream_type, 0x03);
  }
  EXPECT_EQ(later, 1U);
}

TEST(Untimed, SoundIsTranscodedFromItsFirstPtsOn) {
  const std::size_t late = 80;  // 1.9 s: after it was let pass
  for (const std::size_t first : {std::size_t{10}, late}) {
    const Bytes in = untimed_before(first);
    Filter filter;
    const Bytes out = filter.run(in);
    const auto times = all_pts(out);
    ASSERT_FALSE(times.empty());
    expect_even(times);
    const auto pts = kSoundStart + static_cast<Time>(first) * 2'160;
    EXPECT_NEAR(static_cast<double>(times.front()), static_cast<double>(pts),
                2'000);
    EXPECT_EQ(types(out, kAudio).back(), 0x0F);
    EXPECT_EQ(filter.stream(kAudio)->state, StreamState::kTranscoded);
    EXPECT_EQ(filter.stats().audio.frames_in, 125 - first);
    EXPECT_EQ(StreamReader(out).continuity_errors(), 0U);
  }
}

TEST(Untimed, SoundRaisesTheVersionWithEachChange) {
  std::vector<int> versions;
  for (const ReadPmt& pmt : StreamReader(filter(untimed_before(80))).pmts(1)) {
    if (versions.empty() || versions.back() != pmt.version) {
      versions.push_back(pmt.version);
    }
  }
  EXPECT_EQ(versions, (std::vector<int>{0, 1, 2}));
}

TEST(Untimed, SoundShorterThanTheWaitSaysItAtItsEnd) {
  const Bytes in = untimed_before(kNever);
  Filter filter;
  const Bytes half = Bytes(in.begin(), in.begin() + 400 * 188);
  const Bytes out = filter.run(half);
  EXPECT_EQ(filter.stream(kAudio)->state, StreamState::kUntimed);
  EXPECT_EQ(StreamReader(half).bytes(kAudio), StreamReader(out).bytes(kAudio));
}

TEST(Untimed, SoundIsTheSameHoweverTheInputIsCut) {
  const Bytes in = untimed_before(60, 2);
  const Bytes whole = filter(in);
  for (const std::size_t size : {1U, 187U, 5'000U}) {
    EXPECT_TRUE(filter_cut(in, size) == whole) << size;
  }
}

}  // namespace
}  // namespace xg2g::test
