// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "audio/channels.h"
#include "audio/planar_buffer.h"

namespace xg2g::audio {

/// Makes a stretch of sound one sample longer or shorter without a step: the
/// first and last sample stay, those between are read off at places a little
/// closer together or further apart, by band-limited interpolation.
class Stretcher {
 public:
  /// Fewer samples than this are not stretched.
  static constexpr std::size_t kLeast = 64;

  explicit Stretcher(std::size_t channels) : out_(channels, kMaxChunk + 1) {}

  /// `in` of kLeast to kMaxChunk samples, with `change` (1 or -1) samples
  /// more. Valid until the next call.
  [[nodiscard]] Planar stretch(const Planar& in, int change) noexcept;

 private:
  PlanarBuffer out_;
};

}  // namespace xg2g::audio
