// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "audio/frame_queue.h"
#include "audio/timeline.h"
#include "base/timestamp.h"
#include "es/aac_silence.h"
#include "es/framer.h"
#include "es/latm_converter.h"

namespace xg2g::audio {

/// The way of AAC-LC in LATM: into ADTS, on the timeline it came on. Holes are
/// filled with silent frames of the same configuration; what overlaps is left
/// out, both in whole frames.
class LatmPath {
 public:
  /// Reads the configuration that a unit carries; push() takes the units once
  /// it is settled.
  es::LatmConverter::State learn(std::span<const std::uint8_t> unit) noexcept {
    return converter_.learn(unit);
  }
  /// Says that a configuration that is not believed yet is not waited for.
  void settle() noexcept { converter_.settle(); }
  /// False where units cannot be converted, or not to the configuration that
  /// frames left in: all that follow have to be decoded.
  [[nodiscard]] bool convertible() const noexcept;
  /// Samples of the AAC core in each unit, and its rate in Hz; 0 where that is
  /// not known.
  [[nodiscard]] std::uint32_t unit_samples() const noexcept {
    return converter_.unit_samples();
  }
  [[nodiscard]] std::uint32_t sample_rate() const noexcept {
    return converter_.sample_rate();
  }

  struct Result {
    Timeline::Verdict verdict;
    bool damaged = false;  ///< Its place is left to silence.
  };
  /// Converts one access unit, of which convertible() must be true; its frames
  /// go to `queue`.
  Result push(const es::AccessUnit& unit, std::optional<base::Ticks> pts,
              FrameQueue& queue);
  /// Forgets stream and timeline.
  void reset() noexcept;

  /// PTS of the next frame by count; nothing before the first one.
  [[nodiscard]] std::optional<base::Ticks> position() const noexcept;
  [[nodiscard]] std::uint64_t frames() const noexcept { return frames_; }

 private:
  void begin();
  void fill(std::int64_t from, FrameQueue& queue);
  void write(std::span<const std::uint8_t> frame, std::int64_t from,
             FrameQueue& queue);

  es::LatmConverter converter_;
  es::AdtsFormat format_;  ///< Of all frames that left.
  std::optional<Timeline> timeline_;
  std::optional<es::AacSilence> silence_;
  std::int64_t written_ = 0;  ///< Samples since the anchor, silence included.
  std::uint64_t frames_ = 0;
};

}  // namespace xg2g::audio
