// SPDX-License-Identifier: MIT
#include "remux/track_slot.h"

#include <gtest/gtest.h>

namespace xg2g::remux {
namespace {

using namespace std::chrono_literals;

const audio::Format kFormat;

TEST(TrackSlot, TakesOnePlaceAndGivesItBack) {
  unsigned left = 1;
  {
    TrackSlot slot(kFormat, left);
    TrackSlot other(kFormat, left);
    EXPECT_FALSE(slot.flush());
    EXPECT_FALSE(slot.enter());
    EXPECT_FALSE(slot.enter());
    EXPECT_EQ(left, 0U);
    EXPECT_FALSE(other.has_room());
    EXPECT_EQ(other.enter(), StreamState::kTooMany);
    EXPECT_TRUE(slot.flush());
    slot.close();
    EXPECT_FALSE(slot.track().is_open());
    EXPECT_EQ(left, 1U);
    EXPECT_FALSE(other.enter());
    EXPECT_FALSE(slot.has_room());
  }
  EXPECT_EQ(left, 1U);
}

TEST(TrackSlot, RestsAfterThirtySecondsWithoutWork) {
  unsigned left = 1;
  TrackSlot slot(kFormat, left);
  EXPECT_FALSE(slot.rests(100s));
  EXPECT_FALSE(slot.enter());
  EXPECT_FALSE(slot.rests(101s));
  EXPECT_FALSE(slot.rests(130s));
  EXPECT_FALSE(slot.enter());
  EXPECT_FALSE(slot.rests(131s));
  EXPECT_FALSE(slot.rests(160s));
  EXPECT_TRUE(slot.rests(161s));
  (void)slot.flush();
  slot.close();
  EXPECT_FALSE(slot.rests(162s));
}

TEST(TrackSlot, SaysThatNoTrackCanBeHad) {
  unsigned left = 1;
  const audio::Format impossible{.channels = 7};
  TrackSlot slot(impossible, left);
  EXPECT_EQ(slot.enter(), StreamState::kUnsupported);
  EXPECT_EQ(left, 1U);
}

}  // namespace
}  // namespace xg2g::remux
