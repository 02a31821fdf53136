// SPDX-License-Identifier: MIT
#include "support/signal.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace xg2g::test {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

/// The same numbers on every machine, which <random>'s distributions are not.
class Noise {
 public:
  explicit Noise(std::uint32_t seed) : state_(seed * 2'654'435'761u + 1u) {}

  /// Evenly from -1 to 1.
  double next() {
    state_ = state_ * 1'664'525u + 1'013'904'223u;
    return static_cast<double>(state_ >> 8) / (1 << 23) - 1;
  }

 private:
  std::uint32_t state_;
};

template <typename Function>
Samples generate(std::size_t count, Function&& at) {
  Samples out(count);
  for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<float>(at(i));
  return out;
}

/// A two-pole resonance, as a formant of speech.
class Resonance {
 public:
  Resonance(double hertz, double bandwidth, unsigned sample_rate)
      : radius_(std::exp(-std::numbers::pi * bandwidth / sample_rate)),
        cosine_(std::cos(kTurn * hertz / sample_rate)) {}

  double filter(double in) {
    const double out = in * (1 - radius_) + 2 * radius_ * cosine_ * y1_ -
                       radius_ * radius_ * y2_;
    y2_ = y1_;
    y1_ = out;
    return out;
  }

 private:
  double radius_;
  double cosine_;
  double y1_ = 0;
  double y2_ = 0;
};

/// Normalized correlation of `a` with `b`, which have the same size.
double correlate(std::span<const float> a, std::span<const float> b) {
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double x = a[i];
    const double y = b[i];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

/// Where the parabola through three neighbours has its top, -0.5 to 0.5.
double vertex(double before, double top, double after) {
  const double curve = before - 2 * top + after;
  return curve < 0 ? std::clamp((before - after) / (2 * curve), -0.5, 0.5) : 0;
}

}  // namespace

Samples silence(std::size_t count) { return Samples(count, 0.0F); }

Samples sine(double hertz, unsigned sample_rate, std::size_t count,
             double amplitude) {
  const double step = kTurn * hertz / sample_rate;
  return generate(count, [=](std::size_t i) {
    return amplitude * std::sin(step * static_cast<double>(i));
  });
}

Samples sweep(double from, double to, unsigned sample_rate, std::size_t count,
              double amplitude) {
  const double length = static_cast<double>(count) / sample_rate;
  return generate(count, [=](std::size_t i) {
    const double t = static_cast<double>(i) / sample_rate;
    return amplitude *
           std::sin(kTurn * (from * t + (to - from) * t * t / (2 * length)));
  });
}

Samples noise(std::uint32_t seed, std::size_t count, double amplitude) {
  Noise source(seed);
  return generate(count,
                  [&](std::size_t) { return amplitude * source.next(); });
}

Samples speech(std::uint32_t seed, unsigned sample_rate, std::size_t count,
               double amplitude) {
  constexpr double kSyllables = 4;  // a second
  Noise source(seed);
  Resonance low(500, 150, sample_rate);
  Resonance high(1'700, 300, sample_rate);
  double loudness = 0;
  double target = 0;
  const auto syllable = static_cast<std::size_t>(sample_rate / kSyllables);
  Samples out = generate(count, [&](std::size_t i) {
    if (i % syllable == 0) target = 0.5 + 0.5 * source.next();
    if (i % syllable == syllable * 3 / 4) target = 0;
    loudness += (target - loudness) * 100 / sample_rate;
    const double excitation = source.next();
    return loudness * (low.filter(excitation) + high.filter(excitation));
  });
  const auto gain = static_cast<float>(amplitude / std::max(peak(out), 1e-9));
  for (float& sample : out) sample *= gain;
  return out;
}

Samples clicks(std::size_t period, std::size_t count, double amplitude) {
  constexpr std::size_t kWidth = 8;
  return generate(count, [=](std::size_t i) {
    const std::size_t at = i % period;
    if (at > kWidth) return 0.0;
    const double phase = static_cast<double>(at) / kWidth;
    return amplitude * (0.5 - 0.5 * std::cos(kTurn * phase));
  });
}

Samples mix(const Samples& left, const Samples& right) {
  Samples out = left;
  out.resize(std::max(left.size(), right.size()), 0.0F);
  for (std::size_t i = 0; i < right.size(); ++i) out[i] += right[i];
  return out;
}

double root_mean_square(std::span<const float> samples) {
  double sum = 0;
  for (const double x : samples) sum += x * x;
  return samples.empty() ? 0
                         : std::sqrt(sum / static_cast<double>(samples.size()));
}

double peak(std::span<const float> samples) {
  float top = 0;
  for (const float x : samples) top = std::max(top, std::abs(x));
  return top;
}

double amplitude_at(double hertz, unsigned sample_rate,
                    std::span<const float> samples) {
  std::complex<double> sum = 0;
  const double step = kTurn * hertz / sample_rate;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    sum += static_cast<double>(samples[i]) *
           std::polar(1.0, -step * static_cast<double>(i));
  }
  return samples.empty()
             ? 0
             : 2 * std::abs(sum) / static_cast<double>(samples.size());
}

Delay measure_delay(std::span<const float> reference,
                    std::span<const float> other, std::size_t reach) {
  const std::size_t common = std::min(reference.size(), other.size());
  if (common <= 2 * reach) return {};
  const std::size_t window = common - 2 * reach;
  const auto middle = reference.subspan(reach, window);
  std::vector<double> at(2 * reach + 1);
  for (std::size_t shift = 0; shift < at.size(); ++shift) {
    at[shift] = correlate(middle, other.subspan(shift, window));
  }
  const auto top = std::max_element(at.begin(), at.end());
  double fraction = 0;
  if (top != at.begin() && top + 1 != at.end()) {
    fraction = vertex(top[-1], top[0], top[1]);
  }
  return {static_cast<double>(top - at.begin()) - static_cast<double>(reach) +
              fraction,
          *top};
}

}  // namespace xg2g::test
