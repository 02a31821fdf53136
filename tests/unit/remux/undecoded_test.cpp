// SPDX-License-Identifier: MIT
#include "remux/undecoded.h"

#include <gtest/gtest.h>

#include "support/stream_builder.h"

namespace xg2g::remux {
namespace {

using es::Codec;
using test::Bytes;

const Bytes kDts = {0x7F, 0xFE, 0x80, 0x01};
const Bytes kFreeFormat = {0xFF, 0xFC, 0x08, 0x00};
const Bytes kMp2 = {0xFF, 0xFD, 0xA4, 0x00};

Codec find(const Bytes& bytes, bool starts, Codec announced) {
  es::PesPiece piece;
  piece.bytes = bytes;
  piece.starts = starts;
  const auto header = find_undecoded(piece, announced);
  return header ? header->codec : Codec::kUnknown;
}

TEST(FindUndecoded, KnowsSyncWordsWhateverIsAnnounced) {
  EXPECT_EQ(find(kDts, true, Codec::kAc3), Codec::kDts);
  EXPECT_EQ(find(kDts, true, Codec::kUnknown), Codec::kDts);
  EXPECT_EQ(find(kMp2, true, Codec::kMpegAudio), Codec::kUnknown);
}

TEST(FindUndecoded, TakesFreeFormatForSoundWhereMpegAudioIsAnnounced) {
  EXPECT_EQ(find(kFreeFormat, true, Codec::kMpegAudio), Codec::kMpegAudio);
  EXPECT_EQ(find(kFreeFormat, true, Codec::kUnknown), Codec::kUnknown);
  EXPECT_EQ(find(kFreeFormat, true, Codec::kAc3), Codec::kUnknown);
}

TEST(FindUndecoded, LooksWhereAPesPacketBegins) {
  EXPECT_EQ(find(kDts, false, Codec::kDts), Codec::kUnknown);
}

TEST(FindUndecoded, LooksIntoATransportPacket) {
  test::StreamBuilder builder;
  builder.pes(0x102, 0xC0, 900'000, kFreeFormat);
  Bytes packet = builder.take();
  const auto header =
      find_undecoded(ts::packet_at(packet, 0), Codec::kMpegAudio);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->layer, 2);
  packet[3] |= 0x80;
  EXPECT_FALSE(find_undecoded(ts::packet_at(packet, 0), Codec::kMpegAudio));
}

}  // namespace
}  // namespace xg2g::remux
