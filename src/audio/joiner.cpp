// SPDX-License-Identifier: MIT
#include "audio/joiner.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace xg2g::audio {
namespace {

constexpr int kFadesPerSecond = 200;

}  // namespace

Joiner::Joiner(std::size_t channels, int sample_rate)
    : length_(static_cast<std::size_t>(sample_rate / kFadesPerSecond)),
      fade_(length_),
      history_(channels, length_),
      tail_(channels, length_),
      work_(channels, kMaxChunk) {
  for (std::size_t i = 0; i < length_; ++i) {
    const double phase = (static_cast<double>(i) + 0.5) * std::numbers::pi /
                         static_cast<double>(length_);
    fade_[i] = static_cast<float>((1 - std::cos(phase)) / 2);
  }
  reset();
}

void Joiner::reset() noexcept {
  for (std::size_t c = 0; c < history_.channels(); ++c) {
    std::fill_n(history_.channel(c), length_, 0.0F);
  }
  tail_at_ = length_;
  fade_at_ = 0;
}

void Joiner::cut() noexcept {
  for (std::size_t c = 0; c < history_.channels(); ++c) {
    const float* heard = history_.channel(c);
    float* tail = tail_.channel(c);
    for (std::size_t i = 0; i < length_; ++i) {
      tail[i] = heard[length_ - 1 - i] * fade_[length_ - 1 - i];
    }
  }
  tail_at_ = 0;
  fade_at_ = 0;
}

Planar Joiner::filler(std::size_t count) noexcept {
  assert(count <= kMaxChunk);
  for (std::size_t c = 0; c < work_.channels(); ++c) {
    std::fill_n(work_.channel(c), count, 0.0F);
  }
  add_tail(count);
  const Planar out = work_.view(0, count);
  remember(out);
  return out;
}

Planar Joiner::pass(const Planar& in) noexcept {
  assert(in.count <= kMaxChunk);
  if (tail_at_ == length_ && fade_at_ == length_) {
    remember(in);
    return in;
  }
  const std::size_t faded = std::min(length_ - fade_at_, in.count);
  for (std::size_t c = 0; c < work_.channels(); ++c) {
    float* out = work_.channel(c);
    std::copy_n(in.channels[c], in.count, out);
    for (std::size_t i = 0; i < faded; ++i) out[i] *= fade_[fade_at_ + i];
  }
  fade_at_ += faded;
  add_tail(in.count);
  const Planar out = work_.view(0, in.count);
  remember(out);
  return out;
}

void Joiner::add_tail(std::size_t count) noexcept {
  const std::size_t length = std::min(length_ - tail_at_, count);
  for (std::size_t c = 0; c < work_.channels(); ++c) {
    const float* tail = tail_.channel(c) + tail_at_;
    float* out = work_.channel(c);
    for (std::size_t i = 0; i < length; ++i) out[i] += tail[i];
  }
  tail_at_ += length;
}

void Joiner::remember(const Planar& sound) noexcept {
  const std::size_t added = std::min(sound.count, length_);
  const std::size_t kept = length_ - added;
  for (std::size_t c = 0; c < history_.channels(); ++c) {
    float* heard = history_.channel(c);
    std::copy(heard + added, heard + length_, heard);
    std::copy_n(sound.channels[c] + sound.count - added, added, heard + kept);
  }
}

}  // namespace xg2g::audio
