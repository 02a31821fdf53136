// SPDX-License-Identifier: MIT
#include "es/framer.h"

#include <gtest/gtest.h>

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

TEST(Framer, GivesTheAnnouncedCodecsFrameAtOnceWhereAPesPacketStarts) {
  for (const auto& [codec, frame] : {std::pair{Codec::kMpegAudio, mp2()},
                                     {Codec::kAc3, ac3()},
                                     {Codec::kAacAdts, adts(100)},
                                     {Codec::kAacLatm, loas(100)}}) {
    Framer framer(codec);
    const auto units = run(framer, Stream().pes(frame, 7));
    ASSERT_EQ(units.size(), 1U);
    EXPECT_EQ(units[0].bytes, frame);
    EXPECT_EQ(units[0].pts, 7U);
    EXPECT_EQ(units[0].header.codec, codec);
    EXPECT_EQ(framer.codec(), codec);
    EXPECT_EQ(framer.skipped(), 0U);
  }
}

TEST(Framer, WaitsForASecondHeaderWhereTheCodecIsNotTheAnnouncedOne) {
  Framer framer(Codec::kMpegAudio);
  EXPECT_TRUE(run(framer, Stream().pes(ac3(1))).empty());
  EXPECT_EQ(framer.codec(), Codec::kUnknown);
  EXPECT_EQ(tags(run(framer, Stream().more(ac3(2)))), (Tags{1, 2}));
  EXPECT_EQ(framer.codec(), Codec::kAc3);
}

TEST(Framer, WaitsForASecondHeaderWhereNoPesPacketStarts) {
  Framer framer(Codec::kMpegAudio);
  EXPECT_TRUE(run(framer, Stream().pes(join({{5}, mp2(1)}))).empty());
  EXPECT_EQ(tags(run(framer, Stream().more(mp2(2)))), (Tags{1, 2}));
}

TEST(Framer, GivesAFrameAtOnceBehindAnotherOfItsStream) {
  for (const auto& [first, second] :
       {std::pair{loas(100, 1), loas(50, 2)},
        {adts(100, 1), adts(50, 2)},
        {test::mp3(false, 1), test::mp3(true, 2)}}) {
    Framer framer(parse_frame_header(first)->codec);
    EXPECT_EQ(tags(run(framer, Stream().pes(first))), Tags{1});
    EXPECT_EQ(tags(run(framer, Stream().more(second))), Tags{2});
  }
}

TEST(Framer, FindsFramesThatNoPesPacketStartsWith) {
  const Bytes bytes = join({tail(mp2(9), 100), mp2(1), mp2(2), mp2(3)});
  Framer framer(Codec::kMpegAudio);
  EXPECT_EQ(tags(run(framer, Stream().pes(bytes))), (Tags{1, 2, 3}));
  EXPECT_EQ(framer.skipped(), test::kMp2Size - 100);
}

TEST(Framer, WaitsForTwoMoreHeadersWhereNothingWasAnnounced) {
  Framer framer(Codec::kUnknown);
  EXPECT_TRUE(run(framer, Stream().pes(join({{5}, mp2(1), mp2(2)}))).empty());
  EXPECT_EQ(tags(run(framer, Stream().more(mp2(3)))), (Tags{1, 2, 3}));
}

TEST(Framer, IgnoresASyncWordThatNoFrameStandsBehind) {
  Bytes garbage(300, 0x3F);
  std::copy_n(mp2().begin(), 4, garbage.begin() + 50);
  std::copy_n(ac3().begin(), 8, garbage.begin() + 150);
  const Bytes bytes = join({garbage, adts(200, 1), adts(300, 2), adts(400, 3)});
  EXPECT_EQ(tags(run_fresh(Codec::kUnknown, Stream().pes(bytes))),
            (Tags{1, 2, 3}));
}

TEST(Framer, IsNotHeldUpByAFalseHeaderOnceTheStreamIsKnown) {
  Framer framer(Codec::kMpegAudio);
  ASSERT_EQ(run(framer, Stream().pes(mp2(1))).size(), 1U);
  Bytes torn = tail(mp2(2), 200);
  const Bytes false_header = adts(8000);
  std::copy_n(false_header.begin(), 7, torn.begin() + 20);
  EXPECT_EQ(tags(run(framer, Stream().lose(1).more(join({torn, mp2(3)})))),
            (Tags{3}));
}

TEST(Framer, GivesTheLastFrameAtTheEnd) {
  const Stream stream = Stream().pes(join({{5}, mp2(1)})).end();
  EXPECT_EQ(tags(run_fresh(Codec::kMpegAudio, stream)), (Tags{1}));
  EXPECT_TRUE(run_fresh(Codec::kUnknown, stream).empty());
}

TEST(Framer, DropsAFrameThatTheEndCuts) {
  Framer framer(Codec::kMpegAudio);
  const Stream stream =
      Stream().pes(join({mp2(1), slice(mp2(2), 0, 500)})).end();
  EXPECT_EQ(tags(run(framer, stream)), (Tags{1}));
  EXPECT_EQ(framer.skipped(), 500U);
  EXPECT_EQ(tags(run(framer, Stream().pes(mp2(3), 5))), (Tags{3}));
}

TEST(Framer, FollowsAChangeOfCodec) {
  Framer framer(Codec::kMpegAudio);
  const Stream stream = Stream()
                            .pes(join({mp2(1), mp2(2)}), 10)
                            .pes(ac3(3), 20)
                            .pes(ac3(4), 30)
                            .pes(adts(100, 5), 40)
                            .pes(adts(200, 6), 50)
                            .pes(mp2(7), 60);
  const auto units = run(framer, stream);
  EXPECT_EQ(tags(units), (Tags{1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(units[2].pts, 20U);
  EXPECT_EQ(units[4].pts, 40U);
  EXPECT_EQ(units[6].pts, 60U);
  for (const Unit& unit : units) EXPECT_EQ(unit.missing, 0U);
  EXPECT_EQ(framer.codec(), Codec::kMpegAudio);
  EXPECT_EQ(framer.skipped(), 0U);
}

TEST(Framer, GivesThePtsToTheFirstFrameThatStartsInThePesPacket) {
  const Bytes two = mp2(2);
  const auto units = run_fresh(
      Codec::kMpegAudio, Stream()
                             .pes(join({mp2(1), slice(two, 0, 100)}), 10)
                             .pes(join({tail(two, 100), mp2(3), mp2(4)}), 20)
                             .pes(mp2(5), 30));
  ASSERT_EQ(tags(units), (Tags{1, 2, 3, 4, 5}));
  EXPECT_EQ(units[0].pts, 10U);
  EXPECT_FALSE(units[1].pts) << "its PES packet's PTS is the first frame's";
  EXPECT_EQ(units[2].pts, 20U);
  EXPECT_FALSE(units[3].pts);
  EXPECT_EQ(units[4].pts, 30U);
}

TEST(Framer, GivesAPtsToNoFrameThatStartsInALaterPesPacket) {
  const Bytes one = mp2(1);
  const auto units =
      run_fresh(Codec::kMpegAudio, Stream()
                                       .pes(slice(one, 0, 200), 10)
                                       .pes(slice(one, 200, 400), 20)
                                       .pes(tail(one, 400), 30)
                                       .pes(mp2(2)));
  ASSERT_EQ(units.size(), 2U);
  EXPECT_EQ(units[0].pts, 10U);
  EXPECT_FALSE(units[1].pts);
}

TEST(Framer, GivesThePtsToTheFirstFrameBehindTheTailOfAnEarlierOne) {
  const auto units =
      run_fresh(Codec::kMpegAudio,
                Stream().pes(join({tail(mp2(9), 100), mp2(1), mp2(2)}), 10));
  ASSERT_EQ(tags(units), (Tags{1, 2}));
  EXPECT_EQ(units[0].pts, 10U);
}

TEST(Framer, GivesAPtsToNoFrameBehindOneThatIsDamaged) {
  Bytes damaged = mp2(2);
  damaged[0] = 0;
  const auto units =
      run_fresh(Codec::kMpegAudio,
                Stream().pes(mp2(1), 10).pes(join({damaged, mp2(3)}), 20));
  ASSERT_EQ(tags(units), (Tags{1, 3}));
  EXPECT_FALSE(units[1].pts);
  EXPECT_EQ(units[1].missing, 1U);
}

TEST(Framer, GivesThePtsOfThePesPacketInWhichItFindsItsWayAgain) {
  const Bytes torn = mp2(2);
  const auto units = run_fresh(Codec::kMpegAudio,
                               Stream()
                                   .pes(mp2(1), 10)
                                   .lose(1)
                                   .more(slice(torn, 184, 476))
                                   .pes(join({tail(torn, 76), mp2(3)}), 20));
  ASSERT_EQ(tags(units), (Tags{1, 3}));
  EXPECT_EQ(units[1].pts, 20U);
}

TEST(Framer, GivesAPtsToNoFrameBehindALoss) {
  const auto units = run_fresh(Codec::kMpegAudio,
                               Stream()
                                   .pes(mp2(1), 10)
                                   .pes(slice(mp2(2), 0, 184), 20)
                                   .lose(1)
                                   .more(join({tail(mp2(2), 368), mp2(3)})));
  ASSERT_EQ(tags(units), (Tags{1, 3}));
  EXPECT_FALSE(units[1].pts);
}

TEST(Framer, DropsTheFrameThatALossHitsAndCountsIt) {
  for (const unsigned packets : {1U, 2U, 3U, 10U, 12U}) {
    Bytes bytes;
    for (std::uint8_t i = 0; i < 10; ++i) test::put(bytes, mp2(i));
    const std::size_t hole = 700;
    const Stream stream = Stream()
                              .pes(slice(bytes, 0, hole))
                              .lose(packets)
                              .more(tail(bytes, hole + packets * 184));
    Framer framer(Codec::kMpegAudio);
    const auto units = run(framer, stream);
    const std::size_t first = (hole + packets * 184 + 575) / 576;
    ASSERT_EQ(units.size(), 1 + 10 - first) << packets;
    EXPECT_EQ(units[1].missing, first - 1) << packets;
    EXPECT_EQ(units[1].bytes.back(), first) << packets;
  }
}

TEST(Framer, CountsNothingWhereALossHitNothing) {
  // What is lost between two frames may have been another stream's.
  const auto units =
      run_fresh(Codec::kMpegAudio, Stream().pes(mp2(1)).lose(0).pes(mp2(2)));
  ASSERT_EQ(tags(units), (Tags{1, 2}));
  EXPECT_EQ(units[1].missing, 0U);
}

TEST(Framer, CountsFramesWhoseHeaderIsDamaged) {
  Bytes bytes = join({ac3(1), ac3(2), ac3(3), ac3(4)});
  bytes[768] = 0;
  bytes[2 * 768 + 1] = 0;
  Framer framer(Codec::kAc3);
  const auto units = run(framer, Stream().pes(bytes));
  ASSERT_EQ(tags(units), (Tags{1, 4}));
  EXPECT_EQ(units[1].missing, 2U);
  EXPECT_EQ(framer.skipped(), 2 * 768U);
}

TEST(Framer, RoundsWhatIsMissingToWholeFrames) {
  const auto units =
      run_fresh(Codec::kMpegAudio,
                Stream().pes(mp2(1)).lose(3).pes(mp2(3)).lose(4).pes(mp2(5)));
  ASSERT_EQ(tags(units), (Tags{1, 3, 5}));
  EXPECT_EQ(units[1].missing, 1U) << "552 bytes";
  EXPECT_EQ(units[2].missing, 1U) << "736 bytes";
}

TEST(Framer, CountsNothingAcrossTheEnd) {
  const auto units = run_fresh(
      Codec::kMpegAudio,
      Stream().pes(mp2(1)).end().pes(join({Bytes(600), mp2(3), mp2(4)})));
  ASSERT_EQ(tags(units), (Tags{1, 3, 4}));
  EXPECT_EQ(units[1].missing, 0U);
}

TEST(Framer, TrustsNoLoasSyncWordBehindALoss) {
  Bytes torn(60, 0x3F);
  std::copy_n(loas(50).begin(), 3, torn.begin() + 30);
  const auto units = run_fresh(
      Codec::kAacLatm, Stream()
                           .pes(loas(100, 1))
                           .lose(1)
                           .more(join({torn, loas(90, 2), loas(80, 3)})));
  ASSERT_EQ(tags(units), (Tags{1, 2, 3}));
  EXPECT_EQ(units[1].bytes, loas(90, 2));
}

TEST(Framer, CountsNothingOfALongInterruption) {
  const auto units =
      run_fresh(Codec::kMpegAudio, Stream().pes(mp2(1)).lose(1000).pes(mp2(2)));
  EXPECT_EQ(units[1].missing, 0U);
}

TEST(Framer, CountsNothingWhereFramesDifferInSize) {
  const auto units = run_fresh(
      Codec::kAacAdts, Stream().pes(adts(300, 1)).lose(9).pes(adts(200, 2)));
  ASSERT_EQ(tags(units), (Tags{1, 2}));
  EXPECT_EQ(units[1].missing, 0U);
}

TEST(Framer, CountsOnThroughPadding) {
  using test::mp3;
  const auto units = run_fresh(
      Codec::kMpegAudio,
      Stream().pes(join({mp3(false, 1), mp3(true, 2), mp3(false, 3)})));
  EXPECT_EQ(tags(units), (Tags{1, 2, 3}));
}

TEST(Framer, CountsNothingOfFramesOfAnySize) {
  Framer framer(Codec::kEac3);
  const auto sized = [](std::size_t size) {
    return test::make_frame(
        {0x0B, 0x77, static_cast<std::uint8_t>((size / 2 - 1) >> 8),
         static_cast<std::uint8_t>(size / 2 - 1), 0x34, 0x80},
        size, 1);
  };
  Stream stream;
  stream.pes(sized(600)).pes(sized(300)).lose(4).pes(sized(600));
  const auto units = run(framer, stream);
  ASSERT_EQ(units.size(), 3U);
  EXPECT_EQ(units[2].missing, 0U);
}

TEST(Framer, StartsAfreshOnReset) {
  Framer framer(Codec::kMpegAudio);
  (void)run(framer, Stream().pes(join({mp2(1), slice(mp2(2), 0, 100)})));
  framer.reset();
  EXPECT_EQ(framer.codec(), Codec::kUnknown);
  const auto units = run(framer, Stream().pes(mp2(3), 5));
  ASSERT_EQ(tags(units), (Tags{3}));
  EXPECT_EQ(units[0].missing, 0U);
}

TEST(Framer, KeepsAUnitsBytesUntilThePush) {
  Framer framer(Codec::kMpegAudio);
  const Bytes bytes = join({mp2(1), mp2(2), mp2(3)});
  framer.push({.bytes = bytes, .starts = true});
  const auto first = framer.next();
  const auto second = framer.next();
  ASSERT_TRUE(first && second && framer.next() && !framer.next());
  EXPECT_EQ(first->bytes.back(), 1);
  EXPECT_EQ(second->bytes.back(), 2);
}

/// Streams of every codec with all that may happen to one.
std::vector<Stream> eventful_streams() {
  std::vector<Stream> streams;
  const Bytes torn = mp2(2);
  streams.push_back(
      Stream()
          .pes(join({tail(mp2(9), 77), mp2(1), slice(torn, 0, 9)}), 1)
          .pes(join({tail(torn, 9), mp2(3), {0xFF, 0xFD}}), 2)
          .lose(2)
          .more(join({tail(mp2(4), 300), mp2(5)}))
          .pes(join({ac3(6), ac3(7), {1, 2, 3}, ac3(8)}), 3)
          .pes(join({adts(30, 9), adts(9, 1), adts(8000, 2)}), 4)
          .end()
          .pes(join({loas(4, 3), loas(8194, 4), loas(40, 5)}), 5)
          .end());
  Stream eac3_stream;
  for (std::uint8_t i = 0; i < 6; ++i) {
    eac3_stream.pes(join({eac3(i), eac3(0, true), eac3(0, true, 1)}), i);
    if (i == 2) eac3_stream.lose(1).more(tail(eac3(0, true), 40)).lose(3);
    if (i == 3) eac3_stream.more(eac3(0, false, 3)).pes(eac3(9), 50);
  }
  streams.push_back(eac3_stream.end());
  Bytes decoys = tail(mp2(9), 77);
  for (int i = 0; i < 12; ++i) {
    test::put(decoys, slice(loas(4000), 0, 5));
    test::put(decoys, slice(adts(3000), 0, 9));
    test::put(decoys, slice(ac3(), 0, 11));
  }
  streams.push_back(Stream()
                        .pes(join({decoys, mp2(1), mp2(2), decoys, mp2(3)}), 1)
                        .pes(join({decoys, mp2(4), mp2(5), mp2(6)}), 2)
                        .end());
  return streams;
}

TEST(Framer, GivesTheSameHoweverThePiecesWereCut) {
  for (const Stream& stream : eventful_streams()) {
    for (const Codec announced :
         {Codec::kUnknown, Codec::kMpegAudio, Codec::kAc3, Codec::kEac3,
          Codec::kAacAdts, Codec::kAacLatm}) {
      Framer whole(announced);
      const auto expected = run(whole, stream, 1U << 20);
      EXPECT_FALSE(expected.empty());
      for (const std::size_t step : {1U, 7U, 184U, 1000U}) {
        Framer cut(announced);
        EXPECT_EQ(run(cut, stream, step), expected) << step;
        EXPECT_EQ(cut.skipped(), whole.skipped()) << step;
        EXPECT_EQ(cut.codec(), whole.codec()) << step;
      }
    }
  }
}

}  // namespace
}  // namespace xg2g::es
