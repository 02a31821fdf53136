// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "audio/frame_queue.h"
#include "base/timestamp.h"
#include "es/framer.h"
#include "es/latm_converter.h"

namespace xg2g::audio {

/// The way of AAC-LC in LATM: into ADTS, on the timeline it came on.
///
/// Frames are counted; a PTS that is a millisecond or more off moves the count.
/// Nothing can be filled, and what overlaps is left out in whole frames only.
class LatmPath {
 public:
  enum class Outcome : std::uint8_t {
    kConverted,
    kNotYet,   ///< No configuration or no PTS has come yet.
    kDamaged,  ///< Lost, and its place left free.
    /// It cannot be converted, or not to the configuration that frames left
    /// in: it and all that follows have to be decoded.
    kNeedsDecoding,
  };

  /// Takes one access unit; its frames go to `queue`.
  [[nodiscard]] Outcome push(const es::AccessUnit& unit,
                             std::optional<base::Ticks> pts, FrameQueue& queue);
  /// How far the last PTS that came with a unit was from the count, where that
  /// was a jump.
  [[nodiscard]] std::optional<base::Ticks> take_jump() noexcept;
  /// The same where it was a hole (positive) or an overlap (negative).
  [[nodiscard]] std::optional<base::Ticks> take_hole() noexcept;
  /// Says that the next PTS is a jump, whatever it is.
  void discontinue() noexcept { discontinue_ = anchored_; }
  void reset() noexcept;

  /// PTS of the next frame by count; nothing before the first one.
  [[nodiscard]] std::optional<base::Ticks> position() const noexcept;
  [[nodiscard]] std::uint64_t frames() const noexcept { return frames_; }

 private:
  void take_pts(base::Ticks pts) noexcept;
  void advance(std::uint64_t frames) noexcept;
  /// False where the last unit's configuration is not the one in force.
  [[nodiscard]] bool take_configuration() noexcept;
  [[nodiscard]] bool take_frame(std::span<const std::uint8_t> frame,
                                FrameQueue& queue);

  es::LatmConverter converter_;
  bool anchored_ = false;
  bool discontinue_ = false;
  base::Ticks anchor_{};
  std::int64_t samples_ = 0;  ///< Since the anchor.
  std::int64_t rate_ = 0;     ///< With channels_, of all frames that left.
  std::uint8_t channels_ = 0;
  std::optional<base::Ticks> jump_;
  std::optional<base::Ticks> hole_;
  std::optional<base::Ticks> end_;  ///< Of the last frame that left.
  std::uint64_t frames_ = 0;
};

}  // namespace xg2g::audio
