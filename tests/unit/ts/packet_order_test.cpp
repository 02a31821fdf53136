// SPDX-License-Identifier: MIT
#include "ts/packet_order.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "support/stream_builder.h"

namespace xg2g::ts {
namespace {

constexpr std::uint16_t kPid = 0x100;
using Order = std::vector<int>;

/// A packet whose payload says `tag`.
test::Bytes packet(int counter, int tag,
                   const test::PacketOptions& options = {}) {
  test::StreamBuilder builder;
  builder.continuity(kPid, static_cast<std::uint8_t>(counter & 0x0F));
  builder.packet(kPid, test::Bytes(100, static_cast<std::uint8_t>(tag)),
                 options);
  return builder.take();
}

void take(PacketOrder& order, Order& out) {
  while (const auto next = order.next()) {
    out.push_back(next->payload().empty() ? -1 : next->payload().back());
  }
}

/// What leaves, as tags, for packets with these counters, tagged by them.
Order run(PacketOrder& order, const std::vector<int>& counters) {
  Order out;
  for (const int counter : counters) {
    const test::Bytes bytes = packet(counter, counter);
    order.push(packet_at(bytes, 0));
    take(order, out);
  }
  return out;
}

Order run(const std::vector<int>& counters) {
  PacketOrder order;
  return run(order, counters);
}

TEST(PacketOrder, GivesWhatComesInOrderAtOnce) {
  Order all;
  PacketOrder order;
  for (int i = 10; i < 30; ++i) {
    EXPECT_EQ(run(order, {i}), Order{i});
  }
}

TEST(PacketOrder, PutsPacketsThatWereSwappedBack) {
  EXPECT_EQ(run({1, 3, 2, 4, 5}), (Order{1, 2, 3, 4, 5}));
  EXPECT_EQ(run({14, 16, 15, 17}), (Order{14, 15, 16, 17})) << "over 15";
  EXPECT_EQ(run({1, 4, 3, 2, 5}), (Order{1, 2, 3, 4, 5}));
  EXPECT_EQ(run({1, 5, 6, 7, 2, 3, 4, 8}), (Order{1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(run({1, 9, 2, 3, 4, 5, 6, 7, 8}),
            (Order{1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST(PacketOrder, WaitsUntilFourWait) {
  PacketOrder order;
  EXPECT_EQ(run(order, {1, 3, 4, 5}), Order{1});
  EXPECT_EQ(run(order, {6}), (Order{3, 4, 5, 6}));
  EXPECT_EQ(run(order, {7}), Order{7});
}

TEST(PacketOrder, GivesWhatIsFarAheadAtOnce) {
  EXPECT_EQ(run({1, 10, 11}), (Order{1, 10, 11}));
  EXPECT_EQ(run({1, 3, 12}), (Order{1, 3, 12}));
}

TEST(PacketOrder, LeavesDuplicatesToOthers) {
  EXPECT_EQ(run({1, 1, 2, 2, 3}), (Order{1, 1, 2, 2, 3}));
  EXPECT_EQ(run({1, 3, 3, 2, 4}), (Order{1, 2, 3, 4}));
}

TEST(PacketOrder, WaitsNoLongerWhereACounterStandsStill) {
  PacketOrder order;
  EXPECT_EQ(run(order, {1, 3, 3, 3}), Order{1});
  EXPECT_EQ(run(order, {3}), Order{3});
  Order out;
  for (int tag = 50; tag < 60; ++tag) {
    const test::Bytes bytes = packet(7, tag);
    order.push(packet_at(bytes, 0));
    take(order, out);
  }
  EXPECT_EQ(out, (Order{50, 51, 52, 53, 54, 55, 56, 57, 58, 59}));
}

TEST(PacketOrder, LetsPacketsWithoutPayloadThrough) {
  PacketOrder order;
  EXPECT_EQ(run(order, {1, 3}), Order{1});
  test::StreamBuilder builder;
  builder.continuity(kPid, 2).pcr(kPid, 27'000'000);
  const test::Bytes bytes = builder.take();
  order.push(packet_at(bytes, 0));
  Order out;
  take(order, out);
  EXPECT_EQ(out, Order{-1});
  EXPECT_EQ(run(order, {2}), (Order{2, 3}));
}

TEST(PacketOrder, WaitsForNothingOverADiscontinuity) {
  PacketOrder order;
  EXPECT_EQ(run(order, {1, 3}), Order{1});
  const test::Bytes bytes = packet(5, 5, {.discontinuity = true});
  order.push(packet_at(bytes, 0));
  Order out;
  take(order, out);
  EXPECT_EQ(out, (Order{3, 5}));
}

TEST(PacketOrder, GivesWhatWaitsAtTheEnd) {
  PacketOrder order;
  EXPECT_EQ(run(order, {1, 4, 3}), Order{1});
  order.finish();
  Order out;
  take(order, out);
  EXPECT_EQ(out, (Order{3, 4}));
  EXPECT_EQ(run(order, {9}), Order{9});
}

}  // namespace
}  // namespace xg2g::ts
