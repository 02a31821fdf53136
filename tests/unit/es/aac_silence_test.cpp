// SPDX-License-Identifier: MIT
#include "es/aac_silence.h"

#include <gtest/gtest.h>

#include <vector>

#include "es/audio_specific_config.h"
#include "support/encode.h"

namespace xg2g::es {
namespace {

TEST(AacSilence, IsOneAdtsFrameOfItsFormat) {
  for (std::uint8_t configuration = 1; configuration <= 7; ++configuration) {
    const AacSilence silence({4, configuration});
    const auto header = parse_adts_header(silence.frame());
    ASSERT_TRUE(header);
    EXPECT_EQ(header->size, silence.frame().size());
    EXPECT_EQ(header->sample_rate, 44'100U);
    EXPECT_EQ(header->channels, aac_channels(configuration));
    EXPECT_EQ(header->samples, 1'024);
  }
}

TEST(AacSilence, DecodesToSilenceInEveryChannel) {
  for (std::uint8_t configuration = 1; configuration <= 7; ++configuration) {
    const AacSilence silence({3, configuration});
    const auto frame = silence.frame();
    const std::vector<test::Bytes> frames(3, {frame.begin(), frame.end()});
    const test::Sound heard = test::decode_adts(frames);
    ASSERT_EQ(heard.size(), aac_channels(configuration));
    for (const test::Samples& channel : heard) {
      EXPECT_EQ(channel, test::Samples(3 * 1'024, 0.0F));
    }
  }
}

}  // namespace
}  // namespace xg2g::es
