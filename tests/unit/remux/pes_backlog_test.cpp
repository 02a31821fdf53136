// SPDX-License-Identifier: MIT
#include "remux/pes_backlog.h"

#include <gtest/gtest.h>

#include "support/stream_builder.h"

namespace xg2g::remux {
namespace {

using test::Bytes;

constexpr std::uint16_t kPid = 0x102;
/// A packet that goes on with a PES packet is full of it.
constexpr std::size_t kFull = 184;

/// A PES packet in two transport packets, of which the second is full.
Bytes pes() {
  test::StreamBuilder builder;
  builder.packet(kPid, Bytes(100, 1), {.unit_start = true});
  builder.packet(kPid, Bytes(kFull, 2));
  return builder.take();
}

/// Pushes it as one that adds 50 and kFull bytes.
void push(PesBacklog& backlog, const Bytes& packets) {
  backlog.push(ts::packet_at(packets, 0), 50);
  backlog.push(ts::packet_at(packets, ts::kPacketSize), kFull);
}

std::size_t count(const PesBacklog& backlog) {
  return backlog.packets().size() / ts::kPacketSize;
}

TEST(PesBacklog, BeginsWithTheStartOfAPesPacket) {
  PesBacklog backlog;
  const Bytes packets = pes();
  backlog.push(ts::packet_at(packets, ts::kPacketSize), kFull);
  EXPECT_EQ(count(backlog), 0U);
  push(backlog, packets);
  EXPECT_EQ(Bytes(backlog.packets().begin(), backlog.packets().end()), packets);
}

TEST(PesBacklog, DropsPesPacketsOfWhichAllIsUsed) {
  PesBacklog backlog;
  for (int i = 0; i < 3; ++i) push(backlog, pes());
  backlog.trim(3 * (50 + kFull));
  EXPECT_EQ(count(backlog), 6U);
  backlog.trim(2 * (50 + kFull) + 1);
  EXPECT_EQ(count(backlog), 6U);
  backlog.trim(2 * (50 + kFull));
  EXPECT_EQ(count(backlog), 4U);
  backlog.trim(1);
  EXPECT_EQ(count(backlog), 2U);
}

TEST(PesBacklog, KeepsThePesPacketUnderWay) {
  PesBacklog backlog;
  push(backlog, pes());
  backlog.trim(0);
  EXPECT_EQ(count(backlog), 2U);
}

TEST(PesBacklog, TakesMoreUnusedBytesThanItHasForAll) {
  PesBacklog backlog;
  push(backlog, pes());
  backlog.trim(10'000);
  EXPECT_EQ(count(backlog), 2U);
}

TEST(PesBacklog, IsBounded) {
  PesBacklog backlog;
  push(backlog, pes());
  const Bytes packets = pes();
  for (int i = 0; i < 2'000; ++i) {
    backlog.push(ts::packet_at(packets, ts::kPacketSize), kFull);
    ASSERT_LE(backlog.packets().size(), 140U * 1'024);
  }
}

}  // namespace
}  // namespace xg2g::remux
