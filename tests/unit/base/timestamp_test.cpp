// SPDX-License-Identifier: MIT
#include "base/timestamp.h"

#include <gtest/gtest.h>

namespace xg2g::base {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kWrap = std::uint64_t{1} << TimestampUnroller::kBits;

TEST(TimestampUnroller, KeepsTheFirstValue) {
  TimestampUnroller unroller;
  EXPECT_EQ(unroller.unroll(90'000), 1s);
}

TEST(TimestampUnroller, RunsOnThroughTheWrap) {
  TimestampUnroller unroller;
  const Ticks before = unroller.unroll(kWrap - 1);
  const Ticks after = unroller.unroll(0);
  EXPECT_EQ(after - before, Ticks(1));
}

TEST(TimestampUnroller, RunsOnThroughManyWraps) {
  TimestampUnroller unroller;
  constexpr std::int64_t kStep = std::int64_t{1} << 31;
  for (std::int64_t i = 0; i < 100; ++i) {
    const Ticks time(i * kStep);
    EXPECT_EQ(unroller.unroll(wrap(time)), time);
  }
}

TEST(TimestampUnroller, StepsBackAcrossTheWrapForReorderedFrames) {
  TimestampUnroller unroller;
  const Ticks start = unroller.unroll(10);
  EXPECT_EQ(unroller.unroll(kWrap - 5) - start, Ticks(-15));
  EXPECT_EQ(unroller.unroll(10), start);
}

TEST(TimestampUnroller, TakesAStepUnderHalfAWrapAsForward) {
  TimestampUnroller unroller;
  (void)unroller.unroll(0);
  EXPECT_EQ(unroller.unroll(kWrap / 2 - 1), Ticks(kWrap / 2 - 1));
}

TEST(TimestampUnroller, TakesAStepOverHalfAWrapAsBack) {
  TimestampUnroller unroller;
  (void)unroller.unroll(0);
  EXPECT_EQ(unroller.unroll(kWrap / 2 + 1),
            -Ticks(static_cast<std::int64_t>(kWrap / 2 - 1)));
}

TEST(TimestampUnroller, IgnoresWhatStandsAboveThe33Bits) {
  TimestampUnroller unroller;
  EXPECT_EQ(unroller.unroll(kWrap + 7), Ticks(7));
  EXPECT_EQ(unroller.unroll(5 * kWrap + 9), Ticks(9));
}

TEST(TimestampUnroller, ForgetsEverythingOnReset) {
  TimestampUnroller unroller;
  (void)unroller.unroll(kWrap - 1);
  unroller.reset();
  EXPECT_EQ(unroller.unroll(0), Ticks(0));
}

TEST(Distance, IsTheShorterWayRound) {
  struct Row {
    std::uint64_t from;
    std::uint64_t to;
    std::int64_t ticks;
  };
  for (const Row& row : {Row{0, 0, 0}, Row{100, 350, 250}, Row{350, 100, -250},
                         Row{kWrap - 5, 10, 15}, Row{10, kWrap - 5, -15},
                         Row{0, kWrap / 2 - 1, kWrap / 2 - 1},
                         Row{0, kWrap / 2 + 1, 1 - std::int64_t{kWrap / 2}},
                         Row{kWrap + 7, 3 * kWrap + 9, 2}}) {
    EXPECT_EQ(distance(row.from, row.to), Ticks(row.ticks))
        << row.from << " to " << row.to;
  }
}

TEST(Wrap, KeepsTheLow33Bits) {
  EXPECT_EQ(wrap(Ticks(0)), 0U);
  EXPECT_EQ(wrap(Ticks(kWrap - 1)), kWrap - 1);
  EXPECT_EQ(wrap(Ticks(kWrap)), 0U);
}

TEST(Wrap, FoldsTimeBeforeZeroToTheEnd) {
  EXPECT_EQ(wrap(Ticks(-1)), kWrap - 1);
}

TEST(ClockTicks, AreThreeHundredToATick) {
  EXPECT_EQ(ClockTicks(Ticks(1)), ClockTicks(300));
}

}  // namespace
}  // namespace xg2g::base
