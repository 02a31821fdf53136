// SPDX-License-Identifier: MIT
#include "remux/event_log.h"

#include <gtest/gtest.h>

namespace xg2g::remux {
namespace {

TEST(EventLog, GivesEventsInTheirOrder) {
  EventLog log;
  log.at_packet(7);
  log.add(EventType::kPmt, 0x100, 1);
  log.at_packet(8);
  log.add(EventType::kGap, 0x102, 900);
  const auto first = log.take();
  const auto second = log.take();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->type, EventType::kPmt);
  EXPECT_EQ(first->packet, 7U);
  EXPECT_EQ(second->pid, 0x102);
  EXPECT_EQ(second->value, 900);
  EXPECT_EQ(second->packet, 8U);
}

TEST(EventLog, IsEmptyAtFirst) { EXPECT_FALSE(EventLog().take()); }

TEST(EventLog, LetsTheOldestGiveWayAndCountsThem) {
  EventLog log;
  for (int i = 0; i < 300; ++i) log.add(EventType::kState, 0x102, i);
  EXPECT_EQ(log.dropped(), 300 - EventLog::kCapacity);
  EXPECT_EQ(log.take()->value, 300 - 256);
  std::size_t left = 0;
  while (log.take()) ++left;
  EXPECT_EQ(left, EventLog::kCapacity - 1);
}

}  // namespace
}  // namespace xg2g::remux
