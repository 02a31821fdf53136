// SPDX-License-Identifier: MIT
#include "audio/mixer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "planar.h"
#include "support/signal.h"

namespace xg2g::audio {
namespace {

Matrix gains(float left, float right) {
  Matrix matrix{};
  matrix[0][0] = left;
  matrix[1][1] = right;
  return matrix;
}

TEST(Mixer, PassesStereoUntouchedAtUnity) {
  const test::Sound in = {test::noise(1, 1000), test::noise(2, 1000)};
  Mixer mixer(2);
  mixer.set(gains(1, 1), 2, 48'000);
  const Planar out = mixer.mix(planar(in));
  EXPECT_EQ(out.channels[0], in[0].data());
  EXPECT_EQ(out.channels[1], in[1].data());
}

TEST(Mixer, AddsWhatTheMatrixSays) {
  const test::Sound in = {test::noise(1, 500), test::noise(2, 500),
                          test::noise(3, 500)};
  Matrix matrix{};
  matrix[0] = {1, 0, 0.5F};
  matrix[1] = {0, 0.25F, -0.5F};
  Mixer mixer(2);
  mixer.set(matrix, 3, 48'000);
  const Planar out = mixer.mix(planar(in));
  for (std::size_t i = 0; i < 500; ++i) {
    EXPECT_NEAR(out.channels[0][i], in[0][i] + in[2][i] / 2, 1e-6);
    EXPECT_NEAR(out.channels[1][i], in[1][i] / 4 - in[2][i] / 2, 1e-6);
  }
}

TEST(Mixer, SpreadsAChangeOfGainOverTenMilliseconds) {
  const test::Sound in = {test::Samples(2000, 1.0F), test::Samples(2000, 1.0F)};
  Mixer mixer(2);
  mixer.set(gains(1, 1), 2, 48'000);
  (void)mixer.mix(planar(in));
  mixer.set(gains(0.5F, 1), 2, 48'000);
  float last = 1;
  for (std::size_t at = 0; at < 1000; at += 100) {
    const Planar out = mixer.mix(planar(in).slice(at, 100));
    for (std::size_t i = 0; i < 100; ++i) {
      EXPECT_LE(std::abs(out.channels[0][i] - last), 0.5 / 480 + 1e-5);
      EXPECT_NEAR(out.channels[1][i], 1, 1e-6);
      last = out.channels[0][i];
    }
  }
  EXPECT_EQ(last, 0.5F);
}

TEST(Mixer, SetsAnotherNumberOfChannelsAtOnce) {
  const test::Sound in = {test::Samples(100, 1.0F)};
  Matrix mono{};
  mono[0][0] = 0.5F;
  Mixer mixer(2);
  mixer.set(gains(1, 1), 2, 48'000);
  mixer.set(mono, 1, 48'000);
  EXPECT_EQ(mixer.mix(planar(in)).channels[0][0], 0.5F);
}

}  // namespace
}  // namespace xg2g::audio
