// SPDX-License-Identifier: MIT
#include "demo/sound.h"

#include <algorithm>
#include <array>

namespace xg2g::demo {
namespace {

using test::Samples;

constexpr unsigned kRate = 48'000;

/// Adds `tone` from the sample `at` on, without a click at either end.
void add(Samples& out, std::size_t at, const Samples& tone) {
  constexpr std::size_t kFade = kRate / 200;
  for (std::size_t i = 0; i < tone.size() && at + i < out.size(); ++i) {
    const std::size_t edge = std::min(i, tone.size() - 1 - i);
    const float gain =
        std::min(1.0F, static_cast<float>(edge) / static_cast<float>(kFade));
    out[at + i] += gain * tone[i];
  }
}

}  // namespace

std::vector<Samples> make_stereo(unsigned seconds) {
  const std::size_t count = std::size_t{seconds} * kRate;
  const Samples beep = test::sine(1'000, kRate, kRate / 10, 0.5);
  std::vector<Samples> out{test::sweep(200, 2'000, kRate, count, 0.05),
                           test::sweep(2'000, 200, kRate, count, 0.05)};
  for (Samples& channel : out) {
    for (unsigned second = 0; second < seconds; ++second) {
      add(channel, std::size_t{second} * kRate, beep);
    }
  }
  return out;
}

std::vector<Samples> make_surround(unsigned seconds) {
  constexpr std::array<double, 6> kTones{440, 550, 660, 55, 770, 880};
  std::vector<Samples> out(kTones.size(),
                           test::silence(std::size_t{seconds} * kRate));
  for (unsigned second = 0; second < seconds; ++second) {
    const std::size_t channel = second % kTones.size();
    add(out[channel], std::size_t{second} * kRate,
        test::sine(kTones[channel], kRate, kRate * 7 / 10, 0.4));
  }
  return out;
}

}  // namespace xg2g::demo
