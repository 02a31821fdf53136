// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "audio/channels.h"
#include "audio/matrix.h"
#include "audio/planar_buffer.h"

namespace xg2g::audio {

/// Applies a matrix of gains. A change of gains is spread over 10 ms.
class Mixer {
 public:
  explicit Mixer(std::size_t outputs) : buffer_(outputs, kMaxChunk) {}

  /// Sets the gains for `inputs` channels at `rate` Hz. Those in force lead
  /// over to them, unless the number of channels changes.
  void set(const Matrix& matrix, std::size_t inputs, int rate) noexcept;

  /// Mixes at most kMaxChunk samples. The answer is valid until the next call
  /// and is `in` itself where nothing is to be done.
  [[nodiscard]] Planar mix(const Planar& in) noexcept;

 private:
  void arrive() noexcept;
  void ramp(const Planar& in, std::size_t count) noexcept;
  void scale(const Planar& in, std::size_t first) noexcept;

  PlanarBuffer buffer_;
  Matrix gains_{};
  Matrix target_{};
  Matrix steps_{};
  std::size_t inputs_ = 0;
  std::size_t ramp_left_ = 0;
  bool identity_ = false;
};

}  // namespace xg2g::audio
