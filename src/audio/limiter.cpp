// SPDX-License-Identifier: MIT
#include "audio/limiter.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "audio/peak.h"

namespace xg2g::audio {
namespace {

constexpr int kLookaheadsPerSecond = 200;
constexpr double kReleaseSeconds = 0.15;
/// The gain recovers towards this and stops at 1, so that it gets there.
constexpr float kAim = 1.05F;

}  // namespace

Limiter::Limiter(std::size_t channels, int sample_rate)
    : lookahead_(static_cast<std::size_t>(sample_rate / kLookaheadsPerSecond)),
      release_(static_cast<float>(
          1 - std::exp(-1 / (kReleaseSeconds * sample_rate)))),
      sound_(channels, lookahead_ + kMaxChunk),
      minima_(lookahead_ + 1),
      window_(lookahead_) {
  reset();
}

void Limiter::reset() noexcept {
  late_ = lookahead_;
  minima_count_ = 0;
  std::fill(window_.begin(), window_.end(), 1.0F);
  window_sum_ = static_cast<double>(lookahead_);
  below_one_ = 0;
  released_ = 1;
}

Planar Limiter::process(const Planar& in) noexcept {
  assert(in.count <= kMaxChunk);
  load(in);
  float peak = 0;
  for (std::size_t i = 0; i < sound_.channels(); ++i) {
    peak = std::max(peak, peak_of(in.channels[i], in.count));
  }
  const bool idle = minima_count_ == 0 && below_one_ == 0 && released_ >= 1;
  if (!idle || peak > kThreshold) turn_down(in.count);
  const std::size_t kept = std::min(late_, in.count);
  late_ -= kept;
  return sound_.view(kept, in.count - kept);
}

/// Moves the delay to the front and puts `in` behind it.
void Limiter::load(const Planar& in) noexcept {
  for (std::size_t i = 0; i < sound_.channels(); ++i) {
    float* samples = sound_.channel(i);
    std::copy_n(samples + previous_, lookahead_, samples);
    std::copy_n(in.channels[i], in.count, samples + lookahead_);
  }
  previous_ = in.count;
}

void Limiter::turn_down(std::size_t count) noexcept {
  for (std::size_t n = 0; n < count; ++n, ++time_) {
    const float gain = smooth(least_gain(wanted_gain(lookahead_ + n)));
    if (gain >= 1) continue;
    for (std::size_t i = 0; i < sound_.channels(); ++i) {
      sound_.channel(i)[n] *= gain;
    }
  }
}

float Limiter::wanted_gain(std::size_t index) noexcept {
  float peak = kThreshold;
  for (std::size_t i = 0; i < sound_.channels(); ++i) {
    peak = std::max(peak, std::fabs(sound_.channel(i)[index]));
  }
  return kThreshold / peak;
}

/// The least of the gains wanted from lookahead_ samples ago to now.
float Limiter::least_gain(float gain) noexcept {
  const std::size_t size = minima_.size();
  const auto at = [&](std::size_t i) -> Minimum& {
    return minima_[(first_ + i) % size];
  };
  if (minima_count_ > 0 && time_ - at(0).time > lookahead_) {
    first_ = (first_ + 1) % size;
    --minima_count_;
  }
  if (gain < 1) {
    while (minima_count_ > 0 && at(minima_count_ - 1).gain >= gain) {
      --minima_count_;
    }
    at(minima_count_++) = {time_, gain};
  }
  return minima_count_ > 0 ? at(0).gain : 1.0F;
}

/// Lets the gain recover slowly, and falls in a line: the mean over the
/// look-ahead, of which no value is above what the sample that leaves wants.
float Limiter::smooth(float gain) noexcept {
  released_ += (kAim - released_) * release_;
  released_ = std::min({released_, gain, 1.0F});

  float& oldest = window_[window_at_];
  window_at_ = (window_at_ + 1) % window_.size();
  below_one_ += (released_ < 1 ? 1U : 0U);
  below_one_ -= (oldest < 1 ? 1U : 0U);
  window_sum_ += static_cast<double>(released_) - static_cast<double>(oldest);
  oldest = released_;
  if (below_one_ == 0) {
    window_sum_ = static_cast<double>(lookahead_);
    return 1;
  }
  const double mean = window_sum_ / static_cast<double>(lookahead_);
  return static_cast<float>(std::min(mean, 1.0));
}

}  // namespace xg2g::audio
