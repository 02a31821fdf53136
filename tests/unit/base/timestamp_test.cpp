// SPDX-License-Identifier: MIT
#include "base/timestamp.h"

#include <gtest/gtest.h>

namespace xg2g::base {
namespace {

constexpr std::uint64_t kWrap = std::uint64_t{1} << kTimestampBits;

TEST(Unroll, RunsOnThroughTheWrap) {
  EXPECT_EQ(unroll(0, Ticks(kWrap - 1)), Ticks(kWrap));
}

TEST(Unroll, RunsOnThroughManyWraps) {
  constexpr std::int64_t kStep = std::int64_t{1} << 31;
  Ticks near{};
  for (std::int64_t i = 0; i < 100; ++i) {
    near = unroll(wrap(Ticks(i * kStep)), near);
    EXPECT_EQ(near, Ticks(i * kStep));
  }
}

TEST(Unroll, StepsBackAcrossTheWrapForReorderedFrames) {
  EXPECT_EQ(unroll(kWrap - 5, Ticks(10)), Ticks(-5));
  EXPECT_EQ(unroll(10, Ticks(-5)), Ticks(10));
}

TEST(Unroll, TakesAStepUnderHalfAWrapAsForwardAndOverItAsBack) {
  EXPECT_EQ(unroll(kWrap / 2 - 1, Ticks(0)), Ticks(kWrap / 2 - 1));
  EXPECT_EQ(unroll(kWrap / 2 + 1, Ticks(0)),
            -Ticks(static_cast<std::int64_t>(kWrap / 2 - 1)));
}

TEST(Unroll, IgnoresWhatStandsAboveThe33Bits) {
  EXPECT_EQ(unroll(5 * kWrap + 9, Ticks(7)), Ticks(9));
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
