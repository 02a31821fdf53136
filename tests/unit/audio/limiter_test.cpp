// SPDX-License-Identifier: MIT
#include "audio/limiter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "planar.h"
#include "support/signal.h"

namespace xg2g::audio {
namespace {

constexpr std::size_t kSecond = 48'000;

/// What leaves a limiter that is fed pieces of `piece` samples, and then as
/// much silence as it holds back.
test::Sound limit(const test::Sound& in, std::size_t piece = 1152) {
  Limiter limiter(in.size(), 48'000);
  test::Sound out(in.size());
  for (std::size_t at = 0; at < in[0].size(); at += piece) {
    const std::size_t count = std::min(piece, in[0].size() - at);
    append(limiter.process(planar(in).slice(at, count)), out);
  }
  const test::Sound silence(in.size(), test::silence(limiter.lookahead()));
  append(limiter.process(planar(silence)), out);
  return out;
}

TEST(Limiter, LeavesWhatStaysBelowTheThresholdBitForBit) {
  const test::Sound in = {test::noise(1, kSecond, 0.89),
                          test::noise(2, kSecond, 0.89)};
  EXPECT_EQ(limit(in), in);
}

TEST(Limiter, LetsNothingOverTheThreshold) {
  const test::Sound in = {test::noise(1, kSecond, 3.0),
                          test::sweep(20, 20'000, 48'000, kSecond, 1.5)};
  for (const auto& channel : limit(in)) {
    EXPECT_LE(test::peak(channel), Limiter::kThreshold * 1.000001);
  }
}

TEST(Limiter, HoldsASinglePeakDown) {
  test::Sound in = {test::sine(997, 48'000, kSecond, 0.4)};
  in[0][20'000] = 2.5F;
  const auto out = limit(in);
  EXPECT_NEAR(out[0][20'000], Limiter::kThreshold, 1e-5);
  // Nothing is heard 5 ms before, and it has recovered a second later.
  EXPECT_EQ(out[0][20'000 - 250], in[0][20'000 - 250]);
  for (std::size_t i = 46'000; i < kSecond; ++i) ASSERT_EQ(out[0][i], in[0][i]);
}

TEST(Limiter, MovesNoSample) {
  test::Sound in = {test::speech(3, 48'000, kSecond, 2.0)};
  const auto out = limit(in);
  ASSERT_EQ(out[0].size(), in[0].size());
  for (std::size_t i = 0; i < kSecond; ++i) {
    ASSERT_LE(std::abs(out[0][i]), std::abs(in[0][i]));
    ASSERT_GE(out[0][i] * in[0][i], 0);
  }
  EXPECT_NEAR(test::measure_delay(in[0], out[0], 500).samples, 0, 0.05);
}

TEST(Limiter, TurnsAllChannelsDownTogether) {
  const test::Sound in = {test::noise(1, kSecond, 2.0),
                          test::Samples(kSecond, 0.1F)};
  const auto out = limit(in);
  for (std::size_t i = 0; i < kSecond; ++i) {
    if (in[0][i] == 0) continue;
    ASSERT_NEAR(out[0][i] / in[0][i], out[1][i] / in[1][i], 1e-5);
  }
}

TEST(Limiter, ChangesItsGainWithoutAStep) {
  test::Sound in = {test::Samples(kSecond, 0.5F)};
  for (std::size_t i = 10'000; i < 10'010; ++i) in[0][i] = 4.0F;
  const auto out = limit(in);
  for (std::size_t i = 1; i < kSecond; ++i) {
    const float gain = out[0][i] / in[0][i];
    const float before = out[0][i - 1] / in[0][i - 1];
    ASSERT_LT(std::abs(gain - before), 1.0F / 200) << i;
  }
}

TEST(Limiter, DoesNotDependOnHowItsInputWasCut) {
  const test::Sound in = {test::speech(5, 48'000, kSecond, 3.0)};
  EXPECT_EQ(limit(in, 1), limit(in, 2048));
  EXPECT_EQ(limit(in, 333), limit(in, 1152));
}

TEST(Limiter, ForgetsAllAtReset) {
  const test::Sound loud = {test::noise(1, 1000, 5.0)};
  const test::Sound soft = {test::noise(2, 1000, 0.5)};
  Limiter limiter(1, 48'000);
  (void)limiter.process(planar(loud));
  limiter.reset();
  const Planar out = limiter.process(planar(soft));
  ASSERT_EQ(out.count, 1000 - limiter.lookahead());
  for (std::size_t i = 0; i < out.count; ++i) {
    EXPECT_EQ(out.channels[0][i], soft[0][i]);
  }
}

}  // namespace
}  // namespace xg2g::audio
