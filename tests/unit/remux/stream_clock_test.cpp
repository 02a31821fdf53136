// SPDX-License-Identifier: MIT
#include "remux/stream_clock.h"

#include <gtest/gtest.h>

namespace xg2g::remux {
namespace {

using namespace std::chrono_literals;
using base::ClockTicks;

TEST(StreamClock, StandsAtNoughtBeforeTheSecondPcr) {
  StreamClock clock;
  EXPECT_EQ(clock.now(), ClockTicks(0));
  clock.push(0x101, 100h);
  EXPECT_EQ(clock.now(), ClockTicks(0));
}

TEST(StreamClock, AddsUpTheStepsOfOnePid) {
  StreamClock clock;
  for (int i = 0; i <= 50; ++i) clock.push(0x101, 10s + i * 40ms);
  EXPECT_EQ(clock.now(), 2s);
}

TEST(StreamClock, RunsOnThroughTheWrap) {
  constexpr ClockTicks kWrap((std::int64_t{1} << 33) * 300);
  StreamClock clock;
  clock.push(0x101, kWrap - 20ms);
  clock.push(0x101, 20ms);
  EXPECT_EQ(clock.now(), 40ms);
}

TEST(StreamClock, CountsNoJump) {
  StreamClock clock;
  clock.push(0x101, 10s);
  clock.push(0x101, 12s);
  clock.push(0x101, 5s);
  clock.push(0x101, 5s + 40ms);
  EXPECT_EQ(clock.now(), 40ms);
}

TEST(StreamClock, ListensToOnePidWhileItLives) {
  StreamClock clock;
  clock.push(0x101, 10s);
  clock.push(0x201, 77s);
  clock.push(0x101, 10s + 40ms);
  EXPECT_EQ(clock.now(), 40ms);
}

TEST(StreamClock, GoesOverToAnotherPidWhenItsOwnHasEnded) {
  StreamClock clock;
  clock.push(0x101, 10s);
  for (int i = 0; i < 400; ++i) clock.push(0x201, 77s + i * 40ms);
  EXPECT_GT(clock.now(), 5s);
}

TEST(StreamClock, KeepsItsTimeOnRestart) {
  StreamClock clock;
  clock.push(0x101, 10s);
  clock.push(0x101, 10s + 40ms);
  clock.restart();
  clock.push(0x201, 11s);
  clock.push(0x201, 11s + 40ms);
  EXPECT_EQ(clock.now(), 80ms);
}

}  // namespace
}  // namespace xg2g::remux
