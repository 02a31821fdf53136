// SPDX-License-Identifier: MIT
#include "audio/timeline.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace xg2g::audio {
namespace {

using base::Ticks;
using Placement = Timeline::Placement;

constexpr std::int64_t kFrame = 1152;
constexpr int kRate = 48'000;
constexpr Ticks kFrameTicks{2160};
constexpr Ticks kMillisecond{90};

Timeline::Unit unit(std::optional<Ticks> pts, std::int64_t missing = 0) {
  return {pts, kFrame, kRate, missing};
}

/// A timeline that stands at the end of ten frames from 0.
Timeline running() {
  Timeline timeline(kRate);
  for (int i = 0; i < 10; ++i) (void)timeline.place(unit(i * kFrameTicks));
  return timeline;
}

TEST(Timeline, DropsWhatComesBeforeTheFirstPts) {
  Timeline timeline(kRate);
  EXPECT_EQ(timeline.place(unit({})).placement, Placement::kUntimed);
  EXPECT_EQ(timeline.due(), 0);
}

TEST(Timeline, AnchorsAtTheFirstPtsWithoutAJump) {
  Timeline timeline(kRate);
  const auto verdict = timeline.place(unit(Ticks(12'345)));
  EXPECT_EQ(verdict.placement, Placement::kAnchor);
  EXPECT_FALSE(verdict.jump);
  EXPECT_EQ(timeline.anchor(), Ticks(12'345));
  EXPECT_EQ(timeline.due(), kFrame);
}

TEST(Timeline, GoesOnByCountWhereNoPtsComes) {
  Timeline timeline = running();
  for (int i = 0; i < 100'000; ++i) {
    EXPECT_EQ(timeline.place(unit({})).shift, 0);
  }
  EXPECT_EQ(timeline.position(), 100'010 * kFrameTicks);
}

TEST(Timeline, NeverRoundsTwiceAtOddRates) {
  Timeline timeline(kRate);
  (void)timeline.place({Ticks(0), kFrame, 44'100});
  for (int i = 0; i < 99'999; ++i) (void)timeline.place({{}, kFrame, 44'100});
  EXPECT_EQ(timeline.due(), (100'000 * kFrame * 160 + 73) / 147);
  EXPECT_EQ(timeline.position(),
            Ticks((100'000 * kFrame * 90'000 + 22'050) / 44'100));
}

TEST(Timeline, LeavesExactPtsAloneForADay) {
  Timeline timeline(kRate);
  for (std::int64_t i = 0; i < 3'000'000; ++i) {
    const Ticks pts(i * kFrame * 90'000 / 44'100);  // Cut off, as muxers do.
    const auto verdict = timeline.place({pts, kFrame, 44'100});
    ASSERT_EQ(verdict.shift, 0) << i;
    ASSERT_EQ(timeline.correction(), 0) << i;
  }
}

struct HoleCase {
  const char* name;
  Ticks error;
  std::int64_t missing;
  bool doubt;
  Placement placement;
  std::int64_t shift;
};

const std::array kHoles = {
    HoleCase{"none", Ticks(0), 0, false, Placement::kNext, 0},
    HoleCase{"19 ms, no loss known", 19 * kMillisecond, 0, false,
             Placement::kNext, 0},
    HoleCase{"20 ms, no loss known", 20 * kMillisecond, 0, false,
             Placement::kNext, 960},
    HoleCase{"overlap of 19 ms", -19 * kMillisecond, 0, false, Placement::kNext,
             0},
    HoleCase{"overlap of 20 ms", -20 * kMillisecond, 0, false, Placement::kNext,
             -960},
    HoleCase{"one frame lost", kFrameTicks, kFrame, false, Placement::kNext,
             kFrame},
    HoleCase{"one frame lost, rounded PTS", kFrameTicks + Ticks(80), kFrame,
             false, Placement::kNext, kFrame},
    HoleCase{"loss that was none", Ticks(0), kFrame, false, Placement::kNext,
             0},
    HoleCase{"three lost, one seen missing", 3 * kFrameTicks, kFrame, false,
             Placement::kNext, 3 * kFrame},
    HoleCase{"5 ms after damage", 5 * kMillisecond, 0, true, Placement::kNext,
             240},
    HoleCase{"-5 ms after damage", -5 * kMillisecond, 0, true, Placement::kNext,
             -240},
    HoleCase{"0.9 ms after damage", Ticks(81), 0, true, Placement::kNext, 0},
    HoleCase{"one second", Ticks(90'000), 0, false, Placement::kNext, 48'000},
    HoleCase{"over one second", Ticks(90'001), 0, false, Placement::kAnchor, 0},
    HoleCase{"back over one second", Ticks(-90'001), 0, false,
             Placement::kAnchor, 0},
    HoleCase{"an hour", Ticks(324'000'000), 50'000, true, Placement::kAnchor,
             0},
};

TEST(Timeline, FillsDropsOrAnchorsByTheSizeOfTheError) {
  for (const HoleCase& it : kHoles) {
    Timeline timeline = running();
    if (it.doubt) timeline.doubt();
    const auto verdict =
        timeline.place(unit(10 * kFrameTicks + it.error, it.missing));
    EXPECT_EQ(verdict.placement, it.placement) << it.name;
    EXPECT_EQ(verdict.shift, it.shift) << it.name;
    EXPECT_EQ(verdict.error, it.error) << it.name;
    EXPECT_EQ(verdict.jump, it.placement == Placement::kAnchor) << it.name;
  }
}

TEST(Timeline, StandsAtThePtsAfterAHole) {
  Timeline timeline = running();
  (void)timeline.place(unit(10 * kFrameTicks + Ticks(4'000)));
  const Ticks expected = 11 * kFrameTicks + Ticks(4'000);
  EXPECT_LE(abs(timeline.position() - expected), Ticks(1));
  EXPECT_EQ(timeline.place(unit(expected)).shift, 0);
}

TEST(Timeline, FillsKnownLossWithoutAPts) {
  Timeline timeline = running();
  EXPECT_EQ(timeline.place(unit({}, 3 * kFrame)).shift, 3 * kFrame);
  EXPECT_EQ(timeline.position(), 14 * kFrameTicks);
}

TEST(Timeline, PutsAGuessRightAtTheNextPts) {
  Timeline timeline = running();
  (void)timeline.place(unit({}, 3 * kFrame));
  EXPECT_EQ(timeline.place(unit(13 * kFrameTicks)).shift, -kFrame);
}

TEST(Timeline, WaitsForAPtsAfterMoreThanASecondOfLoss) {
  Timeline timeline = running();
  EXPECT_EQ(timeline.place(unit({}, kRate + 1)).placement, Placement::kUntimed);
  EXPECT_EQ(timeline.place(unit({})).placement, Placement::kUntimed);
  const auto verdict = timeline.place(unit(Ticks(500'000)));
  EXPECT_EQ(verdict.placement, Placement::kAnchor);
  EXPECT_TRUE(verdict.jump);
}

TEST(Timeline, AnchorsAnewWhereToldTo) {
  Timeline timeline = running();
  timeline.discontinue();
  EXPECT_EQ(timeline.place(unit({})).placement, Placement::kNext);
  const auto verdict = timeline.place(unit(11 * kFrameTicks + Ticks(300)));
  EXPECT_EQ(verdict.placement, Placement::kAnchor);
  EXPECT_TRUE(verdict.jump);
  EXPECT_EQ(verdict.error, Ticks(300));
  EXPECT_EQ(timeline.due(), kFrame);
}

TEST(Timeline, GoesOnWhereADiscontinuityIsNone) {
  for (const int error : {0, 1, 45, 89, -89}) {  // Or rounded.
    Timeline timeline = running();
    timeline.discontinue();
    const auto verdict = timeline.place(unit(10 * kFrameTicks + Ticks(error)));
    EXPECT_EQ(verdict.placement, Placement::kNext) << error;
    EXPECT_EQ(verdict.shift, 0) << error;
    EXPECT_TRUE(verdict.jump) << error;
  }
}

TEST(Timeline, DropsTheOverlapOfADiscontinuityOfLessThanAFrame) {
  for (const int error : {-90, -900, -1'919}) {
    Timeline timeline = running();
    timeline.discontinue();
    const Ticks pts = 10 * kFrameTicks + Ticks(error);
    const auto verdict = timeline.place(unit(pts));
    EXPECT_EQ(verdict.placement, Placement::kNext) << error;
    EXPECT_NEAR(static_cast<double>(verdict.shift), error * 48'000 / 90'000, 1)
        << error;
    EXPECT_TRUE(verdict.jump) << error;
    EXPECT_LE(abs(timeline.position() - pts - kFrameTicks), Ticks(1)) << error;
  }
  Timeline timeline = running();
  timeline.discontinue();
  EXPECT_EQ(timeline.place(unit(10 * kFrameTicks - Ticks(1'920))).placement,
            Placement::kAnchor);
}

TEST(Timeline, ADiscontinuityBeforeTheFirstPtsIsNone) {
  Timeline timeline(kRate);
  timeline.discontinue();
  EXPECT_FALSE(timeline.place(unit(Ticks(0))).jump);
}

TEST(Timeline, StartsOverAfterReset) {
  Timeline timeline = running();
  timeline.reset();
  EXPECT_EQ(timeline.place(unit({})).placement, Placement::kUntimed);
  const auto verdict = timeline.place(unit(Ticks(1)));
  EXPECT_EQ(verdict.placement, Placement::kAnchor);
  EXPECT_FALSE(verdict.jump);
}

TEST(Timeline, KeepsTheCountWhenTheRateChanges) {
  Timeline timeline = running();
  EXPECT_EQ(timeline.place({10 * kFrameTicks, 1536, 32'000}).shift, 0);
  EXPECT_EQ(timeline.due(), 10 * kFrame + 2304);
  EXPECT_EQ(timeline.position(), 10 * kFrameTicks + Ticks(4320));
}

/// Feeds `frames` PTS that `pts_of` gives and sums up the corrections.
template <typename PtsOf>
int corrections(Timeline& timeline, int frames, PtsOf pts_of) {
  int sum = 0;
  for (int i = 0; i < frames; ++i) {
    const auto verdict = timeline.place(unit(pts_of(i)));
    EXPECT_EQ(verdict.shift, 0) << i;
    sum += timeline.correction();
  }
  return sum;
}

TEST(Timeline, IgnoresJitterOfAMillisecond) {
  Timeline timeline(kRate);
  const auto jittered = [](int i) {
    return i * kFrameTicks + Ticks((i * 7919 + 90) % 181 - 90);
  };
  EXPECT_EQ(corrections(timeline, 20'000, jittered), 0);
}

TEST(Timeline, FindsTheMiddleOfJitterOnceAndStaysThere) {
  Timeline timeline(kRate);
  const auto first_is_earliest = [](int i) {
    return i * kFrameTicks + Ticks((i * 7919) % 181 - 90);
  };
  EXPECT_NEAR(corrections(timeline, 1'000, first_is_earliest), 48, 16);
  const auto later = [&](int i) { return first_is_earliest(i + 1'000); };
  EXPECT_EQ(corrections(timeline, 20'000, later), 0);
}

TEST(Timeline, IgnoresPtsCutOffToMilliseconds) {
  Timeline timeline(kRate);
  for (std::int64_t i = 0; i < 20'000; ++i) {
    const std::int64_t milliseconds = i * kFrame * 1'000 / 44'100;
    const auto pts = milliseconds * kMillisecond;
    EXPECT_EQ(timeline.place({pts, kFrame, 44'100}).shift, 0);
    EXPECT_EQ(timeline.correction(), 0);
  }
}

TEST(Timeline, FollowsSlowDriftOneSampleAtATime) {
  for (const int direction : {1, -1}) {
    Timeline timeline(kRate);
    const auto drifting = [&](int i) {  // 100 ppm.
      return i * kFrameTicks + Ticks(direction * i * 216 / 1000);
    };
    const int sum = corrections(timeline, 10'000, drifting);
    // 24 ms in 240 s are 1152 samples; a millisecond may be left.
    EXPECT_NEAR(direction * sum, 1152, 60);
    EXPECT_LE(std::abs((timeline.position() - drifting(10'000)).count()), 100);
  }
}

TEST(Timeline, WorksOffASmallErrorThatStays) {
  for (const int error : {50, -20, 4}) {
    Timeline timeline = running();
    const auto late = [&](int i) {
      return (10 + i) * kFrameTicks + Ticks(error);
    };
    EXPECT_EQ(corrections(timeline, 250, late), 0) << error;
    const auto later = [&](int i) { return late(250 + i); };
    EXPECT_NEAR(corrections(timeline, 1'000, later), error / 1.875, 1) << error;
    const auto end = [&](int i) { return late(1'250 + i); };
    EXPECT_EQ(corrections(timeline, 1'000, end), 0) << error;
  }
}

TEST(Timeline, WorksOffAnErrorOfTenMilliseconds) {
  Timeline timeline = running();
  const auto late = [](int i) {
    return (10 + i) * kFrameTicks + 10 * kMillisecond;
  };
  EXPECT_NEAR(corrections(timeline, 1'000, late), 480, 2);
}

}  // namespace
}  // namespace xg2g::audio
