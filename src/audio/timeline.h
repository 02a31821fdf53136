// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "base/timestamp.h"

namespace xg2g::audio {

/// Says where each decoded frame stands among the samples that leave.
///
/// From an anchor, a PTS, samples are counted: decoded ones in the rate they
/// came in, all others in the rate that leaves, so nothing rounds twice. Each
/// further PTS is compared with that count. Holes are filled, overlaps
/// dropped, slow drift is taken out a sample at a time, and what is further
/// off than a second becomes a new anchor. Integers only; handles no sound.
class Timeline {
 public:
  /// One frame of `samples` decoded samples at `rate` Hz.
  struct Unit {
    std::optional<base::Ticks> pts;
    std::int64_t samples = 0;
    int rate = 0;
    std::int64_t missing = 0;  ///< Samples at `rate` known to be lost before.
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
  /// Says that the next PTS is an anchor, as the first one is anyway, unless
  /// it is the count's or less than an AAC frame before it.
  void discontinue() noexcept { discontinue_ = discontinue_ || anchored_; }
  void reset() noexcept;

  /// Samples due since the anchor, all that was placed included.
  [[nodiscard]] std::int64_t due() const noexcept;
  /// Time of the anchor.
  [[nodiscard]] base::Ticks anchor() const noexcept { return anchor_; }
  /// PTS that the next decoded sample should have.
  [[nodiscard]] base::Ticks position() const noexcept;

 private:
  Verdict place_untimed(const Unit& unit) noexcept;
  Verdict place_timed(const Unit& unit, base::Ticks pts) noexcept;
  Verdict anchor_at(base::Ticks pts, base::Ticks error) noexcept;
  [[nodiscard]] base::Ticks block() const noexcept;
  /// Makes the next decoded sample stand at `pts`.
  void move_to(base::Ticks pts) noexcept;
  void change_rate(int rate) noexcept;
  void follow(base::Ticks error) noexcept;
  void settle() noexcept;

  int rate_out_;
  int rate_in_ = 0;
  bool anchored_ = false;
  bool discontinue_ = false;
  bool doubt_ = false;
  bool correcting_ = false;
  base::Ticks anchor_{};
  std::int64_t samples_out_ = 0;  ///< At rate_out_, since the anchor.
  std::int64_t samples_in_ = 0;   ///< At rate_in_, behind those.
  std::int64_t drift_ = 0;        ///< Mean error in 1/256 tick.
  base::Ticks steady_error_{};    ///< What the last steady_ errors were.
  int steady_ = 0;
};

}  // namespace xg2g::audio
