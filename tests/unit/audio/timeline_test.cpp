// SPDX-License-Identifier: MIT
#include "audio/timeline.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>

namespace xg2g::audio {
namespace {

using base::Ticks;
using Placement = Timeline::Placement;

constexpr std::int64_t kFrame = 1152;
constexpr int kRate = 48'000;
constexpr Ticks kFrameTicks{2160};
constexpr Ticks kMillisecond{90};

Timeline::Unit unit(std::optional<Ticks> pts, std::int64_t missing = 0) {
  return {.pts = pts, .samples = kFrame, .rate = kRate, .missing = missing};
}

Timeline::Unit anew(Ticks pts) {
  return {.pts = pts, .samples = kFrame, .rate = kRate, .discontinuity = true};
}

Timeline::Unit after_loss(Ticks pts) {
  return {.pts = pts, .samples = kFrame, .rate = kRate, .lost = true};
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
  EXPECT_EQ(*timeline.position(), 100'010 * kFrameTicks);
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
  Placement placement;
  std::int64_t shift;
};

const std::array kHoles = {
    HoleCase{"none", Ticks(0), 0, Placement::kNext, 0},
    HoleCase{"0.9 ms", Ticks(81), 0, Placement::kNext, 0},
    HoleCase{"5 ms", 5 * kMillisecond, 0, Placement::kNext, 240},
    HoleCase{"-5 ms", -5 * kMillisecond, 0, Placement::kNext, -240},
    HoleCase{"20 ms", 20 * kMillisecond, 0, Placement::kNext, 960},
    HoleCase{"one frame lost", kFrameTicks, kFrame, Placement::kNext, kFrame},
    HoleCase{"one frame lost, rounded PTS", kFrameTicks + Ticks(80), kFrame,
             Placement::kNext, kFrame},
    HoleCase{"loss that was none", Ticks(0), kFrame, Placement::kNext, 0},
    HoleCase{"three lost, one seen missing", 3 * kFrameTicks, kFrame,
             Placement::kNext, 3 * kFrame},
    HoleCase{"one second", Ticks(90'000), 0, Placement::kNext, 48'000},
    HoleCase{"over one second", Ticks(90'001), 0, Placement::kAnchor, 0},
    HoleCase{"back", Ticks(-26'999), 0, Placement::kNext, -14'399},
    HoleCase{"back 300 ms", Ticks(-27'000), 0, Placement::kAnchor, 0},
    HoleCase{"an hour", Ticks(324'000'000), 50'000, Placement::kAnchor, 0},
};

TEST(Timeline, TakesThePtsBehindALossAtItsWord) {
  for (const HoleCase& it : kHoles) {
    Timeline timeline = running();
    Timeline::Unit next = after_loss(10 * kFrameTicks + it.error);
    next.missing = it.missing;
    const auto verdict = timeline.place(next);
    EXPECT_EQ(verdict.placement, it.placement) << it.name;
    EXPECT_EQ(verdict.shift, it.shift) << it.name;
    EXPECT_EQ(verdict.error, it.error) << it.name;
    EXPECT_EQ(verdict.jump, it.placement == Placement::kAnchor) << it.name;
  }
}

TEST(Timeline, CountsWholeFramesThatAreLostExactly) {
  for (const int rate : {22'050, 44'100, 48'000}) {
    for (const int lost : {-3, 1, 7}) {
      Timeline timeline(rate);
      (void)timeline.place({Ticks(1'000), kFrame, rate});
      const std::int64_t pts = 1'000 + (1 + lost) * kFrame * 90'000 / rate;
      const auto verdict = timeline.place({.pts = Ticks(pts - 1),
                                           .samples = kFrame,
                                           .rate = rate,
                                           .lost = true});
      EXPECT_EQ(verdict.shift, lost * kFrame) << rate;
    }
  }
}

TEST(Timeline, TakesItAtItsWordWhereFramesWithoutAPtsComeFirst) {
  Timeline timeline = running();
  Timeline::Unit first = unit({});
  first.lost = true;
  EXPECT_EQ(timeline.place(first).shift, 0);
  EXPECT_EQ(timeline.place(unit(11 * kFrameTicks + Ticks(450))).shift, 240);
}

TEST(Timeline, TakesThePtsAfterDoubtAtItsWord) {
  Timeline timeline = running();
  timeline.doubt();
  EXPECT_EQ(timeline.place(unit(10 * kFrameTicks + Ticks(450))).shift, 240);
  EXPECT_EQ(timeline.place(unit(11 * kFrameTicks + Ticks(900))).shift, 0);
}

/// Without loss: an error in PTS of frame 10 on, one by one.
struct Jitter {
  const char* name;
  std::int64_t (*error)(int frame);
};

const std::array kJitters = {
    Jitter{"pairs with one PTS", [](int i) { return i % 2 * -2'160L; }},
    Jitter{"three with one PTS", [](int i) { return i % 3 * -2'160L; }},
    Jitter{"now and then that of the next frame",
           [](int i) { return i % 7 == 0 ? 2'160L : 0; }},
    Jitter{"rounded to 40 ms",
           [](int i) {
             return 3'600 * ((i * 2'160L + 1'800) / 3'600) - i * 2'160L;
           }},
    Jitter{"rounded down to 40 ms",
           [](int i) { return -(i * 2'160L % 3'600); }},
    Jitter{"10 ms here and there",
           [](int i) { return i * 7'919L % 1'801 - 900; }},
    Jitter{"one an hour off", [](int i) { return i == 50 ? 324'000'000L : 0; }},
    Jitter{"one a second back", [](int i) { return i == 50 ? -90'000L : 0; }},
    Jitter{"bit 32 wrong", [](int i) { return i == 50 ? 1L << 32 : 0; }},
    Jitter{"each tenth 5 s off",
           [](int i) { return i % 10 == 9 ? 450'000L : 0; }},
    Jitter{"one PTS for ever", [](int i) { return -i * 2'160L; }},
};

TEST(Timeline, NeitherFillsNorDropsWherePtsJitter) {
  for (const Jitter& it : kJitters) {
    Timeline timeline = running();
    int corrections = 0;
    for (int i = 10; i < 2'000; ++i) {
      const auto verdict =
          timeline.place(unit(Ticks(i * 2'160L + it.error(i))));
      EXPECT_EQ(verdict.placement, Placement::kNext) << it.name << i;
      EXPECT_EQ(verdict.shift, 0) << it.name << i;
      corrections += std::abs(timeline.correction());
    }
    EXPECT_LE(corrections, 1'000) << it.name << ": no more than its 20 ms";
  }
}

TEST(Timeline, OnePtsThatLiesMovesNothing) {
  for (const std::int64_t lie :
       {-80'000L, -2'160L, 500L, 2'160L, 80'000L, 450'000L, -(1L << 32)}) {
    Timeline timeline = running();
    for (int i = 10; i < 600; ++i) {
      const Ticks pts(i * 2'160L + (i == 300 ? lie : 0));
      EXPECT_EQ(timeline.place(unit(pts)).shift, 0) << lie;
      EXPECT_EQ(timeline.correction(), 0) << lie;
    }
    EXPECT_EQ(timeline.position(), 600 * kFrameTicks) << lie;
  }
}

/// The frame from which on a step of `error` without loss is believed, and
/// what is done then.
std::pair<int, Timeline::Verdict> step(Timeline& timeline, Ticks error,
                                       int from = 10) {
  for (int i = 0; i < 40; ++i) {
    const auto verdict = timeline.place(unit((from + i) * kFrameTicks + error));
    if (verdict.shift != 0 || verdict.jump) return {i, verdict};
  }
  return {-1, {}};
}

TEST(Timeline, TakesAStepOnceSeveralPtsAgree) {
  for (const auto& [milliseconds, needed] : {std::pair{20, 8},
                                             {-20, 8},
                                             {99, 8},
                                             {-100, 3},
                                             {299, 3},
                                             {-299, 3},
                                             {300, 2},
                                             {1'000, 2}}) {
    Timeline timeline = running();
    const auto [frame, verdict] = step(timeline, milliseconds * kMillisecond);
    EXPECT_EQ(frame, needed - 1) << milliseconds;
    EXPECT_EQ(verdict.placement, Placement::kNext) << milliseconds;
    EXPECT_NEAR(static_cast<double>(verdict.shift), milliseconds * 48, 1);
  }
}

TEST(Timeline, TakesAStepSoonerWhereFewPtsTellAgainstIt) {
  Timeline timeline(kRate);
  (void)timeline.place(unit(Ticks(0)));
  const auto [frame, verdict] = step(timeline, Ticks(7'500), 1);
  EXPECT_EQ(frame, 1);
  EXPECT_EQ(verdict.shift, 4'000);
}

TEST(Timeline, FollowsAJumpOnceASecondPtsAgrees) {
  for (const Ticks jump : {Ticks(90'001), Ticks(-27'000), Ticks(324'000'000),
                           Ticks(-324'000'000)}) {
    Timeline timeline = running();
    const auto [frame, verdict] = step(timeline, jump);
    EXPECT_EQ(frame, 1);
    EXPECT_EQ(verdict.placement, Placement::kAnchor);
    EXPECT_EQ(verdict.error, jump);
    EXPECT_EQ(timeline.anchor(), 11 * kFrameTicks + jump);
  }
}

TEST(Timeline, FollowsAJumpOfPtsThatAreRoundedToPictures) {
  Timeline timeline = running();
  int frame = 10;
  bool jumped = false;
  for (; frame < 20 && !jumped; ++frame) {
    const std::int64_t pts = frame * 2'160L + 900'000;
    jumped = timeline.place(unit(Ticks(pts / 3'600 * 3'600))).jump;
  }
  EXPECT_TRUE(jumped);
  EXPECT_LE(frame, 13);
}

TEST(Timeline, FollowsAStepOfPtsThatJitterTooMuchToAgree) {
  Timeline timeline(kRate);
  const auto rounded = [](std::int64_t time) { return time / 3'600 * 3'600; };
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(timeline.place(unit(Ticks(rounded(i * 2'160L)))).shift, 0);
    (void)timeline.correction();
  }
  std::int64_t filled = 0;
  for (int i = 100; i < 200; ++i) {
    filled += timeline.place(unit(Ticks(rounded(i * 2'160L + 27'000)))).shift;
    filled += timeline.correction();
  }
  EXPECT_NEAR(static_cast<double>(filled), 14'400, 1'920);
}

TEST(Timeline, PlacesExactlyBehindAChangeOfTheSound) {
  for (const int error : {-1'000, -40, 2, 40, 1'799}) {
    Timeline timeline = running();
    timeline.change();
    const Ticks pts = 10 * kFrameTicks + Ticks(error);
    (void)timeline.place(unit(pts));
    EXPECT_LE(abs(*timeline.position() - pts - kFrameTicks), Ticks(1)) << error;
  }
}

TEST(Timeline, PlacesExactlyBehindAChangeOfRate) {
  Timeline timeline = running();
  const Ticks pts = 10 * kFrameTicks + Ticks(1'000);
  (void)timeline.place({.pts = pts, .samples = kFrame, .rate = 44'100});
  EXPECT_LE(abs(*timeline.position() - pts - Ticks(2'351)), Ticks(1));
}

TEST(Timeline, BehindAChangeTwoPtsThatAgreePlaceWhatIsFurtherOff) {
  Timeline timeline = running();
  timeline.change();
  EXPECT_EQ(step(timeline, 100 * kMillisecond).first, 1);
  Timeline lied_to = running();
  lied_to.change();
  EXPECT_EQ(lied_to.place(unit(10 * kFrameTicks + Ticks(9'000))).shift, 0);
  EXPECT_EQ(lied_to.place(unit(11 * kFrameTicks)).shift, 0);
}

TEST(Timeline, AChangeMovesNothingByLessThanPtsJitter) {
  Timeline timeline = running();
  for (int i = 10; i < 60; ++i) {
    (void)timeline.place(unit(i * kFrameTicks + Ticks(i % 3 * 400)));
  }
  timeline.change();
  EXPECT_EQ(timeline.place(unit(60 * kFrameTicks + Ticks(400))).shift, 0);
}

TEST(Timeline, ExpectsWhatTheCountSays) {
  const Timeline timeline = running();
  EXPECT_TRUE(timeline.expects(10 * kFrameTicks + Ticks(89)));
  EXPECT_FALSE(timeline.expects(10 * kFrameTicks - Ticks(90)));
  EXPECT_FALSE(timeline.expects({}));
  EXPECT_FALSE(Timeline(kRate).expects(Ticks(0)));
}

TEST(Timeline, TellsTheTimeOfEachSample) {
  Timeline timeline(44'100);
  (void)timeline.place({Ticks(1'000), 1'024, 44'100});
  EXPECT_EQ(timeline.time_of(0), Ticks(1'000));
  EXPECT_EQ(timeline.time_of(1'024), Ticks(1'000 + 2'090));
  EXPECT_EQ(timeline.time_of(-441), Ticks(100));
}

TEST(Timeline, HasNoPositionBeforeAnAnchor) {
  EXPECT_FALSE(Timeline(kRate).position());
}

TEST(Timeline, StandsAtThePtsAfterAHole) {
  Timeline timeline = running();
  (void)timeline.place(after_loss(10 * kFrameTicks + Ticks(4'000)));
  const Ticks expected = 11 * kFrameTicks + Ticks(4'000);
  EXPECT_LE(abs(*timeline.position() - expected), Ticks(1));
  EXPECT_EQ(timeline.place(unit(expected)).shift, 0);
}

TEST(Timeline, FillsKnownLossWithoutAPts) {
  Timeline timeline = running();
  EXPECT_EQ(timeline.place(unit({}, 3 * kFrame)).shift, 3 * kFrame);
  EXPECT_EQ(*timeline.position(), 14 * kFrameTicks);
}

TEST(Timeline, PutsAGuessRightAtTheNextPts) {
  Timeline timeline = running();
  (void)timeline.place(unit({}, 3 * kFrame));
  EXPECT_EQ(timeline.place(unit(13 * kFrameTicks)).shift, -kFrame);
}

TEST(Timeline, WaitsForAPtsAfterMoreThanASecondOfLoss) {
  Timeline timeline = running();
  EXPECT_EQ(timeline.place(unit({}, kRate + 1)).placement, Placement::kUntimed);
  EXPECT_FALSE(timeline.position());
  EXPECT_EQ(timeline.place(unit({})).placement, Placement::kUntimed);
  const auto verdict = timeline.place(unit(Ticks(500'000)));
  EXPECT_EQ(verdict.placement, Placement::kAnchor);
  EXPECT_TRUE(verdict.jump);
}

TEST(Timeline, AnchorsAnewWhereToldTo) {
  Timeline timeline = running();
  EXPECT_EQ(timeline.place(unit({})).placement, Placement::kNext);
  const auto verdict = timeline.place(anew(11 * kFrameTicks + Ticks(300)));
  EXPECT_EQ(verdict.placement, Placement::kAnchor);
  EXPECT_TRUE(verdict.jump);
  EXPECT_EQ(verdict.error, Ticks(300));
  EXPECT_EQ(timeline.due(), kFrame);
}

TEST(Timeline, GoesOnWhereADiscontinuityIsNone) {
  for (const int error : {0, 1, 45, 89, -89}) {  // Or rounded.
    Timeline timeline = running();
    const auto verdict = timeline.place(anew(10 * kFrameTicks + Ticks(error)));
    EXPECT_EQ(verdict.placement, Placement::kNext) << error;
    EXPECT_EQ(verdict.shift, 0) << error;
    EXPECT_TRUE(verdict.jump) << error;
  }
}

TEST(Timeline, DropsTheOverlapOfADiscontinuityOfLessThanAFrame) {
  for (const int error : {-90, -900, -1'919}) {
    Timeline timeline = running();
    const Ticks pts = 10 * kFrameTicks + Ticks(error);
    const auto verdict = timeline.place(anew(pts));
    EXPECT_EQ(verdict.placement, Placement::kNext) << error;
    EXPECT_NEAR(static_cast<double>(verdict.shift), error * 48'000 / 90'000, 1)
        << error;
    EXPECT_TRUE(verdict.jump) << error;
    EXPECT_LE(abs(*timeline.position() - pts - kFrameTicks), Ticks(1)) << error;
  }
  Timeline timeline = running();
  EXPECT_EQ(timeline.place(anew(10 * kFrameTicks - Ticks(1'920))).placement,
            Placement::kAnchor);
}

TEST(Timeline, ADiscontinuityBeforeTheFirstPtsIsNone) {
  Timeline timeline(kRate);
  EXPECT_FALSE(timeline.place(anew(Ticks(0))).jump);
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
  EXPECT_EQ(*timeline.position(), 10 * kFrameTicks + Ticks(4320));
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
  EXPECT_NEAR(corrections(timeline, 1'000, first_is_earliest), 48, 20);
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
    EXPECT_LE(std::abs((*timeline.position() - drifting(10'000)).count()), 100);
  }
}

TEST(Timeline, WorksOffASmallErrorThatStays) {
  for (const int error : {50, -20, 4, -3, 2}) {
    Timeline timeline = running();
    const auto late = [&](int i) {
      return (10 + i) * kFrameTicks + Ticks(error);
    };
    EXPECT_EQ(corrections(timeline, 20, late), 0) << error;
    const auto later = [&](int i) { return late(20 + i); };
    EXPECT_NEAR(corrections(timeline, 100, later), error / 1.875, 1) << error;
    const auto end = [&](int i) { return late(120 + i); };
    EXPECT_EQ(corrections(timeline, 1'000, end), 0) << error;
  }
}

TEST(Timeline, LeavesATickAlone) {
  for (const int error : {1, -1}) {
    Timeline timeline = running();
    const auto late = [&](int i) {
      return (10 + i) * kFrameTicks + Ticks(error);
    };
    EXPECT_EQ(corrections(timeline, 1'000, late), 0) << error;
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
