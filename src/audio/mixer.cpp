// SPDX-License-Identifier: MIT
#include "audio/mixer.h"

#include <algorithm>
#include <cassert>

namespace xg2g::audio {
namespace {

constexpr int kRampsPerSecond = 100;

void add_scaled(const float* in, float gain, std::size_t count,
                float* out) noexcept {
  for (std::size_t i = 0; i < count; ++i) out[i] += in[i] * gain;
}

void add_ramped(const float* in, float gain, float step, std::size_t count,
                float* out) noexcept {
  for (std::size_t i = 0; i < count; ++i) {
    gain += step;
    out[i] += in[i] * gain;
  }
}

}  // namespace

void Mixer::set(const Matrix& matrix, std::size_t inputs, int rate) noexcept {
  if (inputs == inputs_ && matrix == target_) return;
  target_ = matrix;
  if (inputs != inputs_) {
    inputs_ = inputs;
    return arrive();
  }
  identity_ = false;
  ramp_left_ = static_cast<std::size_t>(std::max(rate / kRampsPerSecond, 1));
  const float share = 1.0F / static_cast<float>(ramp_left_);
  for (std::size_t o = 0; o < buffer_.channels(); ++o) {
    for (std::size_t i = 0; i < inputs_; ++i) {
      steps_[o][i] = (target_[o][i] - gains_[o][i]) * share;
    }
  }
}

void Mixer::arrive() noexcept {
  ramp_left_ = 0;
  gains_ = target_;
  identity_ = inputs_ == buffer_.channels();
  for (std::size_t o = 0; o < buffer_.channels(); ++o) {
    for (std::size_t i = 0; i < inputs_; ++i) {
      identity_ = identity_ && gains_[o][i] == (o == i ? 1.0F : 0.0F);
    }
  }
}

Planar Mixer::mix(const Planar& in) noexcept {
  assert(in.count <= buffer_.capacity());
  if (identity_) return in;
  for (std::size_t o = 0; o < buffer_.channels(); ++o) {
    std::fill_n(buffer_.channel(o), in.count, 0.0F);
  }
  const std::size_t ramped = std::min(ramp_left_, in.count);
  if (ramped > 0) ramp(in, ramped);
  scale(in, ramped);
  return buffer_.view(0, in.count);
}

void Mixer::ramp(const Planar& in, std::size_t count) noexcept {
  for (std::size_t o = 0; o < buffer_.channels(); ++o) {
    for (std::size_t i = 0; i < inputs_; ++i) {
      add_ramped(in.channels[i], gains_[o][i], steps_[o][i], count,
                 buffer_.channel(o));
      gains_[o][i] += steps_[o][i] * static_cast<float>(count);
    }
  }
  ramp_left_ -= count;
  if (ramp_left_ == 0) arrive();
}

void Mixer::scale(const Planar& in, std::size_t first) noexcept {
  for (std::size_t o = 0; o < buffer_.channels(); ++o) {
    for (std::size_t i = 0; i < inputs_; ++i) {
      if (gains_[o][i] == 0.0F) continue;
      add_scaled(in.channels[i] + first, gains_[o][i], in.count - first,
                 buffer_.channel(o) + first);
    }
  }
}

}  // namespace xg2g::audio
