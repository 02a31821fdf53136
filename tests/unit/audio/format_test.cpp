// SPDX-License-Identifier: MIT
#include "audio/format.h"

#include <gtest/gtest.h>

#include <string>

namespace xg2g::audio {
namespace {

std::string refusal(const Format& format) {
  const auto error = check(format);
  return error ? error->message : "";
}

TEST(Format, DefaultsAreAllowed) { EXPECT_FALSE(check(Format{})); }

TEST(Format, TakesEverySampleRateOfAac) {
  for (const int rate : {8'000, 11'025, 12'000, 16'000, 22'050, 24'000, 32'000,
                         44'100, 48'000, 64'000, 88'200, 96'000}) {
    EXPECT_FALSE(check({.sample_rate = rate, .bit_rate = 64'000})) << rate;
  }
}

TEST(Format, TakesOneToSixChannelsAndEight) {
  for (const int channels : {1, 2, 3, 4, 5, 6, 8}) {
    EXPECT_FALSE(check({.channels = channels})) << channels;
  }
}

TEST(Format, NamesTheSampleRateItRefuses) {
  EXPECT_NE(refusal({.sample_rate = 7'350}).find("7350"), std::string::npos);
  EXPECT_NE(refusal({.sample_rate = 47'999}).find("48000"), std::string::npos);
  EXPECT_NE(refusal({.sample_rate = -1}), "");
}

TEST(Format, NamesTheChannelsItRefuses) {
  for (const int channels : {-1, 0, 7, 9}) {
    EXPECT_NE(refusal({.channels = channels}).find(std::to_string(channels)),
              std::string::npos);
  }
}

TEST(Format, BoundsTheBitRateByThe6144BitsOfAFrameAndChannel) {
  EXPECT_FALSE(check({.sample_rate = 8'000, .bit_rate = 96'000}));
  const auto text = refusal({.sample_rate = 8'000, .bit_rate = 96'001});
  EXPECT_NE(text.find("96001"), std::string::npos);
  EXPECT_NE(text.find("32000 to 96000"), std::string::npos);
}

TEST(Format, BoundsTheBitRateForAll) {
  EXPECT_FALSE(check({.bit_rate = 32'000}));
  EXPECT_NE(refusal({.bit_rate = 31'999}), "");
  EXPECT_FALSE(check({.bit_rate = 512'000}));
  EXPECT_NE(refusal({.bit_rate = 512'001}), "");
}

TEST(Format, RefusesADrcPercentOver100) {
  EXPECT_NE(refusal({.drc_percent = 101}).find("101"), std::string::npos);
  EXPECT_NE(refusal({.drc_percent = -1}), "");
}

}  // namespace
}  // namespace xg2g::audio
