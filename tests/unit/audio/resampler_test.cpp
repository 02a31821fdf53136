// SPDX-License-Identifier: MIT
#include "audio/resampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "planar.h"
#include "support/signal.h"

namespace xg2g::audio {
namespace {

test::Sound convert(Resampler& resampler, const test::Sound& in) {
  test::Sound out(in.size());
  for (std::size_t at = 0; at < in[0].size();) {
    const std::size_t count =
        std::min({resampler.most(), in[0].size() - at, std::size_t{1'152}});
    append(resampler.convert(planar(in).slice(at, count)), out);
    at += count;
  }
  while (true) {
    const Planar left = resampler.drain();
    if (left.count == 0) return out;
    append(left, out);
  }
}

TEST(Resampler, HasNothingToDoAtOneRate) {
  Resampler resampler(2, 48'000);
  resampler.open(48'000);
  EXPECT_FALSE(resampler.active());
}

TEST(Resampler, KeepsEverySampleAtItsTime) {
  for (const int from : {8'000, 16'000, 22'050, 32'000, 44'100, 96'000}) {
    for (const int to : {8'000, 44'100, 48'000, 96'000}) {
      if (from == to) continue;
      const auto count = static_cast<std::size_t>(from);
      Resampler resampler(1, to);
      resampler.open(from);
      const auto out = convert(
          resampler, {test::sine(440, static_cast<unsigned>(from), count)})[0];
      EXPECT_NEAR(static_cast<double>(out.size()), to, 40) << from;
      const auto wanted = test::sine(440, static_cast<unsigned>(to),
                                     static_cast<std::size_t>(to));
      for (std::size_t i = 200; i + 200 < out.size(); ++i) {
        ASSERT_NEAR(out[i], wanted[i], 0.003) << from << " " << to << " " << i;
      }
    }
  }
}

TEST(Resampler, GivesTheSameAgainAfterItWasDrained) {
  const test::Sound in = {test::noise(1, 5'000)};
  Resampler resampler(1, 48'000);
  resampler.open(44'100);
  const auto first = convert(resampler, in);
  resampler.open(44'100);
  EXPECT_EQ(convert(resampler, in), first);
}

}  // namespace
}  // namespace xg2g::audio
