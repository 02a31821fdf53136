// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "audio/pts_offset.h"
#include "base/timestamp.h"

namespace xg2g::audio {

/// Says where each decoded frame stands among the samples that leave.
///
/// From an anchor, a PTS, samples are counted: decoded ones in the rate they
/// came in, all others in the rate that leaves, so nothing rounds twice. Each
/// further PTS is compared with that count. Behind a loss it is taken at its
/// word. Without one, PTS that disagree are jitter, which moves nothing but
/// the slow correction of drift, until several in a row agree on another
/// place. Integers only; handles no sound.
class Timeline {
 public:
  /// One frame of `samples` decoded samples at `rate` Hz.
  struct Unit {
    std::optional<base::Ticks> pts;
    std::int64_t samples = 0;
    int rate = 0;
    std::int64_t missing = 0;  ///< Samples at `rate` known to be lost before.
    bool lost = false;         ///< More may have been.
    /// The PTS is the first behind a discontinuity_indicator.
    bool discontinuity = false;
  };

  enum class Placement : std::uint8_t {
    kUntimed,  ///< There is no time to give it: it is to be dropped.
    kAnchor,   ///< It is the first of a new anchor.
    kNext,     ///< It follows what came before, after `shift` samples.
  };

  struct Verdict {
    Placement placement = Placement::kNext;
    /// Samples that leave to fill in before it, or to drop from it on where
    /// negative.
    std::int64_t shift = 0;
    /// PTS less the count, before it was put right; 0 without a PTS.
    base::Ticks error{};
    bool jump = false;  ///< Another timeline stood before this one.
  };

  explicit Timeline(int rate_out) noexcept : rate_out_(rate_out) {}

  /// Places a frame and counts its samples.
  [[nodiscard]] Verdict place(const Unit& unit) noexcept;
  /// What the frames at hand ask for: 1 to make a stretch of sound one sample
  /// longer, -1 shorter, 0 mostly. To be asked once per 1024 samples or fewer
  /// times; the answer is counted.
  [[nodiscard]] int correction() noexcept;
  /// Says that the count is in doubt: the next PTS is taken at its word.
  void doubt() noexcept { doubt_ = true; }
  /// Says that the sound changes from here on: the next PTS that agrees with
  /// the count by and large places it exactly. A change of rate says so itself.
  void change() noexcept { changed_ = anchored_; }
  void reset() noexcept;

  /// Samples due since the anchor, all that was placed included.
  [[nodiscard]] std::int64_t due() const noexcept;
  /// Time of the anchor.
  [[nodiscard]] base::Ticks anchor() const noexcept { return anchor_; }
  /// PTS of the sample that stands `samples`, as they leave, after the anchor.
  [[nodiscard]] base::Ticks time_of(std::int64_t samples) const noexcept;
  /// PTS that the next decoded sample should have; nothing before an anchor.
  [[nodiscard]] std::optional<base::Ticks> position() const noexcept;
  /// True where that is `pts`, as far as muxers round.
  [[nodiscard]] bool expects(std::optional<base::Ticks> pts) const noexcept;

 private:
  Verdict place_untimed(const Unit& unit) noexcept;
  Verdict place_timed(const Unit& unit, base::Ticks pts) noexcept;
  Verdict place_after_discontinuity(base::Ticks pts,
                                    base::Ticks error) noexcept;
  Verdict place_after_loss(const Unit& unit, base::Ticks pts,
                           base::Ticks error) noexcept;
  Verdict place_intact(base::Ticks pts, base::Ticks error) noexcept;
  Verdict anchor_at(base::Ticks pts, base::Ticks error) noexcept;
  [[nodiscard]] bool is_agreed(base::Ticks error) noexcept;
  [[nodiscard]] int needed_agreement(base::Ticks error) const noexcept;
  [[nodiscard]] base::Ticks next() const noexcept;
  [[nodiscard]] base::Ticks block() const noexcept;
  [[nodiscard]] base::Ticks jitter() const noexcept;
  /// Makes the next decoded sample stand at `pts`.
  void move_to(base::Ticks pts) noexcept;
  void change_rate(int rate) noexcept;
  void follow(base::Ticks error) noexcept;
  [[nodiscard]] std::int64_t offset() const noexcept;
  [[nodiscard]] std::int64_t spread() const noexcept;
  [[nodiscard]] bool most_are_far_off() const noexcept;
  void settle() noexcept;

  int rate_out_;
  int rate_in_ = 0;
  bool ran_ = false;  ///< There was an anchor.
  bool anchored_ = false;
  bool doubt_ = false;
  bool changed_ = false;
  bool correcting_ = false;
  base::Ticks anchor_{};
  std::int64_t samples_out_ = 0;  ///< At rate_out_, since the anchor.
  std::int64_t samples_in_ = 0;   ///< At rate_in_, behind those.
  std::optional<base::Ticks> last_pts_;
  PtsOffset offsets_;           ///< In 1/256 tick, corrected_ included.
  std::int64_t corrected_ = 0;  ///< What was worked off of it.
  int confirming_ = 0;          ///< PTS that agreed with the count.
  base::Ticks agreed_error_{};  ///< What the last agreeing_ errors were.
  int agreeing_ = 0;
};

}  // namespace xg2g::audio
