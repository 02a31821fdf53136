// SPDX-License-Identifier: MIT
#include "audio/decoder.h"

#include <gtest/gtest.h>

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
