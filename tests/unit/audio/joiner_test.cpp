// SPDX-License-Identifier: MIT
#include "audio/joiner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "planar.h"
#include "support/signal.h"

namespace xg2g::audio {
namespace {

constexpr std::size_t kFade = 240;

double steepest(const test::Samples& samples) {
  double most = 0;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    most = std::max(most, std::abs(static_cast<double>(samples[i]) -
                                   static_cast<double>(samples[i - 1])));
  }
  return most;
}

/// 2000 samples of `sound`, a hole of `hole` filled, and 2000 more samples
/// from elsewhere in it.
test::Samples with_hole(const test::Sound& sound, std::size_t hole) {
  Joiner joiner(1, 48'000);
  test::Sound out(1);
  append(joiner.pass(planar(sound).slice(0, 2000)), out);
  joiner.cut();
  for (std::size_t left = hole; left > 0;
       left -= std::min<std::size_t>(left, 100)) {
    append(joiner.filler(std::min<std::size_t>(left, 100)), out);
  }
  append(joiner.pass(planar(sound).slice(7013, 2000)), out);
  return out[0];
}

TEST(Joiner, PassesSoundUntouchedAwayFromCuts) {
  const test::Sound in = {test::noise(1, 2000)};
  Joiner joiner(1, 48'000);
  (void)joiner.pass(planar(in));
  EXPECT_EQ(joiner.pass(planar(in)).channels[0], in[0].data());
}

TEST(Joiner, FillsExactlyTheHole) {
  const test::Sound in = {test::sine(440, 48'000, 10'000)};
  for (const std::size_t hole : {0U, 1U, 100U, 240U, 241U, 5000U}) {
    EXPECT_EQ(with_hole(in, hole).size(), 4000 + hole);
  }
}

TEST(Joiner, IsSilentBetweenTheFades) {
  const test::Sound in = {test::noise(1, 10'000)};
  const auto out = with_hole(in, 1000);
  for (std::size_t i = 2000 + kFade; i < 3000; ++i) EXPECT_EQ(out[i], 0);
}

TEST(Joiner, LeavesSoundAloneAfterTheFade) {
  const test::Sound in = {test::noise(1, 10'000)};
  const auto out = with_hole(in, 1000);
  for (std::size_t i = kFade; i < 2000; ++i) {
    EXPECT_EQ(out[3000 + i], in[0][7013 + i]);
  }
}

TEST(Joiner, MakesNoClick) {
  const test::Sound in = {test::sine(440, 48'000, 10'000, 0.9)};
  const double sound = steepest(in[0]);
  for (const std::size_t hole : {0U, 1U, 60U, 240U, 1000U}) {
    EXPECT_LT(steepest(with_hole(in, hole)), 1.6 * sound) << hole;
  }
}

TEST(Joiner, SurvivesACutInAFade) {
  const test::Sound in = {test::sine(440, 48'000, 10'000, 0.9)};
  Joiner joiner(1, 48'000);
  test::Sound out(1);
  append(joiner.pass(planar(in).slice(0, 2000)), out);
  for (std::size_t at = 2000; at < 6000; at += 50) {
    joiner.cut();
    append(joiner.pass(planar(in).slice(at, 50)), out);
  }
  EXPECT_LT(steepest(out[0]), 2 * steepest(in[0]));
  EXPECT_LE(test::peak(out[0]), 1.8);
}

TEST(Joiner, FadesInFromSilenceAtTheStart) {
  const test::Sound in = {test::Samples(1000, 0.8F)};
  Joiner joiner(1, 48'000);
  const Planar out = joiner.pass(planar(in));
  EXPECT_LT(out.channels[0][0], 0.001F);
  EXPECT_EQ(out.channels[0][kFade], 0.8F);
}

}  // namespace
}  // namespace xg2g::audio
