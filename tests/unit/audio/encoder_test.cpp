// SPDX-License-Identifier: MIT
#include "audio/encoder.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "es/frame_header.h"
#include "support/encode.h"
#include "support/signal.h"

namespace xg2g::audio {
namespace {

/// Encodes noise, loud enough to need every bit.
std::vector<test::Bytes> encode_noise(const Format& format,
                                      std::size_t blocks) {
  auto encoder = std::move(Encoder::open(format).value());
  std::vector<test::Bytes> frames;
  for (std::size_t i = 0; i < blocks; ++i) {
    for (int c = 0; c < format.channels; ++c) {
      const auto channel = static_cast<std::size_t>(c);
      const auto noise = test::noise(
          static_cast<std::uint32_t>(100 * i + channel), Encoder::kBlock, 0.8);
      std::copy(noise.begin(), noise.end(), encoder->channel(channel));
    }
    const auto frame = encoder->encode();
    frames.emplace_back(frame.begin(), frame.end());
  }
  return frames;
}

TEST(Encoder, NamesItsChannelsWithoutAProgramConfigElement) {
  for (const int channels : {1, 2, 3, 4, 5, 6, 8}) {
    const auto frames =
        encode_noise({.channels = channels, .bit_rate = 64'000 * channels}, 3);
    const auto header = es::parse_frame_header(frames[2]);
    ASSERT_TRUE(header) << channels;
    EXPECT_EQ(header->codec, es::Codec::kAacAdts);
    EXPECT_EQ(header->channels, channels);
    EXPECT_EQ(header->sample_rate, 48'000U);
    EXPECT_EQ(header->size, frames[2].size());
    const auto decoded = test::decode_adts(frames);
    EXPECT_EQ(decoded.size(), static_cast<std::size_t>(channels));
  }
}

TEST(Encoder, StaysUnder6144BitsAFrameAndChannel) {
  for (const int channels : {1, 2, 6, 8}) {
    const Format format{.sample_rate = 16'000,
                        .channels = channels,
                        .bit_rate = std::min(512'000, 96'000 * channels)};
    for (const auto& frame : encode_noise(format, 40)) {
      EXPECT_LE(frame.size(), 768U * static_cast<std::size_t>(channels) + 7);
    }
  }
}

TEST(Encoder, KeepsTheBitRate) {
  const auto frames = encode_noise({}, 470);
  std::size_t bytes = 0;
  for (const auto& frame : frames) bytes += frame.size();
  EXPECT_NEAR(static_cast<double>(bytes) * 8 / (470 * 1024 / 48'000.0), 192'000,
              8'000);
}

TEST(Encoder, IsLateByTwoCalls) {
  auto encoder = std::move(Encoder::open({.channels = 1}).value());
  const auto sound = test::speech(3, 48'000, 100 * Encoder::kBlock, 0.5);
  std::vector<test::Bytes> frames;
  for (std::size_t i = 0; i < 100; ++i) {
    std::copy_n(sound.data() + i * Encoder::kBlock, Encoder::kBlock,
                encoder->channel(0));
    const auto frame = encoder->encode();
    EXPECT_EQ(frame.empty(), i == 0);
    if (!frame.empty()) frames.emplace_back(frame.begin(), frame.end());
  }
  const auto decoded = test::decode_adts(frames)[0];
  const auto delay = test::measure_delay(sound, decoded, 4'000);
  EXPECT_NEAR(delay.samples, 1024, 0.1);
  EXPECT_GT(delay.correlation, 0.99);
}

}  // namespace
}  // namespace xg2g::audio
