// SPDX-License-Identifier: MIT
#include "remux/newest_times.h"

#include <gtest/gtest.h>

#include "support/stream_builder.h"

namespace xg2g::remux {
namespace {

using test::Bytes;
using test::PesOptions;
using test::StreamBuilder;
using Time = std::optional<std::uint64_t>;

constexpr std::uint16_t kPid = 0x101;

void read(NewestTimes& times, const StreamBuilder& builder) {
  const Bytes& bytes = builder.bytes();
  for (std::size_t at = 0; at < bytes.size(); at += ts::kPacketSize) {
    times.read(ts::packet_at(bytes, at));
  }
}

/// Reads one PES packet of a few transport packets.
void read_pes(NewestTimes& times, Time pts, const PesOptions& options = {},
              std::uint16_t pid = kPid) {
  StreamBuilder builder;
  builder.pes(pid, 0xE0, pts, Bytes(400, 0), options);
  read(times, builder);
}

NewestTimes follow(std::vector<std::uint16_t> pids = {kPid}) {
  NewestTimes times;
  times.follow(std::move(pids));
  return times;
}

TEST(NewestTimes, AreThoseOfTheLastPesPacket) {
  NewestTimes times = follow();
  EXPECT_FALSE(times.find(kPid).pts);
  read_pes(times, 1'000, {.dts = 400});
  EXPECT_EQ(times.find(kPid).pts, 1'000U);
  EXPECT_EQ(times.find(kPid).decoding, 400U);
  read_pes(times, 900);
  EXPECT_EQ(times.find(kPid).pts, 900U);
  EXPECT_EQ(times.find(kPid).decoding, 900U);
}

TEST(NewestTimes, StayWhereAPesPacketHasNone) {
  NewestTimes times = follow();
  read_pes(times, 1'000);
  read_pes(times, std::nullopt);
  EXPECT_EQ(times.find(kPid).pts, 1'000U);
}

TEST(NewestTimes, AreReadAtTheStartOfAPesPacketOnly) {
  NewestTimes times = follow();
  StreamBuilder inner;
  inner.pes(kPid, 0xE0, 5'000, Bytes(20, 0));
  StreamBuilder builder;
  builder.packet(kPid, Bytes(inner.bytes().end() - 34, inner.bytes().end()));
  read(times, builder);
  EXPECT_FALSE(times.find(kPid).pts);
}

TEST(NewestTimes, AreReadWhereTheHeaderEndsInAnotherPacket) {
  NewestTimes times = follow();
  read_pes(times, 1'000, {.header_stuffing = 240});
  EXPECT_EQ(times.find(kPid).pts, 1'000U);
}

TEST(NewestTimes, AreNotReadWhereTheyThemselvesAreCut) {
  NewestTimes times = follow();
  read_pes(times, 1'000, {.packet_payload = 12});
  EXPECT_FALSE(times.find(kPid).pts);
}

TEST(NewestTimes, AreNotKnownUnderScrambling) {
  NewestTimes times = follow();
  read_pes(times, 1'000);
  read_pes(times, 2'000, {.scrambling = 2});
  EXPECT_FALSE(times.find(kPid).pts);
  EXPECT_FALSE(times.find(kPid).decoding);
  read_pes(times, 3'000);
  EXPECT_EQ(times.find(kPid).pts, 3'000U);
}

TEST(NewestTimes, AreNotTakenFromADamagedPacket) {
  NewestTimes times = follow();
  read_pes(times, 1'000);
  StreamBuilder builder;
  builder.fault(kPid, test::Fault::kTransportError);
  builder.pes(kPid, 0xE0, 2'000, Bytes(20, 0));
  read(times, builder);
  EXPECT_EQ(times.find(kPid).pts, 1'000U);
}

TEST(NewestTimes, AreSetForWhatIsWritten) {
  NewestTimes times = follow();
  times.set(kPid, 77);
  EXPECT_EQ(times.find(kPid).pts, 77U);
  times.forget(kPid);
  EXPECT_FALSE(times.find(kPid).pts);
}

TEST(NewestTimes, AreThoseOfTheFollowedPidsAlone) {
  NewestTimes times = follow({0x300, kPid, 0x200, kPid});
  times.set(0x200, 1);
  times.set(kPid, 2);
  times.set(0x102, 3);
  read_pes(times, 4, {}, 0x102);
  EXPECT_EQ(times.find(0x200).pts, 1U);
  EXPECT_FALSE(times.find(0x102).pts);
  times.follow({kPid, 0x102});
  EXPECT_EQ(times.find(kPid).pts, 2U);
  EXPECT_FALSE(times.find(0x102).pts);
  times.follow({kPid, 0x200});
  EXPECT_FALSE(times.find(0x200).pts);
  times.follow({});
  EXPECT_FALSE(times.find(kPid).pts);
}

}  // namespace
}  // namespace xg2g::remux
