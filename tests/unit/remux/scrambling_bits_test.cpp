// SPDX-License-Identifier: MIT
#include "remux/scrambling_bits.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "audio_run.h"

namespace xg2g::remux {
namespace {

using test::Bytes;

/// What a ScramblingBits made of the packets: "c" for clear, "s" for scrambled,
/// in order; with ">" behind each packet that went in.
std::string story(const Bytes& packets, ScramblingBits& bits) {
  std::string told;
  for (std::size_t at = 0; at < packets.size(); at += ts::kPacketSize) {
    const ts::Packet packet = ts::packet_at(packets, at);
    if (bits.passes(packet)) {
      told += packet.scrambled() ? "s" : "c";
    } else {
      bits.push(packet, {});
      while (const auto next = bits.next())
        told += next->scrambled() ? "s" : "c";
    }
    told += ">";
  }
  bits.believe();
  while (const auto next = bits.next()) told += next->scrambled() ? "s" : "c";
  return told;
}

std::string story(const Bytes& packets) {
  ScramblingBits bits;
  return story(packets, bits);
}

std::string without_marks(std::string told) {
  std::erase(told, '>');
  return told;
}

std::string repeat(const char* what, std::size_t count) {
  std::string all;
  while (count-- > 0) all += what;
  return all;
}

Bytes slice(const Bytes& packets, std::size_t first, std::size_t count) {
  const auto part = test::View(packets).subspan(first * ts::kPacketSize,
                                                count * ts::kPacketSize);
  return {part.begin(), part.end()};
}

/// Packets with other transport_scrambling_control.
Bytes mark(Bytes packets, unsigned bits) {
  for (std::size_t at = 3; at < packets.size(); at += ts::kPacketSize) {
    packets[at] = static_cast<std::uint8_t>(packets[at] | bits << 6);
  }
  return packets;
}

/// Clear sound, whatever the bits say; a frame is in four packets.
Bytes mp2(std::size_t first, std::size_t count, unsigned bits) {
  return mark(slice(mp2_packets(), first, count), bits);
}

Bytes scrambled(std::size_t first, std::size_t count) {
  return slice(mp2_packets(2), first, count);
}

Bytes operator+(Bytes left, const Bytes& right) {
  test::put(left, right);
  return left;
}

TEST(ScramblingBits, LetClearPacketsPass) {
  EXPECT_EQ(story(mp2(0, 40, 0)), repeat("c>", 40));
}

TEST(ScramblingBits, AreBelievedAtOnceWhereAPesPacketIsScrambled) {
  EXPECT_EQ(story(scrambled(0, 40)), repeat("s>", 40));
}

TEST(ScramblingBits, AreNotBelievedWhereFramesFollowOneAnother) {
  for (const unsigned bits : {1U, 2U, 3U}) {
    const std::string told = story(mp2(0, 40, bits));
    EXPECT_EQ(without_marks(told), repeat("c", 40));
    EXPECT_EQ(told.substr(0, 10), ">>>>ccccc>") << told;
  }
}

TEST(ScramblingBits, WaitForAPesPacketToBegin) {
  EXPECT_EQ(story(mp2(2, 4, 2) + scrambled(8, 4)).substr(0, 3), ">>>");
  EXPECT_EQ(without_marks(story(mp2(2, 20, 2))), repeat("c", 20));
  EXPECT_EQ(story(scrambled(2, 6)), ">>sss>s>s>s>");
}

TEST(ScramblingBits, WaitForNothingWhereTheyAreExpected) {
  ScramblingBits bits;
  bits.believe();
  EXPECT_EQ(story(scrambled(2, 6), bits), repeat("s>", 6));
}

TEST(ScramblingBits, AreFollowedBothWays) {
  const Bytes packets =
      mp2(0, 8, 0) + scrambled(8, 8) + mp2(16, 16, 3) + scrambled(32, 8);
  EXPECT_EQ(without_marks(story(packets)),
            repeat("c", 8) + repeat("s", 8) + repeat("c", 16) + repeat("s", 8));
}

TEST(ScramblingBits, TakeOneClearPacketForTheEndOfTheMatter) {
  EXPECT_EQ(story(mp2(0, 2, 2) + mp2(2, 2, 0)), ">>ssc>c>");
}

TEST(ScramblingBits, AreBelievedWhereOnlyHeadersAreClear) {
  Bytes packets;
  std::minstd_rand random(3);
  for (int i = 0; i < 100; ++i) {
    Bytes frame(576);
    for (auto& byte : frame) byte = static_cast<std::uint8_t>(random() >> 8);
    test::StreamBuilder builder;
    packets = packets + mark(builder.pes(kAudioPid, 0xC0, 0, frame).take(), 2);
  }
  const std::string told = without_marks(story(packets));
  EXPECT_EQ(told, repeat("s", packets.size() / ts::kPacketSize));
  // They wait once, and never again.
  EXPECT_EQ(story(packets).substr(0, 30), repeat(">", 30));
  EXPECT_TRUE(story(packets).ends_with(repeat("s>", 200)));
}

TEST(ScramblingBits, AreNothingToAPacketWithoutPayload) {
  test::StreamBuilder builder;
  builder.pcr(kAudioPid, 1);
  Bytes packet = builder.take();
  packet[3] |= 0x80;
  ScramblingBits bits;
  EXPECT_TRUE(bits.passes(ts::packet_at(packet, 0)));
}

TEST(ScramblingBits, NeverTakeNoiseForClear) {
  std::minstd_rand random(11);
  Bytes packets(std::size_t{20'000} * ts::kPacketSize);
  for (auto& byte : packets) byte = static_cast<std::uint8_t>(random() >> 8);
  for (std::size_t at = 0; at < packets.size(); at += ts::kPacketSize) {
    packets[at + 1] = 0x41;
    packets[at + 3] = 0x90;
  }
  EXPECT_EQ(story(packets), repeat("s>", 20'000));
}

}  // namespace
}  // namespace xg2g::remux
