// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace xg2g::test {

/// One channel of sound, full scale at 1. Every signal is the same each time.
using Samples = std::vector<float>;

[[nodiscard]] Samples silence(std::size_t count);
[[nodiscard]] Samples sine(double hertz, unsigned sample_rate,
                           std::size_t count, double amplitude = 0.5);
/// A sine whose frequency rises evenly from `from` to `to` Hz.
[[nodiscard]] Samples sweep(double from, double to, unsigned sample_rate,
                            std::size_t count, double amplitude = 0.5);
/// White noise.
[[nodiscard]] Samples noise(std::uint32_t seed, std::size_t count,
                            double amplitude = 0.5);
/// Noise with the loudness contour and the spectrum of speech: bursts some
/// four times a second with pauses between them. It never repeats, so a delay
/// can be measured on any second of it.
[[nodiscard]] Samples speech(std::uint32_t seed, unsigned sample_rate,
                             std::size_t count, double amplitude = 0.5);
/// Short clicks (a few samples wide) every `period` samples, the first at 0.
[[nodiscard]] Samples clicks(std::size_t period, std::size_t count,
                             double amplitude = 0.8);

/// `left` and `right` added; the result is as long as the longer one.
[[nodiscard]] Samples mix(const Samples& left, const Samples& right);

[[nodiscard]] double root_mean_square(std::span<const float> samples);
[[nodiscard]] double peak(std::span<const float> samples);
/// The amplitude of `hertz` in `samples` (Goertzel): 0.5 for sine(..., 0.5).
[[nodiscard]] double amplitude_at(double hertz, unsigned sample_rate,
                                  std::span<const float> samples);

struct Delay {
  double samples = 0;      ///< Positive where `other` is later.
  double correlation = 0;  ///< -1 to 1 at that place; near 1 is the same sound.
};

/// How much later `other` is than `reference`, searched from -reach to +reach,
/// to a fraction of a sample. The middle of `reference` is compared.
[[nodiscard]] Delay measure_delay(std::span<const float> reference,
                                  std::span<const float> other,
                                  std::size_t reach);

}  // namespace xg2g::test
