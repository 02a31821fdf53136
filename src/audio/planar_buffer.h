// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "audio/channels.h"

namespace xg2g::audio {

/// Memory for planar sound, of a size that is set once.
class PlanarBuffer {
 public:
  PlanarBuffer(std::size_t channels, std::size_t capacity)
      : channels_(channels),
        capacity_(capacity),
        samples_(channels * capacity) {}

  [[nodiscard]] std::size_t channels() const noexcept { return channels_; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] float* channel(std::size_t index) noexcept {
    return samples_.data() + index * capacity_;
  }
  /// A view of `count` samples from `first` on.
  [[nodiscard]] Planar view(std::size_t first, std::size_t count) noexcept {
    Planar planar;
    for (std::size_t i = 0; i < channels_; ++i) {
      planar.channels[i] = channel(i) + first;
    }
    planar.count = count;
    return planar;
  }

 private:
  std::size_t channels_;
  std::size_t capacity_;
  std::vector<float> samples_;
};

}  // namespace xg2g::audio
