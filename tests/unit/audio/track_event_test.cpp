// SPDX-License-Identifier: MIT
#include "audio/track_event.h"

#include <gtest/gtest.h>

namespace xg2g::audio {
namespace {

using Type = TrackEvent::Type;

TEST(TrackEventQueue, GivesEventsInOrder) {
  TrackEventQueue queue;
  queue.push({Type::kGap, 1});
  queue.push({Type::kOverlap, 2});
  EXPECT_EQ(queue.pop()->type, Type::kGap);
  EXPECT_EQ(queue.pop()->value, 2);
  EXPECT_FALSE(queue.pop());
}

TEST(TrackEventQueue, AddsDamageToDamage) {
  TrackEventQueue queue;
  for (int i = 0; i < 1'000; ++i) queue.push({Type::kDamage, 1});
  queue.push({Type::kGap, 5});
  queue.push({Type::kDamage, 1});
  EXPECT_EQ(queue.pop()->value, 1'000);
  EXPECT_EQ(queue.pop()->value, 5);
  EXPECT_EQ(queue.pop()->value, 1);
}

TEST(TrackEventQueue, KeepsTheFirstWhenFull) {
  TrackEventQueue queue;
  for (int i = 0; i < 100; ++i) queue.push({Type::kGap, i});
  for (std::size_t i = 0; i < TrackEventQueue::kLimit; ++i) {
    EXPECT_EQ(queue.pop()->value, static_cast<int>(i));
  }
  EXPECT_FALSE(queue.pop());
}

}  // namespace
}  // namespace xg2g::audio
