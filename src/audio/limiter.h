// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "audio/channels.h"
#include "audio/planar_buffer.h"

namespace xg2g::audio {

/// A look-ahead peak limiter: no sample leaves above the threshold, all
/// channels are turned down together, and what stays below it leaves bit for
/// bit as it came.
///
/// The gain falls in a straight line over the 5 ms before a peak and recovers
/// over some 150 ms after it. What leaves is late by lookahead() samples, but
/// sample for sample what came: the delay's first, empty samples are kept back.
class Limiter {
 public:
  /// -1 dBFS: room for what the encoder adds (EBU R 128, true peak).
  static constexpr float kThreshold = 0.8912509F;

  Limiter(std::size_t channels, int sample_rate);

  /// Takes at most kMaxChunk samples; the answer is valid until the next call.
  [[nodiscard]] Planar process(const Planar& in) noexcept;
  [[nodiscard]] std::size_t lookahead() const noexcept { return lookahead_; }
  /// Starts over: what is inside is lost.
  void reset() noexcept;

 private:
  void load(const Planar& in) noexcept;
  void turn_down(std::size_t count) noexcept;
  [[nodiscard]] float wanted_gain(std::size_t index) noexcept;
  [[nodiscard]] float least_gain(float gain) noexcept;
  [[nodiscard]] float smooth(float gain) noexcept;

  struct Minimum {
    std::size_t time;
    float gain;
  };

  std::size_t lookahead_;
  float release_;
  PlanarBuffer sound_;           ///< The delay, and behind it what came.
  std::size_t previous_ = 0;     ///< Samples the last call took.
  std::size_t late_ = 0;         ///< Samples still to keep back.
  std::vector<Minimum> minima_;  ///< Ring of rising gains, oldest first.
  std::size_t first_ = 0;
  std::size_t minima_count_ = 0;
  std::vector<float> window_;  ///< Ring of the last `lookahead_` gains.
  std::size_t window_at_ = 0;
  std::size_t below_one_ = 0;  ///< Gains under 1 in window_.
  double window_sum_ = 0;
  float released_ = 1;
  std::size_t time_ = 0;
};

}  // namespace xg2g::audio
