// SPDX-License-Identifier: MIT
#include "audio/peak.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace xg2g::audio {
namespace {

TEST(Peak, IsTheLargestMagnitude) {
  const std::vector<float> samples = {0.0F, -0.5F, 0.25F, -0.0F};
  EXPECT_EQ(peak_of(samples.data(), samples.size()), 0.5F);
  EXPECT_EQ(peak_of(nullptr, 0), 0.0F);
}

TEST(Peak, IsNoFiniteNumberWhereASampleIsNone) {
  using Limits = std::numeric_limits<float>;
  for (const float bad : {Limits::quiet_NaN(), -Limits::quiet_NaN(),
                          Limits::infinity(), -Limits::infinity()}) {
    std::vector<float> samples(100, 0.5F);
    samples[57] = bad;
    EXPECT_FALSE(std::isfinite(peak_of(samples.data(), samples.size())));
  }
}

}  // namespace
}  // namespace xg2g::audio
