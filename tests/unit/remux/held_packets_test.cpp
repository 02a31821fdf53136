// SPDX-License-Identifier: MIT
#include "remux/held_packets.h"

#include <gtest/gtest.h>

#include "audio_run.h"

namespace xg2g::remux {
namespace {

using test::Bytes;

constexpr base::ClockTicks kSecond = std::chrono::seconds(1);

Bytes packet(std::uint8_t counter, const test::PacketOptions& options = {}) {
  return test::StreamBuilder()
      .continuity(kAudioPid, counter)
      .packet(kAudioPid, Bytes(150, counter), options)
      .take();
}

class HeldPacketsTest : public testing::Test {
 protected:
  void add(const Bytes& bytes, base::ClockTicks now = {}) {
    held_.add(ts::packet_at(bytes, 0), now, output_);
  }

  AudioSurroundings around_;
  PidWriter output_{kAudioPid, around_.context};
  HeldPackets held_;
};

TEST_F(HeldPacketsTest, PassInOrderAsTheyCame) {
  Bytes all = packet(1);
  const Bytes second = packet(2);
  add(all);
  add(second);
  EXPECT_TRUE(around_.take().empty());
  held_.release(output_);
  all.insert(all.end(), second.begin(), second.end());
  EXPECT_EQ(around_.take(), all);
  EXPECT_TRUE(held_.empty());
}

TEST_F(HeldPacketsTest, LetAPcrLeaveAtOnceAndOnce) {
  add(packet(1, {.pcr = 27'000'000}));
  const Bytes first = around_.take();
  EXPECT_EQ(test::StreamReader(first).packets().at(0).pcr, 27'000'000U);
  held_.release(output_);
  const Bytes rest = around_.take();
  const test::StreamReader reader(rest);
  ASSERT_EQ(reader.packets().size(), 1U);
  EXPECT_FALSE(reader.packets()[0].pcr);
  EXPECT_EQ(reader.packets()[0].payload.back(), 1);
}

TEST_F(HeldPacketsTest, KnowWhenThereIsTooMuchOrItTakesTooLong) {
  EXPECT_FALSE(held_.over(0, {}, kSecond));
  add(packet(1), kSecond);
  add(packet(2), 2 * kSecond);
  EXPECT_EQ(held_.since(), kSecond);
  EXPECT_FALSE(held_.over(2 * ts::kPacketSize, kSecond, 2 * kSecond));
  EXPECT_TRUE(held_.over(2 * ts::kPacketSize - 1, kSecond, 2 * kSecond));
  EXPECT_TRUE(held_.over(1'000, kSecond, 2 * kSecond + base::ClockTicks(1)));
}

TEST_F(HeldPacketsTest, GiveWayToOthers) {
  add(packet(1));
  const Bytes others = packet(7);
  held_.assign(others);
  held_.release(output_);
  EXPECT_EQ(around_.take(), others);
}

}  // namespace
}  // namespace xg2g::remux
