// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "audio/frame_queue.h"
#include "base/timestamp.h"
#include "es/framer.h"
#include "es/latm_converter.h"

namespace xg2g::audio {

/// The way of AAC-LC in LATM: into ADTS, on the timeline it came on.
class LatmPath {
 public:
  enum class Outcome : std::uint8_t {
    kConverted,
    kNotYet,         ///< No configuration or no PTS has come yet.
    kDamaged,        ///< Lost, and its place left free.
    kNeedsDecoding,  ///< It has to be decoded.
  };

  /// Takes one access unit; its frames go to `queue`.
  [[nodiscard]] Outcome push(const es::AccessUnit& unit,
                             std::optional<base::Ticks> pts, FrameQueue& queue);
  /// How far the last PTS that came with a unit was from the count, where that
  /// was a jump.
  [[nodiscard]] std::optional<base::Ticks> take_jump() noexcept;
  /// Says that the next PTS is a jump, whatever it is.
  void discontinue() noexcept { discontinue_ = anchored_; }
  void reset() noexcept;

  /// PTS of the next frame by count; nothing before the first one.
  [[nodiscard]] std::optional<base::Ticks> position() const noexcept;
  [[nodiscard]] std::uint64_t frames() const noexcept { return frames_; }

 private:
  void take_pts(base::Ticks pts) noexcept;
  void advance(std::uint64_t frames) noexcept;

  es::LatmConverter converter_;
  bool anchored_ = false;
  bool discontinue_ = false;
  base::Ticks anchor_{};
  std::int64_t samples_ = 0;  ///< Since the anchor.
  std::int64_t rate_ = 0;
  std::optional<base::Ticks> jump_;
  std::uint64_t frames_ = 0;
};

}  // namespace xg2g::audio
