// SPDX-License-Identifier: MIT
#include "remux/waiting_room.h"

#include <gtest/gtest.h>

#include "support/stream_builder.h"

namespace xg2g::remux {
namespace {

using namespace std::chrono_literals;
using test::Bytes;

Bytes three_packets() {
  test::StreamBuilder builder;
  for (std::uint8_t i = 1; i <= 3; ++i) builder.packet(0x102, Bytes(184, i));
  return builder.take();
}

TEST(WaitingRoom, GivesThePacketsInOrderAndKeepsNone) {
  const Bytes packets = three_packets();
  WaitingRoom room(1'000);
  for (std::size_t at = 0; at < packets.size(); at += ts::kPacketSize) {
    room.add(ts::packet_at(packets, at), 0s);
  }
  const base::ByteQueue taken = room.take();
  EXPECT_EQ(Bytes(taken.view().begin(), taken.view().end()), packets);
  EXPECT_TRUE(room.empty());
}

TEST(WaitingRoom, IsFullWithItsBytes) {
  const Bytes packets = three_packets();
  WaitingRoom room(2 * ts::kPacketSize);
  room.add(ts::packet_at(packets, 0), 0s);
  EXPECT_FALSE(room.full(100h));
  room.add(ts::packet_at(packets, 188), 0s);
  EXPECT_TRUE(room.full(0s));
}

TEST(WaitingRoom, IsFullOnceTheFirstHasWaitedItsTime) {
  const Bytes packets = three_packets();
  WaitingRoom room(10'000, 1s);
  EXPECT_FALSE(room.full(5s));
  room.add(ts::packet_at(packets, 0), 5s);
  room.add(ts::packet_at(packets, 188), 6s);
  EXPECT_FALSE(room.full(6s));
  EXPECT_TRUE(room.full(6s + 1ms));
  (void)room.take();
  EXPECT_FALSE(room.full(7s));
}

TEST(WaitingRoom, CountsTheTimeOfWhatWasLetGo) {
  const Bytes packets = three_packets();
  WaitingRoom room(10'000, 1s);
  room.add(ts::packet_at(packets, 0), 5s);
  EXPECT_EQ(room.let_go().size(), ts::kPacketSize);
  EXPECT_TRUE(room.empty());
  room.add(ts::packet_at(packets, 188), 6s);
  EXPECT_EQ(room.since(), 5s);
  EXPECT_TRUE(room.full(6s + 1ms));
}

}  // namespace
}  // namespace xg2g::remux
