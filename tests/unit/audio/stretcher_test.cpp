// SPDX-License-Identifier: MIT
#include "audio/stretcher.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "planar.h"
#include "support/signal.h"

namespace xg2g::audio {
namespace {

TEST(Stretcher, GivesOneSampleMoreOrLess) {
  Stretcher stretcher(2);
  const test::Sound in = {test::noise(1, 1152), test::noise(2, 1152)};
  EXPECT_EQ(stretcher.stretch(planar(in), 1).count, 1153U);
  EXPECT_EQ(stretcher.stretch(planar(in), -1).count, 1151U);
}

TEST(Stretcher, KeepsTheFirstAndTheLastSample) {
  Stretcher stretcher(1);
  const test::Sound in = {test::noise(1, 1152)};
  for (const int change : {1, -1}) {
    const Planar out = stretcher.stretch(planar(in), change);
    EXPECT_NEAR(out.channels[0][0], in[0].front(), 1e-5);
    EXPECT_NEAR(out.channels[0][out.count - 1], in[0].back(), 1e-3);
  }
}

TEST(Stretcher, ReadsASineOffWhereItIs) {
  Stretcher stretcher(1);
  for (const double hertz : {100.0, 1'000.0, 10'000.0, 15'000.0}) {
    const double step = 2 * std::numbers::pi * hertz / 48'000;
    const test::Sound in = {test::sine(hertz, 48'000, 1152, 0.8)};
    for (const int change : {1, -1}) {
      const Planar out = stretcher.stretch(planar(in), change);
      const double spacing = 1151.0 / static_cast<double>(out.count - 1);
      for (std::size_t i = 16; i < out.count - 16; ++i) {
        const double place = static_cast<double>(i) * spacing;
        EXPECT_NEAR(out.channels[0][i], 0.8 * std::sin(step * place), 0.004)
            << hertz << " " << i;
      }
    }
  }
}

}  // namespace
}  // namespace xg2g::audio
