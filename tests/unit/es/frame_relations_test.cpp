// SPDX-License-Identifier: MIT
#include "es/frame_relations.h"

#include <gtest/gtest.h>

#include "unit/es/frames.h"

namespace xg2g::es {
namespace {

FrameHeader header(const test::Bytes& frame) {
  return parse_frame_header(frame).value();
}

TEST(FrameRelations, PaddingMakesNoOtherStream) {
  EXPECT_TRUE(is_alike(header(test::mp3(false)), header(test::mp3(true))));
  EXPECT_FALSE(is_alike(header(test::mp2()), header(test::mp3(true))));
  EXPECT_FALSE(is_alike(header(test::ac3()), header(test::eac3())));
}

TEST(FrameRelations, LoasHeadersAreNeverEnough) {
  const FrameHeader loas = header(test::loas(100));
  EXPECT_TRUE(is_same_stream(loas, loas));
  EXPECT_FALSE(is_alike(loas, loas));
}

TEST(FrameRelations, DependentFramesMayFollowAc3) {
  const FrameHeader dependent = header(test::eac3(0, true));
  EXPECT_TRUE(is_secondary(dependent));
  EXPECT_TRUE(may_follow(header(test::ac3()), dependent));
  EXPECT_TRUE(may_follow(header(test::eac3()), dependent));
  EXPECT_FALSE(may_follow(header(test::ac3()), header(test::eac3())));
  EXPECT_FALSE(may_follow(header(test::mp2()), dependent));
}

TEST(FrameRelations, ACrcHoldsOnlyOverTheBytesItWasMadeOf) {
  EXPECT_TRUE(has_crc(Codec::kEac3));
  EXPECT_FALSE(has_crc(Codec::kMpegAudio));
  test::Bytes frame = {0x0B, 0x77, '1', '2', '3',  '4', '5',
                       '6',  '7',  '8', '9', 0xFE, 0xE8};
  EXPECT_TRUE(crc_holds(frame));
  frame[5] ^= 1;
  EXPECT_FALSE(crc_holds(frame));
}

TEST(FrameRelations, FollowsFramesPastAPlace) {
  const test::Bytes two = test::join({test::mp2(), test::mp2()});
  EXPECT_EQ(follow_frames(two, 0).end, test::kMp2Size);
  EXPECT_FALSE(follow_frames(two, test::kMp2Size).end);
  EXPECT_TRUE(follow_frames(two, test::kMp2Size).wants_more);
  const test::Bytes torn = test::join({test::mp2(), test::Bytes(20)});
  EXPECT_FALSE(follow_frames(torn, 0).end);
  EXPECT_FALSE(follow_frames(torn, 0).wants_more);
  const test::Bytes other = test::join({test::mp2(), test::ac3()});
  EXPECT_FALSE(follow_frames(other, 0).end);
  EXPECT_TRUE(follow_frames({}, 0).wants_more);
}

}  // namespace
}  // namespace xg2g::es
