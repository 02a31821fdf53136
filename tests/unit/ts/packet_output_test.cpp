// SPDX-License-Identifier: MIT
#include "ts/packet_output.h"

#include <gtest/gtest.h>

#include <array>

#include "support/bytes.h"

namespace xg2g::ts {
namespace {

using test::Bytes;

/// `count` packets, each filled with its number, from `first` on.
Bytes packets(std::size_t count, std::uint8_t first = 0) {
  Bytes bytes;
  for (std::size_t i = 0; i < count; ++i) {
    bytes.insert(bytes.end(), kPacketSize,
                 static_cast<std::uint8_t>(first + i));
  }
  return bytes;
}

/// What a call that writes nothing gives out into `size` bytes.
Bytes drain(PacketOutput& output, std::size_t size) {
  Bytes buffer(size);
  output.open(buffer);
  buffer.resize(output.close());
  return buffer;
}

TEST(PacketOutput, WritesIntoTheBufferWhileItHasRoom) {
  PacketOutput output;
  Bytes buffer(2 * kPacketSize);
  output.open(buffer);
  output.write(packets(2));
  EXPECT_EQ(output.close(), buffer.size());
  EXPECT_EQ(buffer, packets(2));
  EXPECT_EQ(output.pending(), 0U);
}

TEST(PacketOutput, KeepsWhatDoesNotFitForTheNextCall) {
  PacketOutput output;
  Bytes buffer(2 * kPacketSize);
  output.open(buffer);
  output.write(packets(5));
  EXPECT_EQ(output.close(), buffer.size());
  EXPECT_EQ(output.pending(), 3 * kPacketSize);
  EXPECT_EQ(drain(output, 10 * kPacketSize), packets(3, 2));
  EXPECT_EQ(output.pending(), 0U);
}

TEST(PacketOutput, NeverWritesAPartOfAPacket) {
  PacketOutput output;
  Bytes buffer(2 * kPacketSize - 1, 0xEE);
  output.open(buffer);
  output.write(packets(3));
  EXPECT_EQ(output.close(), kPacketSize);
  EXPECT_EQ(buffer[kPacketSize], 0xEE);
  EXPECT_EQ(drain(output, 2 * kPacketSize - 1), packets(1, 1));
  EXPECT_EQ(output.pending(), kPacketSize);
}

TEST(PacketOutput, WritesNothingIntoABufferUnderOnePacket) {
  PacketOutput output;
  for (const std::size_t size : {std::size_t{0}, kPacketSize - 1}) {
    Bytes buffer(size);
    output.open(buffer);
    output.write(packets(1));
    EXPECT_EQ(output.close(), 0U);
  }
  EXPECT_EQ(output.pending(), 2 * kPacketSize);
}

TEST(PacketOutput, QueuesWhatIsWrittenBetweenCalls) {
  PacketOutput output;
  output.write(packets(1));
  EXPECT_EQ(output.pending(), kPacketSize);
  EXPECT_EQ(drain(output, kPacketSize), packets(1));
}

TEST(PacketOutput, KeepsTheOrderOverTinyBuffers) {
  PacketOutput output;
  Bytes out;
  std::uint8_t next = 0;
  for (std::size_t call = 0; call < 60; ++call) {
    Bytes buffer(call % 3 * kPacketSize + call % 7);
    output.open(buffer);
    for (std::size_t i = 0; i < call % 4; ++i) {
      output.write(packets(1 + i % 2, next));
      next = static_cast<std::uint8_t>(next + 1 + i % 2);
    }
    buffer.resize(output.close());
    test::put(out, buffer);
  }
  test::put(out, drain(output, output.pending()));
  EXPECT_EQ(out, packets(next));
}

TEST(PacketOutput, TakesBackWhatACallHasWrittenThatIsKept) {
  PacketOutput output;
  Bytes buffer(2 * kPacketSize);
  output.open(buffer);
  output.write(packets(3));
  output.close_and_keep();
  EXPECT_EQ(output.pending(), 3 * kPacketSize);
  EXPECT_EQ(drain(output, 3 * kPacketSize), packets(3));
}

TEST(PacketOutput, TakesBackWhatWaitedBeforeTheCallInOrder) {
  PacketOutput output;
  output.write(packets(2));
  Bytes buffer(3 * kPacketSize);
  output.open(buffer);
  output.write(packets(2, 2));
  output.close_and_keep();
  EXPECT_EQ(drain(output, 4 * kPacketSize), packets(4));
}

TEST(PacketOutput, GoesOnAfterACallThatIsKept) {
  PacketOutput output;
  Bytes buffer(kPacketSize);
  output.open(buffer);
  output.write(packets(1));
  output.close_and_keep();
  output.write(packets(1, 1));
  EXPECT_EQ(drain(output, 2 * kPacketSize), packets(2));
}

TEST(PacketOutput, CountsEveryByteOnce) {
  PacketOutput output;
  Bytes buffer(kPacketSize);
  output.open(buffer);
  output.write(packets(3));
  output.close_and_keep();
  (void)drain(output, 3 * kPacketSize);
  EXPECT_EQ(output.written(), 3 * kPacketSize);
}

}  // namespace
}  // namespace xg2g::ts
