// SPDX-License-Identifier: MIT
#include "remux/pid_writer.h"

#include <gtest/gtest.h>

#include "audio_run.h"

namespace xg2g::remux {
namespace {

using test::Bytes;

std::vector<int> counters(const Bytes& stream) {
  std::vector<int> found;
  const test::StreamReader reader(stream);
  for (const auto& packet : reader.packets()) {
    found.push_back(packet.continuity_counter);
  }
  return found;
}

Bytes packet(std::uint8_t counter) {
  return test::StreamBuilder()
      .continuity(kAudioPid, counter)
      .packet(kAudioPid, Bytes(150, 1), {.unit_start = true, .pcr = 27})
      .take();
}

TEST(PidWriter, LetsPacketsPassAsTheyCame) {
  AudioSurroundings around;
  PidWriter writer(kAudioPid, around.context);
  const Bytes in = packet(9);
  writer.pass(ts::packet_at(in, 0));
  EXPECT_EQ(around.take(), in);
}

TEST(PidWriter, WritesAPcrBehindWhatLeftLast) {
  AudioSurroundings around;
  PidWriter writer(kAudioPid, around.context);
  const Bytes in = packet(9);
  writer.begin_behind(8);
  writer.pcr(ts::packet_at(in, 0));
  writer.pass(ts::packet_at(in, 0));
  writer.pcr(ts::packet_at(in, 0));
  EXPECT_EQ(counters(around.take()), (std::vector<int>{8, 9, 9}));
}

TEST(PidWriter, WritesNothingForAPacketWithoutPcr) {
  AudioSurroundings around;
  PidWriter writer(kAudioPid, around.context);
  const Bytes in =
      test::StreamBuilder().packet(kAudioPid, Bytes(184, 1)).take();
  writer.pcr(ts::packet_at(in, 0));
  EXPECT_TRUE(around.take().empty());
}

TEST(PidWriter, NumbersAnewOncePacketsAreReplaced) {
  AudioSurroundings around;
  PidWriter writer(kAudioPid, around.context);
  const Bytes in = packet(9);
  writer.begin_behind(3);
  EXPECT_EQ(writer.own_counter().next(), 4);
  writer.pcr(ts::packet_at(in, 0));
  writer.pass(ts::packet_at(in, 0));
  EXPECT_EQ(counters(around.take()), (std::vector<int>{4, 5}));
}

TEST(PidWriter, LeavesOutTheRestOfAPesPacketWhereOthersWereReplaced) {
  AudioSurroundings around;
  PidWriter writer(kAudioPid, around.context);
  const Bytes start = packet(3);
  const Bytes rest = test::StreamBuilder()
                         .continuity(kAudioPid, 4)
                         .packet(kAudioPid, Bytes(184, 1))
                         .take();
  writer.await_pes();
  writer.pass(ts::packet_at(rest, 0));
  EXPECT_EQ(around.take(), rest) << "nothing was";
  (void)writer.own_counter();
  writer.pass(ts::packet_at(start, 0));
  writer.await_pes();
  (void)around.take();
  writer.pass(ts::packet_at(rest, 0));
  EXPECT_TRUE(around.take().empty());
  writer.pass(ts::packet_at(start, 0));
  writer.pass(ts::packet_at(rest, 0));
  EXPECT_EQ(around.take().size(), 2 * ts::kPacketSize);
}

}  // namespace
}  // namespace xg2g::remux
