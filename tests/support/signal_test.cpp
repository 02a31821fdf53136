// SPDX-License-Identifier: MIT
#include "support/signal.h"

#include <gtest/gtest.h>

namespace xg2g::test {
namespace {

constexpr unsigned kRate = 48'000;

TEST(Signal, MeasuresADelayInBothDirections) {
  const Samples late = speech(1, kRate, kRate);
  const Samples early(late.begin() + 37, late.end());
  EXPECT_NEAR(measure_delay(late, early, 100).samples, -37, 0.05);
  EXPECT_NEAR(measure_delay(early, late, 100).samples, 37, 0.05);
  EXPECT_GT(measure_delay(early, late, 100).correlation, 0.999);
}

TEST(Signal, FindsNoLikenessInOtherNoise) {
  const Delay delay = measure_delay(noise(1, kRate), noise(2, kRate), 50);
  EXPECT_LT(delay.correlation, 0.1);
}

TEST(Signal, MeasuresTheAmplitudeOfOneFrequency) {
  const Samples both =
      mix(sine(1'000, kRate, kRate, 0.25), sine(3'000, kRate, kRate, 0.5));
  EXPECT_NEAR(amplitude_at(1'000, kRate, both), 0.25, 0.001);
  EXPECT_NEAR(amplitude_at(3'000, kRate, both), 0.5, 0.001);
  EXPECT_NEAR(amplitude_at(2'000, kRate, both), 0, 0.001);
}

TEST(Signal, KeepsWithinTheAmplitudeThatWasAskedFor) {
  EXPECT_NEAR(peak(speech(3, kRate, kRate, 0.5)), 0.5, 0.001);
  EXPECT_LE(peak(noise(3, kRate, 0.25)), 0.25);
}

}  // namespace
}  // namespace xg2g::test
