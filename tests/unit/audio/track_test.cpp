// SPDX-License-Identifier: MIT
#include "audio/track.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/encode.h"
#include "support/signal.h"
#include "track_run.h"

namespace xg2g::audio {
namespace {

using Type = TrackEvent::Type;

constexpr std::int64_t kFrameTicks = 2160;  // 1152 samples at 48 kHz.

/// True if each frame follows the one before to within a tick.
void expect_unbroken(const std::vector<std::int64_t>& times) {
  for (std::size_t i = 1; i < times.size(); ++i) {
    ASSERT_NEAR(static_cast<double>(times[i] - times[i - 1]), 1920, 1) << i;
  }
}

/// Expects the second from sample `at` on to be the same in both.
void expect_same(const Samples& reference, const Samples& heard, std::size_t at,
                 std::size_t offset = 0) {
  ASSERT_GE(heard.size(), at + offset + 48'000);
  const auto delay = test::measure_delay(
      part(reference, at, 48'000), part(heard, at + offset, 48'000), 2'000);
  EXPECT_NEAR(delay.samples, 0, 1);
  EXPECT_GT(delay.correlation, 0.98);
}

double steepest(const Samples& samples) {
  double most = 0;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    most = std::max(most, std::abs(static_cast<double>(samples[i]) -
                                   static_cast<double>(samples[i - 1])));
  }
  return most;
}

TEST(Track, RefusesWhatCannotBeEncoded) {
  auto opened = Track::open({.channels = 7});
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(opened.error().message.find('7'), std::string::npos);
}

TEST(Track, GoesOnAfterItWasClosed) {
  const auto units = mp2(speech(2, 2.0));
  TrackRun run;
  (void)run.push_all(units);
  run.flush();
  const TrackCounters before = run.track().counters();
  run.track().close();
  EXPECT_FALSE(run.track().is_open());
  EXPECT_EQ(run.track().counters().frames_out, before.frames_out);
  EXPECT_EQ(run.track().next(), std::nullopt);
  run.flush();
  const std::size_t frames = run.frames().size();
  (void)run.push_all(units, kStart + 3'600'000);
  run.flush();
  EXPECT_TRUE(run.track().is_open());
  const TrackCounters& after = run.track().counters();
  EXPECT_EQ(after.frames_out, 2 * before.frames_out);
  EXPECT_EQ(after.frames_in, 2 * before.frames_in);
  EXPECT_EQ(after.discontinuities, 0U);
  for (std::size_t i = 0; i < frames; ++i) {
    EXPECT_EQ(run.frames().at(frames + i), run.frames()[i]) << i;
    EXPECT_EQ(run.times().at(frames + i) - run.times()[i], 3'600'000) << i;
  }
}

TEST(Track, OpensEveryLayoutAndRate) {
  for (const int channels : {1, 2, 3, 4, 5, 6, 8}) {
    for (const int rate : {8'000, 44'100, 48'000, 96'000}) {
      Format format{.sample_rate = rate, .channels = channels};
      format.bit_rate = 48'000 * channels;
      EXPECT_TRUE(Track::open(format).ok()) << channels << " " << rate;
    }
  }
}

TEST(Track, FillsTheHoleOfALostFrame) {
  const auto units = mp2(speech(2, 3));
  TrackRun run;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (i == 50) continue;
    const auto time = kStart + static_cast<std::int64_t>(i) * kFrameTicks;
    run.push(units[i].view(time, i == 51 ? 1 : 0));
  }
  run.flush();
  expect_unbroken(run.times());
  EXPECT_EQ(run.track().counters().gaps, 1U);
  const auto events = run.events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].type, Type::kGap);
  EXPECT_EQ(events[0].value, kFrameTicks);
  expect_same(test::decode(units)[0], run.decoded_from(kStart)[0], 60 * 1152);
}

TEST(Track, FillsALostFrameWithoutAnyPts) {
  const auto units = mp2(speech(2, 3));
  TrackRun run;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (i == 50) continue;
    run.push(units[i].view(
        i == 0 ? std::optional(std::uint64_t{kStart}) : std::nullopt,
        i == 51 ? 1 : 0));
  }
  run.flush();
  expect_same(test::decode(units)[0], run.decoded_from(kStart)[0], 60 * 1152);
}

/// Pushes units whose first one follows a loss.
void push_after_loss(TrackRun& run, const std::vector<CodedUnit>& units,
                     std::int64_t pts) {
  es::AccessUnit first = units[0].view(TrackRun::as_pts(pts));
  first.lost = true;
  run.push(first);
  run.push_all({units.begin() + 1, units.end()}, pts + kFrameTicks);
}

TEST(Track, FillsAHoleThatOnlyThePtsShows) {
  const auto units = mp2(speech(2, 4));
  TrackRun run;
  const std::vector first(units.begin(), units.begin() + 60);
  const std::vector second(units.begin() + 60, units.end());
  const auto end = run.push_all(first);
  push_after_loss(run, second, end + 27'000);  // 300 ms.
  run.flush();
  expect_unbroken(run.times());
  const auto heard = run.decoded_from(kStart)[0];
  EXPECT_LT(test::root_mean_square(part(heard, 60 * 1152 + 1'000, 12'000)),
            1e-4);
  expect_same(test::decode(units)[0], heard, 70 * 1152, 14'400);
}

TEST(Track, DropsWhatOverlaps) {
  const auto units = mp2(speech(2, 4));
  TrackRun run;
  const std::vector first(units.begin(), units.begin() + 60);
  const std::vector again(units.begin() + 50, units.end());
  const auto end = run.push_all(first);
  push_after_loss(run, again, end - 10 * kFrameTicks);
  run.flush();
  expect_unbroken(run.times());
  EXPECT_EQ(run.track().counters().overlaps, 1U);
  EXPECT_EQ(run.track().counters().gaps, 0U);
  expect_same(test::decode(units)[0], run.decoded_from(kStart)[0], 62 * 1152);
}

TEST(Track, CutsNothingWherePtsJitter) {
  const auto units = mp2(speech(2, 4));
  TrackRun run;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto frame = static_cast<std::int64_t>(i);
    const std::int64_t lie = i == 70 ? 450'000 : 0;
    run.push(units[i].view(
        TrackRun::as_pts(kStart + (frame - frame % 3) * kFrameTicks + lie)));
  }
  run.flush();
  expect_unbroken(run.times());
  EXPECT_TRUE(run.events().empty());
  expect_same(test::decode(units)[0], run.decoded_from(kStart)[0], 1152);
}

TEST(Track, CountsBackToUnitsBehindALossFromTheNextPts) {
  const auto units = mp2(speech(2, 4));
  TrackRun run;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (i >= 50 && i < 57) continue;
    const auto time = kStart + static_cast<std::int64_t>(i) * kFrameTicks;
    es::AccessUnit unit = units[i].view();
    if (i == 0 || i > 65) unit.pts = TrackRun::as_pts(time);
    unit.missing = i == 57 ? 2 : 0;  // As continuity_counter may tell.
    unit.lost = i == 57;
    run.push(unit);
  }
  run.flush();
  expect_unbroken(run.times());
  EXPECT_EQ(run.track().counters().gaps, 1U);
  EXPECT_EQ(run.track().counters().untimed, 0U);
  expect_same(test::decode(units)[0], run.decoded_from(kStart)[0], 58 * 1152);
}

TEST(Track, LosesNothingWhereALossIsNone) {
  const auto units = ac3(speech(2, 3));
  TrackRun run;
  std::int64_t time = kStart;
  for (std::size_t i = 0; i < units.size(); ++i) {
    es::AccessUnit unit = units[i].view(TrackRun::as_pts(time));
    unit.lost = i % 10 == 9;
    unit.missing = unit.lost ? 2 : 0;
    run.push(unit);
    time += 2'880;
  }
  run.flush();
  EXPECT_TRUE(run.events().empty());
  const auto heard = run.decoded_from(kStart)[0];
  const auto reference = test::decode(units)[0];
  expect_same(reference, heard, 0);
  TrackRun plain;
  plain.push_all(units);
  plain.flush();
  EXPECT_EQ(plain.frames(), run.frames()) << "decoded without a break";
}

TEST(Track, ConcealsAFrameThatMayBeOfTwoWhereThePtsTellsSo) {
  const auto units = mp2(speech(2, 3));
  for (const std::int64_t lost : {0, 1}) {
    TrackRun run;
    const std::vector first(units.begin(), units.begin() + 50);
    const auto end = run.push_all(first) + lost * kFrameTicks;
    es::AccessUnit joined = units[50].view(TrackRun::as_pts(end));
    joined.lost = joined.doubtful = true;
    run.push(joined);
    run.push_all({units.begin() + 51, units.end()}, end + kFrameTicks);
    run.flush();
    EXPECT_EQ(run.track().counters().concealed, static_cast<unsigned>(lost));
    EXPECT_EQ(run.track().counters().gaps, static_cast<unsigned>(lost));
  }
}

TEST(Track, AnchorsAnewAfterAJumpAndFillsNothing) {
  for (const std::int64_t jump : {324'000'000, -324'000, 91'000}) {
    const auto units = mp2(speech(2, 1));
    TrackRun run;
    const auto end = run.push_all(units);
    run.push_all(units, end + jump);
    run.flush();
    EXPECT_EQ(run.track().counters().discontinuities, 1U);
    EXPECT_LT(run.frames().size(), units.size() * 2 * 1152 / 1024 + 6);
    const auto at = std::find(run.times().begin(), run.times().end(),
                              end + kFrameTicks + jump);
    EXPECT_NE(at, run.times().end()) << jump;
    const auto events = run.events();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].type, Type::kDiscontinuity);
    EXPECT_EQ(events[0].value, jump);
  }
}

TEST(Track, TakesTheNextPtsAsItComesAfterADiscontinuity) {
  const auto units = mp2(speech(2, 1));
  TrackRun run;
  const auto end = run.push_all(units);
  es::AccessUnit first = units[0].view(TrackRun::as_pts(end + 500));
  first.discontinuity = true;
  run.push(first);
  run.push_all({units.begin() + 1, units.end()}, end + 500 + 2'160);
  run.flush();
  EXPECT_EQ(run.track().counters().discontinuities, 1U);
  EXPECT_EQ(run.track().counters().gaps, 0U);
  EXPECT_NE(std::find(run.times().begin(), run.times().end(), end + 500),
            run.times().end());
}

TEST(Track, RunsOnThroughTheWrap) {
  const auto units = mp2(speech(2, 2));
  TrackRun run;
  run.push_all(units, (std::int64_t{1} << 33) - 90'000);
  run.flush();
  expect_unbroken(run.times());
  EXPECT_EQ(run.track().counters().discontinuities, 0U);
}

TEST(Track, GoesOnByCountWhereNoPtsComes) {
  const auto units = mp2(speech(2, 3));
  TrackRun run;
  run.push_all(units, kStart, false);
  run.flush();
  expect_unbroken(run.times());
  expect_same(test::decode(units)[0], run.decoded_from(kStart)[0], 48'000);
}

TEST(Track, DropsAndCountsWhatComesBeforeTheFirstPts) {
  const auto units = mp2(speech(2, 1));
  TrackRun run;
  for (int i = 0; i < 3; ++i) run.push(units[0].view());
  run.flush();
  EXPECT_EQ(run.track().counters().untimed, 3U);
  EXPECT_TRUE(run.frames().empty());
}

TEST(Track, ConcealsDamagedFramesAndCountsThem) {
  auto units = ac3(speech(2, 3));
  const auto reference = test::decode(units)[0];
  for (std::size_t i = 30; i < 33; ++i) {
    for (std::size_t at = 40; at < 200; ++at) units[i].bytes[at] ^= 0x5A;
  }
  TrackRun run;
  run.push_all(units);
  run.flush();
  expect_unbroken(run.times());
  EXPECT_EQ(run.track().counters().concealed, 3U);
  const auto events = run.events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].type, Type::kDamage);
  EXPECT_EQ(events[0].value, 3);
  expect_same(reference, run.decoded_from(kStart)[0], 35 * 1536);
}

TEST(Track, TakesThePtsAtItsWordAfterAChangeOfCodec) {
  const auto units = ac3(speech(2, 2));
  TrackRun run;
  const auto end = run.push_all(mp2(speech(2, 1)));
  run.push_all(units, end + 900);
  run.flush();
  EXPECT_EQ(run.track().counters().gaps, 1U);
}

TEST(Track, MakesNoClickAtHolesAndDamage) {
  const Sound sound(2, test::sine(440, 48'000, 144'000, 0.8));
  auto units = ac3(sound);
  for (std::size_t at = 40; at < 200; ++at) units[30].bytes[at] ^= 0x5A;
  TrackRun run;
  const std::vector first(units.begin(), units.begin() + 60);
  const std::vector second(units.begin() + 63, units.end());
  run.push_all(second, run.push_all(first) + 4'321);
  run.flush();
  const double sine = steepest(sound[0]);
  EXPECT_LT(steepest(part(run.decoded_from(kStart)[0], 2'000, 120'000)),
            1.6 * sine);
}

TEST(Track, KeepsTheTimelineWhenTheCodecAndItsChannelsChange) {
  const auto stereo = mp2(speech(2, 2));
  const auto surround = ac3(speech(6, 2));
  TrackRun run;
  auto time = run.push_all(stereo);
  time = run.push_all(surround, time);
  run.push_all(stereo, time);
  run.flush();
  expect_unbroken(run.times());
  for (const Bytes& frame : run.frames()) {
    // adts_fixed_header: 28 bits that may never change (6.2.1).
    EXPECT_TRUE(
        std::equal(frame.begin(), frame.begin() + 3, run.frames()[0].begin()));
    EXPECT_EQ(frame[3] & 0xF0, run.frames()[0][3] & 0xF0);
  }
  const auto middle = stereo.size() * 1152;
  const auto heard = run.decoded_from(kStart)[0];
  expect_same(test::decode(stereo)[0], heard, 24'000,
              middle + surround.size() * 1536);
}

TEST(Track, KeepsTheTimelineWhenTheRateChanges) {
  const auto at_48 = mp2(speech(2, 2));
  TrackRun run;
  auto time = run.push_all(at_48);
  time = run.push_all(mp2(speech(2, 2, 44'100), 44'100), time);
  time = run.push_all(mp2(speech(2, 2, 32'000), 32'000), time);
  const auto back = time;
  run.push_all(at_48, time);
  run.flush();
  expect_unbroken(run.times());
  EXPECT_EQ(run.track().counters().gaps, 0U);
  const auto heard = run.decoded_from(kStart)[0];
  expect_same(test::decode(at_48)[0], heard, 24'000,
              static_cast<std::size_t>((back - kStart) * 8 / 15));
}

TEST(Track, StartsANewTimelineAfterFlush) {
  const auto units = mp2(speech(2, 2));
  TrackRun run;
  run.push_all(units);
  run.flush();
  const auto frames = run.frames().size();
  const std::int64_t later = kStart + 10'000'000;
  run.push_all(units, later);
  run.flush();
  EXPECT_EQ(run.track().counters().discontinuities, 0U);
  EXPECT_EQ(run.frames().size(), 2 * frames);
  EXPECT_EQ(run.times()[frames], later - 1920);
  const auto heard = run.decoded()[0];
  expect_same(test::decode(units)[0], heard, 24'000, (frames + 1) * 1024);
}

TEST(Track, GivesAllSamplesAtFlush) {
  const auto units = mp2(speech(2, 1));
  TrackRun run;
  run.push_all(units);
  run.flush();
  const auto heard = run.decoded_from(kStart)[0];
  EXPECT_GE(heard.size(), units.size() * 1152);
  EXPECT_LT(heard.size(), units.size() * 1152 + 1024);
}

TEST(Track, FlushOfNothingIsNothing) {
  TrackRun run;
  run.flush();
  run.flush();
  EXPECT_TRUE(run.frames().empty());
}

TEST(Track, FollowsDriftWithoutHolesOrOverlaps) {
  const auto units = mp2(speech(2, 30));
  TrackRun run;
  for (std::size_t i = 0; i < units.size(); ++i) {  // 200 ppm.
    const double time = static_cast<double>(i) * kFrameTicks * 1.0002;
    run.push(units[i].view(kStart + static_cast<std::uint64_t>(time)));
  }
  run.flush();
  expect_unbroken(run.times());
  EXPECT_EQ(run.track().counters().gaps + run.track().counters().overlaps, 0U);
  const auto reference = test::decode(units)[0];
  const auto heard = run.decoded_from(kStart)[0];
  const auto delay =
      test::measure_delay(part(reference, 28 * 48'000, 48'000),
                          part(heard, 28 * 48'000, 48'000), 2'000);
  // Up to a millisecond, and what the mean is behind, is left.
  EXPECT_NEAR(delay.samples, 28.5 * 48'000 * 0.0002 - 26, 28);
}

TEST(Track, SurvivesGarbageOfEveryCodec) {
  TrackRun run;
  std::uint32_t state = 1;
  const auto good = mp2(speech(2, 0.2));
  for (int i = 0; i < 2'000; ++i) {
    CodedUnit unit;
    unit.header.codec = static_cast<es::Codec>(i / 50 % 10);
    unit.header.layer = static_cast<std::uint8_t>(i % 4);
    unit.header.sample_rate = i % 3 == 0 ? 0 : 48'000;
    unit.header.samples = i % 5 == 0 ? 0 : 1'536;
    unit.bytes.resize(static_cast<std::size_t>(i * 7 % 900));
    for (auto& byte : unit.bytes) {
      state = state * 1'664'525 + 1'013'904'223;
      byte = static_cast<std::uint8_t>(state >> 24);
    }
    run.push(unit.view(
        i % 7 == 0 ? std::optional(std::uint64_t{state}) : std::nullopt,
        state % 11 == 0 ? state >> 20 : 0));
  }
  const auto before = run.frames().size();
  run.push_all(good, std::int64_t{1} << 32);
  run.flush();
  EXPECT_GT(run.frames().size(), before);
  for (const auto& channel : run.decoded()) {
    EXPECT_LT(test::peak(channel), 1.1);
  }
}

}  // namespace
}  // namespace xg2g::audio
