// SPDX-License-Identifier: MIT
//
// What a Framer makes of losses that are none, of bytes behind
// PES_packet_length, and of frames that are cut short.
#include <gtest/gtest.h>

#include "base/crc.h"
#include "es/framer.h"
#include "unit/es/frames.h"

namespace xg2g::es {
namespace {

using test::ac3;
using test::adts;
using test::Bytes;
using test::eac3;
using test::join;
using test::loas;
using test::mp2;
using test::run;
using test::slice;
using test::Stream;
using test::tags;
using test::tail;
using test::Unit;
using test::View;
using Tags = std::vector<int>;

std::vector<Unit> run_fresh(Codec announced, const Stream& stream) {
  Framer framer(announced);
  return run(framer, stream);
}

/// AC-3 whose CRC is right.
Bytes checked_ac3(std::uint8_t tag) {
  Bytes frame = ac3(tag);
  frame[frame.size() - 2] = frame[frame.size() - 1] = 0;
  const auto crc = base::crc16(View(frame).subspan(2, frame.size() - 4));
  frame[frame.size() - 2] = static_cast<std::uint8_t>(crc >> 8);
  frame[frame.size() - 1] = static_cast<std::uint8_t>(crc);
  return frame;
}

TEST(FramerLoss, TakesALossInsideAFrameForNoneWhereItsCrcHolds) {
  const Bytes second = checked_ac3(2);
  const auto units = run_fresh(
      Codec::kAc3, Stream()
                       .pes(join({checked_ac3(1), slice(second, 0, 300)}))
                       .lose(9)
                       .more(join({tail(second, 300), checked_ac3(3)})));
  ASSERT_EQ(units.size(), 3U);
  EXPECT_EQ(units[1].bytes, second);
  for (const Unit& unit : units) {
    EXPECT_FALSE(unit.lost);
    EXPECT_FALSE(unit.doubtful);
    EXPECT_EQ(unit.missing, 0U);
  }
}

TEST(FramerLoss, TakesAnyNumberOfLossesInsideFramesForNone) {
  Stream stream;
  for (std::uint8_t tag = 1; tag <= 5; ++tag) {
    const Bytes frame = checked_ac3(tag);
    stream.pes(slice(frame, 0, 10), tag);
    for (std::size_t at = 10; at < frame.size(); at += 184) {
      stream.lose(15).more(slice(frame, at, std::min(at + 184, frame.size())));
    }
  }
  const auto units = run_fresh(Codec::kAc3, stream.end());
  EXPECT_EQ(units.size(), 4U) << "nothing proves the last";
  for (const Unit& unit : units) EXPECT_FALSE(unit.lost);
}

TEST(FramerLoss, KeepsALossInMindOverOneThatIsNone) {
  const Bytes third = checked_ac3(3);
  const auto units = run_fresh(Codec::kAc3, Stream()
                                                .pes(checked_ac3(1))
                                                .lose(1)
                                                .pes(slice(third, 0, 300), 7)
                                                .lose(9)
                                                .more(tail(third, 300))
                                                .pes(checked_ac3(4)));
  ASSERT_EQ(units.size(), 3U);
  EXPECT_EQ(units[1].bytes, third);
  EXPECT_TRUE(units[1].lost);
}

TEST(FramerLoss, CutsAFrameAtALossWhereItsCrcDoesNotHold) {
  const auto units =
      run_fresh(Codec::kAc3,
                Stream()
                    .pes(join({checked_ac3(1), slice(checked_ac3(2), 0, 300)}))
                    .lose(4)
                    .more(join({tail(checked_ac3(3), 300), checked_ac3(4)})));
  ASSERT_EQ(units.size(), 2U);
  EXPECT_EQ(units[1].bytes, checked_ac3(4));
  EXPECT_TRUE(units[1].lost);
}

TEST(FramerLoss, DoubtsAFrameWithALossInsideThatOnlyItsLengthProves) {
  const auto units = run_fresh(Codec::kMpegAudio,
                               Stream()
                                   .pes(join({mp2(1), slice(mp2(2), 0, 300)}))
                                   .lose(4)
                                   .more(join({tail(mp2(2), 300), mp2(3)})));
  EXPECT_EQ(tags(units), (Tags{1, 2, 3}));
  EXPECT_TRUE(units[1].doubtful);
  EXPECT_TRUE(units[1].lost);
  EXPECT_FALSE(units[2].doubtful);
  EXPECT_FALSE(units[2].lost);
}

TEST(FramerLoss, DoesNotJoinAcrossALossWhatAPesPacketSeparates) {
  Framer framer(Codec::kMpegAudio);
  const auto units = run(framer, Stream()
                                     .pes(join({mp2(1), slice(mp2(2), 0, 300)}))
                                     .lose(1)
                                     .pes(mp2(3), 7));
  EXPECT_EQ(tags(units), (Tags{1, 3}));
  EXPECT_EQ(units[1].pts, 7U);
  EXPECT_TRUE(units[1].lost);
}

TEST(FramerLoss, TellsOfALossBetweenFrames) {
  const auto units = run_fresh(
      Codec::kMpegAudio, Stream().pes(mp2(1)).lose(4).pes(mp2(2)).pes(mp2(3)));
  EXPECT_EQ(tags(units), (Tags{1, 2, 3}));
  EXPECT_FALSE(units[0].lost);
  EXPECT_TRUE(units[1].lost);
  EXPECT_FALSE(units[2].lost);
}

TEST(FramerLoss, SaysThatMoreMayBeLostWhereSkippedBytesDoNotTell) {
  const Bytes rubbish(50, 0x11);
  const auto latm = run_fresh(Codec::kAacLatm, Stream()
                                                   .pes(loas(100, 1))
                                                   .more(rubbish)
                                                   .pes(loas(90, 2))
                                                   .pes(loas(80, 3)));
  EXPECT_EQ(tags(latm), (Tags{1, 2, 3}));
  EXPECT_TRUE(latm[1].lost);
  EXPECT_FALSE(latm[2].lost);
  const auto layer2 = run_fresh(Codec::kMpegAudio,
                                Stream().pes(mp2(1)).more(rubbish).pes(mp2(2)));
  EXPECT_FALSE(layer2[1].lost);
}

TEST(FramerLoss, TakesBytesBehindThePacketLengthThatAFrameNeeds) {
  const Stream stream = Stream()
                            .pes(join({mp2(1), slice(mp2(2), 0, 570)}), 10)
                            .surplus(tail(mp2(2), 570))
                            .pes(join({mp2(3), slice(mp2(4), 0, 570)}), 20)
                            .surplus(tail(mp2(4), 570))
                            .pes(mp2(5), 30);
  const auto units = run_fresh(Codec::kMpegAudio, stream);
  EXPECT_EQ(tags(units), (Tags{1, 2, 3, 4, 5}));
  EXPECT_EQ(units[2].pts, 20U);
  EXPECT_EQ(units[4].pts, 30U);
}

TEST(FramerLoss, TakesThemWhereFramesGoOnInTheNextPesPacketToo) {
  const Bytes all = join({mp2(1), mp2(2), mp2(3), mp2(4)});
  const Stream stream = Stream()
                            .pes(slice(all, 0, 700), 10)
                            .surplus(slice(all, 700, 710))
                            .pes(slice(all, 710, 1'400), 20)
                            .surplus(slice(all, 1'400, 1'401))
                            .pes(tail(all, 1'401), 30);
  const auto units = run_fresh(Codec::kMpegAudio, stream);
  EXPECT_EQ(tags(units), (Tags{1, 2, 3, 4}));
  EXPECT_EQ(units[2].pts, 20U);
  EXPECT_EQ(units[3].pts, 30U);
}

TEST(FramerLoss, TakesWholeFramesBehindThePacketLength) {
  const Stream stream =
      Stream().pes(mp2(1), 10).surplus(join({mp2(2), mp2(3)})).pes(mp2(4), 20);
  EXPECT_EQ(tags(run_fresh(Codec::kMpegAudio, stream)), (Tags{1, 2, 3, 4}));
}

TEST(FramerLoss, DropsBytesBehindThePacketLengthThatNoFrameNeeds) {
  for (const std::size_t size : {1U, 6U, 100U, 900U, 20'000U}) {
    const Bytes stuffing(size, 0xFF);
    const auto aligned =
        run_fresh(Codec::kMpegAudio,
                  Stream().pes(mp2(1), 10).surplus(stuffing).pes(mp2(2), 20));
    EXPECT_EQ(tags(aligned), (Tags{1, 2})) << size;
    EXPECT_EQ(aligned[1].pts, 20U) << size;
    const auto over_the_border = run_fresh(
        Codec::kMpegAudio, Stream()
                               .pes(join({mp2(1), slice(mp2(2), 0, 300)}), 10)
                               .surplus(stuffing)
                               .pes(join({tail(mp2(2), 300), mp2(3)}), 20));
    EXPECT_EQ(tags(over_the_border), (Tags{1, 2, 3})) << size;
    EXPECT_EQ(over_the_border[2].pts, 20U) << size;
    EXPECT_EQ(over_the_border[2].missing, 0U) << size;
  }
}

TEST(FramerLoss, DecidesAlikeOnBytesBehindThePacketLengthHoweverTheyCome) {
  const Stream stream =
      Stream()
          .pes(join({mp2(1), slice(mp2(2), 0, 500)}))
          .surplus(join({tail(mp2(2), 500), mp2(3), {1, 2, 3}}))
          .pes(mp2(4))
          .surplus(slice(mp2(5), 0, 100))
          .lose(1)
          .pes(mp2(6))
          .end();
  Framer whole(Codec::kMpegAudio);
  const auto expected = run(whole, stream, 10'000);
  EXPECT_EQ(tags(expected), (Tags{1, 2, 4, 6}));
  for (const std::size_t step : {1U, 5U, 97U, 184U}) {
    Framer cut(Codec::kMpegAudio);
    EXPECT_TRUE(run(cut, stream, step) == expected) << step;
  }
}

TEST(FramerLoss, DoesNotWaitForALossBeforeSurplus) {
  Framer framer(Codec::kMpegAudio);
  const auto units = run(framer, Stream()
                                     .pes(join({mp2(1), slice(mp2(2), 0, 300)}))
                                     .lose(1)
                                     .pes(Bytes(20, 0x11))
                                     .surplus(Bytes(600, 0x12))
                                     .pes(mp2(3), 9)
                                     .pes(mp2(4), 10));
  EXPECT_EQ(tags(units), (Tags{1, 3, 4}));
}

TEST(FramerLoss, EndsAFrameThatIsTooShortWhereThePesPacketBehindItStarts) {
  const Stream stream = Stream()
                            .pes(join({mp2(1), slice(mp2(2), 0, 570)}), 10)
                            .pes(join({mp2(3), slice(mp2(4), 0, 570)}), 20)
                            .pes(mp2(5), 30);
  const auto units = run_fresh(Codec::kMpegAudio, stream);
  EXPECT_EQ(tags(units), (Tags{1, 3, 5}));
  EXPECT_EQ(units[1].pts, 20U);
  EXPECT_EQ(units[1].missing, 1U);
  EXPECT_TRUE(units[1].lost);
  EXPECT_EQ(units[2].pts, 30U);
}

TEST(FramerLoss, SaysThatAFrameIsLostHoweverShortItWasCut) {
  for (const std::size_t left : {4U, 100U, 280U, 500U}) {
    const auto units =
        run_fresh(Codec::kMpegAudio, Stream()
                                         .pes(mp2(1), 10)
                                         .pes(slice(mp2(2), 0, left), 20)
                                         .pes(mp2(3), 30)
                                         .pes(mp2(4), 40));
    EXPECT_EQ(tags(units), (Tags{1, 3, 4})) << left;
    EXPECT_TRUE(units[1].lost) << left;
    EXPECT_EQ(units[1].pts, 30U) << left;
  }
}

TEST(FramerLoss, ADiscontinuityIsThatOfTheFrameThatHasItsPts) {
  const Stream stream = Stream()
                            .pes(join({mp2(1), slice(mp2(2), 0, 100)}), 10)
                            .pes(join({tail(mp2(2), 100)}))
                            .anew()
                            .pes(mp2(3))
                            .pes(mp2(4), 20)
                            .pes(mp2(5), 30);
  const auto units = run_fresh(Codec::kMpegAudio, stream);
  ASSERT_EQ(tags(units), (Tags{1, 2, 3, 4, 5}));
  for (std::size_t i = 0; i < units.size(); ++i) {
    EXPECT_EQ(units[i].discontinuity, i == 3) << i;
  }
}

}  // namespace
}  // namespace xg2g::es
