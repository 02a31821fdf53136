// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace xg2g::audio {

/// The largest magnitude among `count` samples; not a finite number where one
/// of them is none. Magnitudes are compared as integers, which order the same
/// way and which compilers vectorize.
[[nodiscard]] inline float peak_of(const float* samples,
                                   std::size_t count) noexcept {
  std::int32_t peak = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto size = std::bit_cast<std::int32_t>(samples[i]) & 0x7FFFFFFF;
    peak = size > peak ? size : peak;
  }
  return std::bit_cast<float>(peak);
}

}  // namespace xg2g::audio
