// SPDX-License-Identifier: MIT
#include "audio/decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <vector>

#include "base/bit_writer.h"
#include "base/crc.h"
#include "support/encode.h"
#include "support/signal.h"

namespace xg2g::audio {
namespace {

std::vector<test::CodedUnit> units_of(const char* encoder,
                                      std::size_t channels) {
  const test::Sound sound(channels, test::noise(4, 20'000));
  return test::encode({encoder, 48'000, 384'000, {}}, sound);
}

TEST(Decoder, GivesWhatLibavcodecGives) {
  for (const char* encoder : {"mp2", "ac3", "eac3"}) {
    const auto units = units_of(encoder, 2);
    const auto reference = test::decode(units);
    const auto decoder = Decoder::open(units[0].header, 100);
    ASSERT_NE(decoder, nullptr);
    std::size_t at = 0;
    for (const auto& unit : units) {
      const auto decoded = decoder->decode(unit.bytes);
      ASSERT_TRUE(decoded) << encoder;
      EXPECT_EQ(decoded->rate, 48'000);
      EXPECT_EQ(decoded->sound.count, unit.header.samples);
      for (std::size_t i = 0; i < decoded->sound.count; ++i, ++at) {
        ASSERT_EQ(decoded->sound.channels[1][i], reference[1][at]);
      }
    }
  }
}

TEST(Decoder, NamesTheRolesOfSurround) {
  const auto units = units_of("ac3", 6);
  const auto decoded =
      Decoder::open(units[0].header, 100)->decode(units[0].bytes);
  ASSERT_TRUE(decoded);
  using enum Role;
  EXPECT_EQ(decoded->layout,
            (Layout{{kLeft, kRight, kCentre, kLfe, kSideLeft, kSideRight}, 6}));
}

TEST(Decoder, ReadsTheStreamsMixLevels) {
  const test::Sound sound(6, test::noise(4, 20'000));
  const auto units =
      test::encode({"ac3",
                    48'000,
                    448'000,
                    {{"center_mixlev", "0.5"}, {"surround_mixlev", "0.707"}}},
                   sound);
  const auto decoded =
      Decoder::open(units[0].header, 100)->decode(units[0].bytes);
  ASSERT_TRUE(decoded);
  EXPECT_NEAR(decoded->levels.centre, 0.5, 0.001);
  EXPECT_NEAR(decoded->levels.surround, 0.707, 0.001);
}

TEST(Decoder, StandsMinus3dBInWhereEac3SaysNothing) {
  const auto units = units_of("eac3", 6);
  const auto decoded =
      Decoder::open(units[0].header, 100)->decode(units[0].bytes);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->levels, MixLevels{});
}

TEST(Decoder, FindsDamageByTheCrc) {
  auto units = units_of("ac3", 2);
  const auto decoder = Decoder::open(units[0].header, 100);
  units[1].bytes[300] ^= 1;
  EXPECT_TRUE(decoder->decode(units[0].bytes));
  EXPECT_FALSE(decoder->decode(units[1].bytes));
  EXPECT_TRUE(decoder->decode(units[2].bytes));
}

TEST(Decoder, TrustsTheSoundWhereEveryCrcIsWrong) {
  auto units = units_of("ac3", 2);
  const auto decoder = Decoder::open(units[0].header, 100);
  units[1].bytes.back() ^= 1;  // In crc2.
  for (int i = 0; i < 32; ++i) {
    EXPECT_FALSE(decoder->decode(units[1].bytes));
  }
  EXPECT_TRUE(decoder->decode(units[1].bytes));
  EXPECT_TRUE(decoder->decode(units[2].bytes));
  EXPECT_TRUE(decoder->decode(units[1].bytes));
}

/// A decoder that does not look at the CRC any more.
std::unique_ptr<Decoder> distrusting(const test::CodedUnit& wrong) {
  auto decoder = Decoder::open(wrong.header, 100);
  for (int i = 0; i < 32; ++i) EXPECT_FALSE(decoder->decode(wrong.bytes));
  EXPECT_TRUE(decoder->decode(wrong.bytes));
  return decoder;
}

TEST(Decoder, TrustsTheCrcAgainAfterAnInterruption) {
  auto wrong = units_of("ac3", 2)[1];
  wrong.bytes.back() ^= 1;
  const auto decoder = distrusting(wrong);
  decoder->reset();
  EXPECT_FALSE(decoder->decode(wrong.bytes));
}

TEST(Decoder, TrustsTheCrcAgainWhereFramesAreDamagedAllTheSame) {
  auto wrong = units_of("ac3", 2)[1];
  wrong.bytes.back() ^= 1;
  const auto decoder = distrusting(wrong);
  EXPECT_FALSE(decoder->decode(test::Bytes(wrong.bytes.size(), 0x55)));
  EXPECT_FALSE(decoder->decode(wrong.bytes));
}

constexpr std::uint16_t kRearPair = 0x0200;  // ETSI TS 102 366, table E.1.4
constexpr std::uint16_t kTooManyPairs = 0xFFFF;

/// A dependent E-AC-3 frame of six silent blocks in stereo that stands for
/// these channels (ETSI TS 102 366, E.1.2).
test::Bytes make_dependent(unsigned substream, std::uint16_t channels) {
  test::Bytes frame(128);
  base::BitWriter out(frame);
  const auto zeros = [&](unsigned bits) { out.write(0, bits); };
  out.write(0x0B77, 16);
  out.write(1, 2);  // strmtyp
  out.write(substream, 3);
  out.write(frame.size() / 2 - 1, 11);
  out.write(0b00'11'010'0, 8);  // 48 kHz, six blocks, 2/0, no LFE
  out.write(16, 5);             // bsid
  out.write(31, 5);             // dialnorm
  out.write(0b01, 2);           // compre, chanmape
  out.write(channels, 16);
  zeros(3 + 12);         // mixmdate to addbsie; audfrm: expstre to spxattene
  zeros(6 + 2 * 5);      // no coupling; D15 in the first block, then reuse
  zeros(6 + 4 + 1);      // frmcsnroffst, frmfsnroffst, blkstrtinfoe
  zeros(2 + 4 + 2 * 6);  // dynrnge, spxinu, rematflg, chbwcod
  for (int channel = 0; channel < 2; ++channel) {
    out.write(15, 4);
    for (int group = 0; group < 24; ++group) out.write(62, 7);  // no change
    zeros(2);                                                   // gainrng
  }
  const auto guarded = std::span(frame).subspan(2);
  const std::uint16_t crc = base::crc16(guarded.first(guarded.size() - 2), 0);
  frame[frame.size() - 2] = static_cast<std::uint8_t>(crc >> 8);
  frame[frame.size() - 1] = static_cast<std::uint8_t>(crc);
  return frame;
}

/// 5.1 with one dependent frame for each of `maps` behind every frame.
std::vector<test::CodedUnit> with_dependents(
    const std::vector<std::uint16_t>& maps) {
  auto units = units_of("eac3", 6);
  for (test::CodedUnit& unit : units) {
    unsigned substream = 0;
    for (const std::uint16_t map : maps) {
      test::put(unit.bytes, make_dependent(substream++, map));
    }
  }
  return units;
}

TEST(Decoder, DecodesADependentFrameWithItsIndependentOne) {
  const auto units = with_dependents({kRearPair});
  const auto decoder = Decoder::open(units[0].header, 100);
  for (const auto& unit : units) {
    const auto decoded = decoder->decode(unit.bytes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->layout.count, 8U);
  }
}

TEST(Decoder, LeavesOutMoreDependentFramesThanLibavcodecTakes) {
  const auto units = with_dependents({kRearPair, 0x0010});
  const auto alone = units_of("eac3", 6);
  const auto decoder = Decoder::open(units[0].header, 100);
  const auto reference = Decoder::open(units[0].header, 100);
  for (std::size_t n = 0; n < units.size(); ++n) {
    const auto expected = reference->decode(alone[n].bytes);
    const auto decoded = decoder->decode(units[n].bytes);
    ASSERT_TRUE(decoded) << n;
    ASSERT_EQ(decoded->layout, expected->layout);
    for (std::size_t i = 0; i < decoded->sound.count; ++i) {
      ASSERT_EQ(decoded->sound.channels[0][i], expected->sound.channels[0][i]);
    }
  }
}

TEST(Decoder, LeavesOutADependentFrameThatCannotBeDecoded) {
  const auto units = with_dependents({kTooManyPairs});
  const auto decoder = Decoder::open(units[0].header, 100);
  for (const auto& unit : units) {
    const auto decoded = decoder->decode(unit.bytes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->layout.count, 6U);
  }
}

TEST(Decoder, FollowsDependentFramesThatComeAndGo) {
  const auto seven = with_dependents({kRearPair});
  const auto more = with_dependents({kRearPair, 0x0010});
  const auto alone = units_of("eac3", 6);
  const auto decoder = Decoder::open(seven[0].header, 100);
  EXPECT_EQ(decoder->decode(seven[0].bytes)->layout.count, 8U);
  EXPECT_EQ(decoder->decode(more[1].bytes)->layout.count, 6U);
  EXPECT_EQ(decoder->decode(more[2].bytes)->layout.count, 6U);
  EXPECT_EQ(decoder->decode(alone[3].bytes)->layout.count, 6U);
  EXPECT_EQ(decoder->decode(seven[4].bytes)->layout.count, 8U);
}

TEST(Decoder, TakesADamagedDependentFrameForDamage) {
  auto units = with_dependents({kRearPair});
  const auto decoder = Decoder::open(units[0].header, 100);
  EXPECT_TRUE(decoder->decode(units[0].bytes));
  units[1].bytes.back() ^= 1;
  EXPECT_FALSE(decoder->decode(units[1].bytes));
  EXPECT_EQ(decoder->decode(units[2].bytes)->layout.count, 8U);
}

/// Layer I of silence, joint stereo with a CRC.
test::Bytes layer1_frame() {
  test::Bytes frame(392);
  const test::Bytes header = {0xFF, 0xFE, 0xC4, 0x40};
  std::copy(header.begin(), header.end(), frame.begin());
  const auto view = std::span(frame);
  const std::uint16_t crc =
      base::crc16(view.subspan(6, 18), base::crc16(view.subspan(2, 2), 0xFFFF));
  frame[4] = static_cast<std::uint8_t>(crc >> 8);
  frame[5] = static_cast<std::uint8_t>(crc);
  // Behind what the CRC guards.
  frame[30] = 0xA5;
  return frame;
}

TEST(Decoder, ReadsTheCrcOfJointStereoInLayerI) {
  test::Bytes frame = layer1_frame();
  const auto header = es::parse_frame_header(frame);
  ASSERT_TRUE(header);
  const auto decoder = Decoder::open(*header, 100);
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(decoder->decode(frame));
  frame[4] ^= 1;
  for (int i = 0; i < 32; ++i) EXPECT_FALSE(decoder->decode(frame));
  EXPECT_TRUE(decoder->decode(frame));
  decoder->reset();
  EXPECT_FALSE(decoder->decode(frame));
}

TEST(Decoder, TakesUnitsOfAnySize) {
  const auto units = units_of("ac3", 2);
  const auto decoder = Decoder::open(units[0].header, 100);
  EXPECT_FALSE(decoder->decode({}));
  EXPECT_FALSE(decoder->decode(test::Bytes(30'000, 0x55)));
  EXPECT_FALSE(decoder->decode(test::Bytes(200'000, 0x55)));
  EXPECT_TRUE(decoder->decode(units[0].bytes));
}

TEST(Decoder, GivesTheNewRateWithItsFirstFrame) {
  const test::Sound sound(2, test::noise(4, 20'000));
  const auto fast = test::encode({"mp2", 48'000, 192'000, {}}, sound);
  const auto slow = test::encode({"mp2", 32'000, 192'000, {}}, sound);
  const auto decoder = Decoder::open(fast[0].header, 100);
  EXPECT_EQ(decoder->decode(fast[0].bytes)->rate, 48'000);
  EXPECT_EQ(decoder->decode(slow[0].bytes)->rate, 32'000);
}

TEST(Decoder, IsThereForWhatIsDecodedOnly) {
  EXPECT_EQ(Decoder::open({.codec = es::Codec::kDts}, 100), nullptr);
  EXPECT_EQ(Decoder::open({.codec = es::Codec::kUnknown}, 100), nullptr);
  const auto decoder =
      Decoder::open({.codec = es::Codec::kMpegAudio, .layer = 3}, 100);
  ASSERT_NE(decoder, nullptr);
  EXPECT_TRUE(decoder->decodes({.codec = es::Codec::kMpegAudio, .layer = 3}));
  EXPECT_FALSE(decoder->decodes({.codec = es::Codec::kMpegAudio, .layer = 2}));
}

}  // namespace
}  // namespace xg2g::audio
