// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace xg2g::audio {

struct TrackCounters {
  std::uint64_t frames_in = 0;   ///< Decoded or converted.
  std::uint64_t frames_out = 0;  ///< AAC frames.
  std::uint64_t concealed = 0;   ///< Damaged frames replaced.
  std::uint64_t gaps = 0;        ///< Holes filled.
  std::uint64_t overlaps = 0;    ///< Places where samples were dropped.
  std::uint64_t discontinuities = 0;
  std::uint64_t untimed = 0;  ///< Frames that no PTS gave a time, dropped.
};

}  // namespace xg2g::audio
