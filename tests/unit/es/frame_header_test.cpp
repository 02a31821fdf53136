// SPDX-License-Identifier: MIT
#include "es/frame_header.h"

#include <gtest/gtest.h>

#include "es/ac3_header.h"
#include "es/adts_header.h"
#include "es/latm_header.h"
#include "es/mpeg_audio_header.h"
#include "unit/es/frames.h"

namespace xg2g::es {
namespace {

using test::Bytes;

TEST(FrameHeader, TellsTheCodec) {
  for (const auto& [frame, codec] : {
           std::pair{test::mp2(), Codec::kMpegAudio},
           {test::mp3(true), Codec::kMpegAudio},
           {test::ac3(), Codec::kAc3},
           {test::eac3(), Codec::kEac3},
           {test::adts(100), Codec::kAacAdts},
           {test::loas(100), Codec::kAacLatm},
       }) {
    const auto header = parse_frame_header(frame);
    ASSERT_TRUE(header);
    EXPECT_EQ(header->codec, codec);
    EXPECT_EQ(header->size, frame.size());
  }
}

TEST(FrameHeader, IsDecidedByItsFirstBytes) {
  for (const Bytes& frame : {test::mp2(), test::ac3(), test::eac3(),
                             test::adts(100), test::loas(100)}) {
    const auto bytes = std::span(frame);
    EXPECT_EQ(parse_frame_header(bytes.first(kFrameHeaderSize)),
              parse_frame_header(bytes));
    EXPECT_FALSE(parse_frame_header(bytes.first(2)));
  }
}

TEST(FrameHeader, IsNeverOfTwoCodecs) {
  Bytes bytes(kFrameHeaderSize, 0x55);
  for (unsigned start = 0; start < 0x10000; ++start) {
    bytes[0] = static_cast<std::uint8_t>(start >> 8);
    bytes[1] = static_cast<std::uint8_t>(start);
    const int found = (parse_mpeg_audio_header(bytes) ? 1 : 0) +
                      (parse_ac3_header(bytes) ? 1 : 0) +
                      (parse_adts_header(bytes) ? 1 : 0) +
                      (parse_latm_header(bytes) ? 1 : 0);
    ASSERT_LE(found, 1) << start;
  }
}

TEST(FrameHeader, IsNoneInOtherBytes) {
  EXPECT_FALSE(parse_frame_header({}));
  EXPECT_FALSE(parse_frame_header(Bytes(16, 0x00)));
  EXPECT_FALSE(parse_frame_header(Bytes(16, 0xFF)));
}

TEST(RecognizeUndecoded, KnowsTheSyncWords) {
  EXPECT_EQ(recognize_undecoded(Bytes{0x7F, 0xFE, 0x80, 0x01}), Codec::kDts);
  EXPECT_EQ(recognize_undecoded(Bytes{0x64, 0x58, 0x20, 0x25}), Codec::kDts);
  EXPECT_EQ(recognize_undecoded(Bytes{0xAC, 0x40}), Codec::kAc4);
  EXPECT_EQ(recognize_undecoded(Bytes{0xAC, 0x41, 0xFF}), Codec::kAc4);
  EXPECT_EQ(recognize_undecoded(Bytes{1, 2, 3, 4, 0xF8, 0x72, 0x6F, 0xBA}),
            Codec::kTrueHd);
}

TEST(RecognizeUndecoded, KnowsNothingElse) {
  EXPECT_EQ(recognize_undecoded({}), Codec::kUnknown);
  EXPECT_EQ(recognize_undecoded(Bytes{0x7F, 0xFE, 0x80}), Codec::kUnknown);
  EXPECT_EQ(recognize_undecoded(test::mp2()), Codec::kUnknown);
  EXPECT_EQ(recognize_undecoded(Bytes(16, 0)), Codec::kUnknown);
}

}  // namespace
}  // namespace xg2g::es
