// SPDX-License-Identifier: MIT
#include "remux/pid_table.h"

#include <gtest/gtest.h>

#include "support/stream_builder.h"

namespace xg2g::remux {
namespace {

using test::Bytes;
using test::Fault;
using test::StreamBuilder;

void count(PidTable& table, const Bytes& stream) {
  for (std::size_t at = 0; at < stream.size(); at += ts::kPacketSize) {
    (void)table.count(ts::packet_at(stream, at));
  }
}

/// Ten packets on 0x102, the sixth of which meets `fault`.
Bytes ten_packets(Fault fault, std::uint16_t pid = 0x102) {
  StreamBuilder builder;
  builder.fault(pid, fault, 1, 5);
  for (int i = 0; i < 10; ++i) builder.packet(pid, Bytes(184, 1));
  return builder.take();
}

TEST(PidTable, CountsLossOnItsPid) {
  PidTable table;
  count(table, ten_packets(Fault::kDrop));
  EXPECT_EQ(table.counters().packets, 9U);
  EXPECT_EQ(table.counters().continuity_errors, 1U);
  EXPECT_EQ(table[0x102].continuity_errors, 1U);
  EXPECT_EQ(table[0x103].continuity_errors, 0U);
}

TEST(PidTable, CountsADuplicateAsNoLoss) {
  PidTable table;
  count(table, ten_packets(Fault::kDuplicate));
  EXPECT_EQ(table.counters().duplicates, 1U);
  EXPECT_EQ(table.counters().continuity_errors, 0U);
  EXPECT_EQ(table[0x102].packets, 11U);
}

TEST(PidTable, TrustsNoCounterOfADamagedPacket) {
  PidTable table;
  count(table, ten_packets(Fault::kTransportError));
  EXPECT_EQ(table.counters().transport_errors, 1U);
  EXPECT_EQ(table.counters().continuity_errors, 1U);
}

TEST(PidTable, ExpectsNothingOfNullPackets) {
  PidTable table;
  StreamBuilder builder;
  builder.null(20);
  count(table, builder.bytes());
  EXPECT_EQ(table.counters().continuity_errors, 0U);
  EXPECT_EQ(table.counters().duplicates, 0U);
}

TEST(PidTable, KeepsItsSumsOnReset) {
  PidTable table;
  table[0x102].route = Route::kAudio;
  count(table, ten_packets(Fault::kDrop));
  table.reset();
  EXPECT_EQ(table.counters().packets, 9U);
  EXPECT_EQ(table[0x102].packets, 0U);
  EXPECT_EQ(table[0x102].route, Route::kUnknown);
}

}  // namespace
}  // namespace xg2g::remux
