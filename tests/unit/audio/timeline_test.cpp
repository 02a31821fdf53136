// SPDX-License-Identifier: MIT
#include "audio/timeline.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>

#include "timeline_run.h"

namespace xg2g::audio {
namespace {

using Placement = Timeline::Placement;

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

}  // namespace
}  // namespace xg2g::audio
