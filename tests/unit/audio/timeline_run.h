// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "audio/timeline.h"

namespace xg2g::audio {

using base::Ticks;

inline constexpr std::int64_t kFrame = 1152;
inline constexpr int kRate = 48'000;
inline constexpr Ticks kFrameTicks{2160};
inline constexpr Ticks kMillisecond{90};

inline Timeline::Unit unit(std::optional<Ticks> pts, std::int64_t missing = 0) {
  return {.pts = pts, .samples = kFrame, .rate = kRate, .missing = missing};
}

inline Timeline::Unit anew(Ticks pts) {
  return {.pts = pts, .samples = kFrame, .rate = kRate, .discontinuity = true};
}

inline Timeline::Unit after_loss(Ticks pts) {
  return {.pts = pts, .samples = kFrame, .rate = kRate, .lost = true};
}

/// A timeline that stands at the end of ten frames from 0.
inline Timeline running() {
  Timeline timeline(kRate);
  for (int i = 0; i < 10; ++i) (void)timeline.place(unit(i * kFrameTicks));
  return timeline;
}

/// The frame from which on a step of `error` without loss is believed, and
/// what is done then.
inline std::pair<int, Timeline::Verdict> step(Timeline& timeline, Ticks error,
                                              int from = 10) {
  for (int i = 0; i < 40; ++i) {
    const auto verdict = timeline.place(unit((from + i) * kFrameTicks + error));
    if (verdict.shift != 0 || verdict.jump) return {i, verdict};
  }
  return {-1, {}};
}

}  // namespace xg2g::audio
