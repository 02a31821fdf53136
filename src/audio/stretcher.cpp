// SPDX-License-Identifier: MIT
#include "audio/stretcher.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

namespace xg2g::audio {
namespace {

constexpr int kTaps = 16;
using Kernel = std::array<float, kTaps>;

/// A sinc under a cosine window, for a place `fraction` (0 to 1) behind tap
/// kTaps / 2 - 1.
Kernel kernel_at(double fraction) noexcept {
  Kernel kernel{};
  double sum = 0;
  // All taps are whole samples apart: their sines differ in nothing but sign.
  const double sine = std::sin(fraction * std::numbers::pi);
  constexpr int kCentre = kTaps / 2 - 1;
  for (int i = 0; i < kTaps; ++i) {
    const double x = i - kCentre - fraction;
    const double window = std::cos(x * std::numbers::pi / (kTaps + 1)) *
                          std::cos(x * std::numbers::pi / (kTaps + 1));
    const double phase = x * std::numbers::pi;
    const double sign = i % 2 == 0 ? 1 : -1;
    const double value = std::abs(x) < 1e-9 ? 1 : sign * sine / phase * window;
    kernel[static_cast<std::size_t>(i)] = static_cast<float>(value);
    sum += value;
  }
  for (float& tap : kernel) tap = static_cast<float>(tap / sum);
  return kernel;
}

/// Past its ends the sound is its own mirror image.
float sample_at(const float* in, std::ptrdiff_t count,
                std::ptrdiff_t index) noexcept {
  if (index < 0) index = -index;
  if (index >= count) index = 2 * (count - 1) - index;
  return in[index];
}

float apply(const Kernel& kernel, const float* in, std::size_t count,
            std::size_t at) noexcept {
  const auto first = static_cast<std::ptrdiff_t>(at) - (kTaps / 2 - 1);
  const auto end = static_cast<std::ptrdiff_t>(count);
  float sum = 0;
  for (std::ptrdiff_t i = 0; i < kTaps; ++i) {
    sum += kernel[static_cast<std::size_t>(i)] * sample_at(in, end, first + i);
  }
  return sum;
}

}  // namespace

Planar Stretcher::stretch(const Planar& in, int change) noexcept {
  assert(in.count >= kLeast && in.count <= kMaxChunk);
  const std::size_t count = change > 0 ? in.count + 1 : in.count - 1;
  const double step =
      static_cast<double>(in.count - 1) / static_cast<double>(count - 1);
  for (std::size_t n = 0; n < count; ++n) {
    const double place = static_cast<double>(n) * step;
    const auto at = std::min(static_cast<std::size_t>(place), in.count - 1);
    const Kernel kernel = kernel_at(place - static_cast<double>(at));
    for (std::size_t c = 0; c < out_.channels(); ++c) {
      out_.channel(c)[n] = apply(kernel, in.channels[c], in.count, at);
    }
  }
  return out_.view(0, count);
}

}  // namespace xg2g::audio
