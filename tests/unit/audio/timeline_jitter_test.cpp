// SPDX-License-Identifier: MIT
//
// What PTS that disagree with the count do where nothing is missing.
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

TEST(TimelineJitter, NeitherFillsNorDropsWherePtsJitter) {
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

TEST(TimelineJitter, OnePtsThatLiesMovesNothing) {
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

TEST(TimelineJitter, TakesAStepOnceSeveralPtsAgree) {
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

TEST(TimelineJitter, TakesAStepSoonerWhereFewPtsTellAgainstIt) {
  Timeline timeline(kRate);
  (void)timeline.place(unit(Ticks(0)));
  const auto [frame, verdict] = step(timeline, Ticks(7'500), 1);
  EXPECT_EQ(frame, 1);
  EXPECT_EQ(verdict.shift, 4'000);
}

TEST(TimelineJitter, FollowsAJumpOnceASecondPtsAgrees) {
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

TEST(TimelineJitter, FollowsAJumpOfPtsThatAreRoundedToPictures) {
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

TEST(TimelineJitter, FollowsAStepOfPtsThatJitterTooMuchToAgree) {
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

TEST(TimelineJitter, IgnoresJitterOfAMillisecond) {
  Timeline timeline(kRate);
  const auto jittered = [](int i) {
    return i * kFrameTicks + Ticks((i * 7919 + 90) % 181 - 90);
  };
  EXPECT_EQ(corrections(timeline, 20'000, jittered), 0);
}

TEST(TimelineJitter, FindsTheMiddleOfJitterOnceAndStaysThere) {
  Timeline timeline(kRate);
  const auto first_is_earliest = [](int i) {
    return i * kFrameTicks + Ticks((i * 7919) % 181 - 90);
  };
  EXPECT_NEAR(corrections(timeline, 1'000, first_is_earliest), 48, 20);
  const auto later = [&](int i) { return first_is_earliest(i + 1'000); };
  EXPECT_EQ(corrections(timeline, 20'000, later), 0);
}

TEST(TimelineJitter, IgnoresPtsCutOffToMilliseconds) {
  Timeline timeline(kRate);
  for (std::int64_t i = 0; i < 20'000; ++i) {
    const std::int64_t milliseconds = i * kFrame * 1'000 / 44'100;
    const auto pts = milliseconds * kMillisecond;
    EXPECT_EQ(timeline.place({pts, kFrame, 44'100}).shift, 0);
    EXPECT_EQ(timeline.correction(), 0);
  }
}

TEST(TimelineJitter, FollowsSlowDriftOneSampleAtATime) {
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

TEST(TimelineJitter, WorksOffASmallErrorThatStays) {
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

TEST(TimelineJitter, LeavesATickAlone) {
  for (const int error : {1, -1}) {
    Timeline timeline = running();
    const auto late = [&](int i) {
      return (10 + i) * kFrameTicks + Ticks(error);
    };
    EXPECT_EQ(corrections(timeline, 1'000, late), 0) << error;
  }
}

TEST(TimelineJitter, WorksOffAnErrorOfTenMilliseconds) {
  Timeline timeline = running();
  const auto late = [](int i) {
    return (10 + i) * kFrameTicks + 10 * kMillisecond;
  };
  EXPECT_NEAR(corrections(timeline, 1'000, late), 480, 2);
}

}  // namespace
}  // namespace xg2g::audio
