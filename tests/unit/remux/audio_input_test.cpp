// SPDX-License-Identifier: MIT
#include "remux/audio_input.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/bytes.h"
#include "support/stream_builder.h"

namespace xg2g::remux {
namespace {

using test::Bytes;
using test::StreamBuilder;

constexpr std::uint16_t kPid = 0x101;

Bytes payload(std::uint8_t fill) { return Bytes(184, fill); }

/// Packets of one PES packet whose payload bytes tell them apart.
Bytes unit(int packets) {
  return StreamBuilder()
      .pes(kPid, 0xC0, 900, Bytes(static_cast<std::size_t>(packets) * 184, 7),
           {})
      .take();
}

/// Elementary stream bytes that come out of these packets.
std::size_t bytes_out_of(const Bytes& stream) {
  AudioInput input;
  es::Framer framer(es::Codec::kMpegAudio);
  std::size_t size = 0;
  for (std::size_t at = 0; at < stream.size(); at += ts::kPacketSize) {
    const ts::Packet packet = ts::packet_at(stream, at);
    input.follow(packet);
    size += input.read(packet, framer).bytes.size();
  }
  return size;
}

Bytes repeat_second_packet(Bytes stream, int times) {
  const Bytes second(stream.begin() + 188, stream.begin() + 376);
  for (int i = 0; i < times; ++i) {
    stream.insert(stream.begin() + 376, second.begin(), second.end());
  }
  return stream;
}

TEST(AudioInput, DropsDuplicatesHoweverManyThereAre) {
  const Bytes stream = unit(4);
  EXPECT_EQ(bytes_out_of(repeat_second_packet(stream, 1)),
            bytes_out_of(stream));
  EXPECT_EQ(bytes_out_of(repeat_second_packet(stream, 2)),
            bytes_out_of(stream));
}

TEST(AudioInput, TakesAnEqualCounterWithOtherPayloadForALoss) {
  Bytes stream = repeat_second_packet(unit(4), 1);
  stream[376 + 100] ^= 0xFF;
  EXPECT_GT(bytes_out_of(stream), bytes_out_of(unit(4)));
}

TEST(AudioInput, TellsTheCounterBeforeTheFirstPacket) {
  const Bytes full =
      StreamBuilder().continuity(kPid, 5).packet(kPid, payload(1)).take();
  AudioInput input;
  input.follow(ts::packet_at(full, 0));
  EXPECT_EQ(input.before_first(), 4);
}

TEST(AudioInput, SeesALossBeforeAPacketWithoutPayload) {
  // Two packets behind the end of a PES packet are dropped, unless a loss has
  // made its PES_packet_length worthless.
  Bytes stream = unit(6);
  const std::size_t whole = bytes_out_of(stream);
  StreamBuilder behind;
  const auto next = static_cast<std::uint8_t>(stream.size() / 188 & 0x0F);
  behind.continuity(kPid, next)
      .packet(kPid, payload(1))
      .packet(kPid, payload(2));
  const Bytes more = behind.take();
  stream.insert(stream.end(), more.begin(), more.end());
  ASSERT_EQ(bytes_out_of(stream), whole);
  // The third packet becomes one with its counter and no payload.
  Bytes alone = StreamBuilder().pcr(kPid, 0).take();
  alone[3] = static_cast<std::uint8_t>((alone[3] & 0xF0) |
                                       (stream[2 * 188 + 3] & 0x0F));
  std::copy(alone.begin(), alone.end(), stream.begin() + 376);
  EXPECT_EQ(bytes_out_of(stream), whole - 184 + 2 * 184);
}

}  // namespace
}  // namespace xg2g::remux
