// SPDX-License-Identifier: MIT
//
// Loss, jumps and drift: what is heard stands where its PTS says.

#include <gtest/gtest.h>

#include <cmath>

#include "audit.h"
#include "filter.h"
#include "support/signal.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

/// Transport packets of MP2 in a second, as the builder writes it.
constexpr std::size_t kPacketsASecond = 4 * 1'000 / 24;

struct Lossy {
  Track track{kMp2, 6.0};
  Bytes in;
  Bytes out;
  remux::Stats stats;

  /// Loses `count` packets from two seconds on.
  explicit Lossy(std::size_t count, Fault fault = Fault::kDrop) {
    StreamBuilder builder;
    builder.fault(kAudio, fault, count, 2 * kPacketsASecond);
    broadcast({0x03, kAudio}, track.aligned()).write(builder);
    in = builder.take();
    Filter filter;
    out = filter.run(in);
    stats = filter.stats();
  }
  [[nodiscard]] double late_between(Time from, Time to) const {
    return samples_late(
        part(track.reference(), kSoundStart + from, kSoundStart + to),
        part(heard(out, kAudio), kSoundStart + from, kSoundStart + to));
  }
};

TEST(Loss, OfUnderASecondIsFilledSoThatTimeStays) {
  const Lossy run(kPacketsASecond / 2);
  expect_clean(run.in, run.out, {kAudio});
  expect_even(times(run.out, kAudio));
  EXPECT_EQ(run.stats.audio.gaps, 1U);
  EXPECT_EQ(run.stats.audio.discontinuities, 0U);
  EXPECT_LT(std::abs(run.late_between(0, 2 * kSecond)), 1.0);
  EXPECT_LT(std::abs(run.late_between(3 * kSecond, 6 * kSecond)), 1.0);
}

TEST(Loss, IsSilentWhereNothingCame) {
  const Lossy run(kPacketsASecond / 2);
  const Time middle = kSoundStart + 2 * kSecond + kSecond / 4;
  const AvTimeline gap =
      part(heard(run.out, kAudio), middle - 4'500, middle + 4'500);
  EXPECT_LT(root_mean_square(gap.samples), 1e-3);
}

TEST(Loss, OfTwoSecondsIsNotFilled) {
  const Lossy run(2 * kPacketsASecond);
  expect_clean(run.in, run.out, {kAudio});
  EXPECT_EQ(run.stats.audio.gaps, 0U);
  EXPECT_EQ(run.stats.audio.discontinuities, 1U);
  EXPECT_LT(run.stats.audio.frames_out, 4.2 * 48'000 / 1'024);
  EXPECT_LT(std::abs(run.late_between(kSecond * 9 / 2, 6 * kSecond)), 1.0);
}

TEST(Loss, OfOnePacketCostsAFrame) {
  const Lossy run(1);
  expect_even(times(run.out, kAudio));
  EXPECT_LE(run.stats.audio.concealed + run.stats.audio.gaps, 2U);
  EXPECT_LT(std::abs(run.late_between(kSecond * 5 / 2, 6 * kSecond)), 1.0);
}

TEST(Loss, IsCountedInBytesWherePtsAreMissing) {
  const Track track(kMp2, 4.0);
  auto payloads = track.aligned(24);
  for (std::size_t i = 1; i < payloads.size(); ++i) payloads[i].pts.reset();
  Timetable table;
  table.psi(television({{0x03, kAudio}}), kStart, kStart + kSecond);
  table.sound(kAudio, payloads);
  StreamBuilder builder;
  builder.fault(kAudio, Fault::kDrop, 12, 180);
  table.write(builder);
  const AvTimeline out = heard(filter(builder.take()), kAudio);
  const Time from = kSoundStart + 5 * kSecond / 2;
  const double late =
      samples_late(part(track.reference(), from, from + kSecond), out);
  EXPECT_LT(std::abs(late), 1.0);
}

TEST(Damage, OfPayloadLeavesTimeAlone) {
  for (const Fault fault : {Fault::kDamage, Fault::kTransportError}) {
    const Lossy run(7, fault);
    expect_clean(run.in, run.out, {kAudio});
    expect_even(times(run.out, kAudio));
    EXPECT_LT(std::abs(run.late_between(kSecond * 5 / 2, 6 * kSecond)), 1.0);
  }
}

TEST(DuplicatePackets, AreHeardOnce) {
  const Lossy run(20, Fault::kDuplicate);
  expect_clean(run.in, run.out, {kAudio});
  expect_even(times(run.out, kAudio));
  EXPECT_EQ(run.stats.packets.duplicates, 20U);
  EXPECT_EQ(run.stats.packets.continuity_errors, 0U);
  EXPECT_EQ(run.stats.audio.concealed, 0U);
  EXPECT_LT(std::abs(run.late_between(0, 6 * kSecond)), 1.0);
}

/// Two seconds of sound, then two that begin `jump` later than they should.
struct Jump {
  Track first{kMp2, 2.0};
  Track second;
  Bytes in;
  Bytes out;
  remux::Stats stats;

  explicit Jump(Time jump, bool indicated = false)
      : second(
            kMp2, 2.0,
            static_cast<std::uint64_t>(static_cast<Time>(first.end()) + jump)) {
    const Time again = static_cast<Time>(second.end()) - 5 * kSecond / 2;
    StreamBuilder builder;
    broadcast({0x03, kAudio}, first.aligned()).write(builder);
    if (indicated) {
      builder.pcr(kVideo, static_cast<std::uint64_t>(again) * 300, true);
    }
    Timetable then;
    then.psi(television({{0x03, kAudio}}), again,
             static_cast<Time>(second.end()));
    then.picture(kVideo, again, static_cast<Time>(second.end()));
    then.sound(kAudio, second.aligned());
    then.write(builder);
    in = builder.take();
    Filter filter;
    out = filter.run(in);
    stats = filter.stats();
  }
};

/// The AAC of `pid` that stands from `from` on.
AvTimeline heard_from(const Jump& run, std::size_t frame) {
  // libavformat takes a jump for a wrap: it is shown what is behind it.
  const StreamReader reader(run.out);
  const std::size_t index = reader.pes(kAudio).at(frame).index;
  StreamBuilder builder;
  builder.pat({{1, kPmt}}).pmt(1, kPmt, television({{0x0F, kAudio}}));
  builder.raw(View(run.out).subspan(index * kPacketSize));
  return heard(builder.take(), kAudio);
}

class Jumps : public testing::TestWithParam<Time> {};

TEST_P(Jumps, AreFollowedWithoutFiller) {
  const Jump run(GetParam());
  expect_clean(run.in, run.out, {kAudio});
  EXPECT_EQ(run.stats.audio.discontinuities, 1U);
  EXPECT_EQ(run.stats.audio.gaps, 0U);
  const auto pts = times(run.out, kAudio);
  EXPECT_NEAR(static_cast<double>(pts.size()), 4.0 * 48'000 / 1'024, 6);
  std::size_t cut = 1;
  while (cut < pts.size() && pts[cut] == pts[cut - 1] + 1'920) ++cut;
  ASSERT_LT(cut, pts.size());
  EXPECT_LT(
      std::abs(samples_late(run.second.reference(), heard_from(run, cut + 1))),
      1.0);
}

INSTANTIATE_TEST_SUITE_P(Lengths, Jumps,
                         testing::Values(5 * kSecond, -8 * kSecond,
                                         3'600 * kSecond));

TEST(DiscontinuityIndicator, ReanchorsWhereTheJumpAloneWouldBeFilled) {
  const Jump run(kSecond / 2, true);
  EXPECT_EQ(run.stats.audio.discontinuities, 1U);
  EXPECT_EQ(run.stats.audio.gaps, 0U);
  EXPECT_NEAR(static_cast<double>(times(run.out, kAudio).size()),
              4.0 * 48'000 / 1'024, 6);
}

TEST(DiscontinuityIndicator, CostsNothingWhereTimeGoesOn) {
  const Jump run(0, true);
  expect_clean(run.in, run.out, {kAudio});
  expect_even(times(run.out, kAudio));
  EXPECT_EQ(run.stats.audio.gaps + run.stats.audio.overlaps, 0U);
}

TEST(Overlap, IsDropped) {
  const Jump run(-kSecond / 4);
  expect_even(times(run.out, kAudio));
  EXPECT_EQ(run.stats.audio.overlaps, 1U);
  EXPECT_NEAR(static_cast<double>(times(run.out, kAudio).size()),
              3.75 * 48'000 / 1'024, 4);
}

/// The PTS of `payloads` run `ppm` millionths faster than their samples.
void drift(std::vector<PesPayload>& payloads, double ppm) {
  for (PesPayload& payload : payloads) {
    const double since = static_cast<double>(*payload.pts) - kSoundStart;
    *payload.pts = static_cast<std::uint64_t>(
        kSoundStart + std::llround(since * (1 + ppm / 1e6)));
  }
}

class Drift : public testing::TestWithParam<int> {};

TEST_P(Drift, StaysNearAMillisecond) {
  const Track track(kMp2Mono, 61.0);
  auto payloads = track.aligned();
  drift(payloads, GetParam());
  Filter filter;
  const Bytes out = filter.run(broadcast({0x03, kAudio}, payloads).write());
  expect_even(times(out, kAudio));
  const remux::Stats stats = filter.stats();
  EXPECT_EQ(stats.audio.gaps + stats.audio.overlaps, 0U);
  const AvTimeline reference = track.reference();
  const AvTimeline all = heard(out, kAudio);
  for (int second = 1; second < 60; ++second) {
    const Time from = kSoundStart + second * kSecond;
    AvTimeline piece = part(reference, from, from + kSecond / 4);
    piece.start += second * GetParam() * 9 / 100;
    const Delay late = measure_delay(piece, all, 200);
    EXPECT_LT(std::abs(late.samples), 60) << second;
    EXPECT_GT(late.correlation, 0.9) << second;
  }
}

INSTANTIATE_TEST_SUITE_P(Ppm, Drift, testing::Values(100, -100));

}  // namespace
}  // namespace xg2g::test
