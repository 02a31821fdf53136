// SPDX-License-Identifier: MIT
#include "ts/continuity.h"

#include <gtest/gtest.h>

#include <vector>

namespace xg2g::ts {
namespace {

using enum ContinuityStep;

/// A packet as continuity_counter sees it, and what it must be taken for.
struct Seen {
  std::uint8_t counter;
  bool has_payload;
  bool discontinuity;
  ContinuityStep step;
};

constexpr Seen payload(std::uint8_t counter, ContinuityStep step) {
  return {counter, true, false, step};
}
constexpr Seen adaptation(std::uint8_t counter, ContinuityStep step) {
  return {counter, false, false, step};
}
constexpr Seen jump(std::uint8_t counter, bool has_payload) {
  return {counter, has_payload, true, kNext};
}

struct Case {
  const char* name;
  std::vector<Seen> packets;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"it wraps at 16",
       {payload(14, kNext), payload(15, kNext), payload(0, kNext)}},
      {"any counter may come first", {payload(9, kNext), payload(10, kNext)}},
      {"without payload it stays",
       {payload(3, kNext), adaptation(3, kNext), adaptation(3, kNext),
        payload(4, kNext)}},
      {"it may start without payload",
       {adaptation(3, kNext), adaptation(3, kNext), payload(4, kNext)}},
      {"a packet may come twice",
       {payload(3, kNext), payload(3, kDuplicate), payload(4, kNext)}},
      {"every packet may come twice",
       {payload(3, kNext), payload(3, kDuplicate), payload(4, kNext),
        payload(4, kDuplicate), payload(5, kNext)}},
      {"a packet may not come three times",
       {payload(3, kNext), payload(3, kDuplicate), payload(3, kLoss),
        payload(4, kNext)}},
      {"a packet without payload does not make a second duplicate",
       {payload(3, kNext), payload(3, kDuplicate), adaptation(3, kNext),
        payload(3, kLoss)}},
      {"a gap is a loss, once",
       {payload(3, kNext), payload(5, kLoss), payload(6, kNext)}},
      {"a step back is a loss",
       {payload(3, kNext), payload(2, kLoss), payload(3, kNext)}},
      {"a loss may end in a duplicate",
       {payload(3, kNext), payload(7, kLoss), payload(7, kDuplicate),
        payload(8, kNext)}},
      {"a counter that moves without payload is a loss, once",
       {payload(3, kNext), adaptation(5, kLoss), payload(6, kNext)}},
      {"discontinuity_indicator allows a jump",
       {payload(3, kNext), jump(9, true), payload(10, kNext)}},
      {"it allows one without payload too",
       {payload(3, kNext), jump(9, false), payload(10, kNext)}},
      {"it does not excuse the packet behind it",
       {payload(3, kNext), jump(9, true), payload(12, kLoss)}},
  };
  return kCases;
}

TEST(Continuity, TellsNextDuplicateAndLossApart) {
  for (const Case& test : cases()) {
    SCOPED_TRACE(test.name);
    Continuity continuity;
    for (std::size_t i = 0; i < test.packets.size(); ++i) {
      const Seen& seen = test.packets[i];
      EXPECT_EQ(
          continuity.step(seen.counter, seen.has_payload, seen.discontinuity),
          seen.step)
          << "packet " << i;
    }
  }
}

TEST(Continuity, HasNoLastCounterAtFirst) {
  EXPECT_EQ(Continuity().last(), Continuity::kNone);
}

TEST(Continuity, KeepsTheCounterOfTheLastPacket) {
  Continuity continuity;
  (void)continuity.step(4, true, false);
  EXPECT_EQ(continuity.last(), 4);
  (void)continuity.step(4, false, false);
  EXPECT_EQ(continuity.last(), 4);
  (void)continuity.step(7, true, false);
  EXPECT_EQ(continuity.last(), 7);
}

TEST(MissingPackets, IsTheLeastThatExplainsTheCounters) {
  EXPECT_EQ(missing_packets(3, 4, true), 0U);
  EXPECT_EQ(missing_packets(3, 5, true), 1U);
  EXPECT_EQ(missing_packets(15, 1, true), 1U);
  EXPECT_EQ(missing_packets(3, 2, true), 14U);
  EXPECT_EQ(missing_packets(3, 3, true), 15U);
  EXPECT_EQ(missing_packets(3, 4, false), 1U);
  EXPECT_EQ(missing_packets(3, 3, false), 0U);
}

}  // namespace
}  // namespace xg2g::ts
