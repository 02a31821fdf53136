// SPDX-License-Identifier: MIT
#include "audio/timeline.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace xg2g::audio {
namespace {

using base::Ticks;
using std::chrono::abs;

constexpr std::int64_t kTicks = Ticks::period::den;
/// Further ahead than this is a jump, and so is as much back.
constexpr Ticks kJump{kTicks};
constexpr Ticks kJumpBack{kTicks * 3 / 10};
/// Off by this much is no drift.
constexpr Ticks kHole{kTicks / 50};
/// Off by this much after a loss is put right at once; PTS that were rounded
/// to milliseconds are not.
constexpr Ticks kTolerance{kTicks / 1000};

/// What rounding to ticks makes of the difference of two PTS.
constexpr Ticks kRounding{2};

/// So many PTS in a row that agree on a place to kTolerance are believed, or
/// one more than agreed with the count before them; the further off, the less
/// like jitter, and the fewer. PTS of jumps may be rounded to a picture.
constexpr int kMostAgreement = 8;
constexpr int kLeastAgreement = 2;
constexpr Ticks kFar{kTicks / 10};
constexpr int kAgreementOnFar = 3;
constexpr Ticks kVeryFar{kTicks * 3 / 10};
constexpr Ticks kJumpTolerance{kTicks / 25};

/// Offsets are kept in 1/256 tick. Once their median passes a millisecond, and
/// half of what they spread, it is worked off to less than a sample.
constexpr std::int64_t kFraction = 256;
constexpr std::int64_t kDriftStart = kFraction * kTicks / 1000;
constexpr std::size_t kLeastOffsets = 8;
/// PTS that jitter too much to agree: most of them are off by this much.
constexpr std::int64_t kFarOff = kFraction * kTicks / 25;
/// An offset that most PTS agree on to a tick is no rounding to milliseconds,
/// and is worked off from less than that on.
constexpr std::int64_t kSteady = kFraction;
constexpr std::int64_t kSteadyStart = 2 * kFraction;

/// To the nearest; halves go up.
constexpr std::int64_t divide(std::int64_t value, std::int64_t by) noexcept {
  const std::int64_t doubled = 2 * value + by;
  const std::int64_t quotient = doubled / (2 * by);
  return doubled % (2 * by) < 0 ? quotient - 1 : quotient;
}

constexpr std::int64_t rescale(std::int64_t value, std::int64_t to,
                               std::int64_t from) noexcept {
  return divide(value * to, from);
}

constexpr bool is_jump(Ticks error) noexcept {
  return error > kJump || error <= -kJumpBack;
}

}  // namespace

std::int64_t Timeline::due() const noexcept {
  if (rate_in_ == 0) return samples_out_;
  return samples_out_ + rescale(samples_in_, rate_out_, rate_in_);
}

Ticks Timeline::time_of(std::int64_t samples) const noexcept {
  return anchor_ + Ticks(rescale(samples, kTicks, rate_out_));
}

std::optional<Ticks> Timeline::position() const noexcept {
  if (!anchored_) return std::nullopt;
  return next();
}

bool Timeline::expects(std::optional<Ticks> pts) const noexcept {
  return anchored_ && pts && abs(*pts - next()) < kTolerance;
}

Ticks Timeline::next() const noexcept {
  const Ticks whole = time_of(samples_out_);
  if (rate_in_ == 0) return whole;
  return whole + Ticks(rescale(samples_in_, kTicks, rate_in_));
}

Timeline::Verdict Timeline::place(const Unit& unit) noexcept {
  if (unit.rate != rate_in_) change_rate(unit.rate);
  const Verdict verdict =
      unit.pts ? place_timed(unit, *unit.pts) : place_untimed(unit);
  if (verdict.placement != Placement::kUntimed) samples_in_ += unit.samples;
  return verdict;
}

Timeline::Verdict Timeline::place_untimed(const Unit& unit) noexcept {
  // More than a second: where it ended is lost.
  if (unit.missing > unit.rate) anchored_ = false;
  if (!anchored_) return {.placement = Placement::kUntimed};
  if (unit.lost) doubt_ = true;
  if (unit.missing == 0) return {};
  doubt_ = true;
  const std::int64_t before = due();
  samples_in_ += unit.missing;
  return {.shift = due() - before};
}

Timeline::Verdict Timeline::place_timed(const Unit& unit, Ticks pts) noexcept {
  const Ticks error = pts - next();
  const bool repeated = std::exchange(last_pts_, pts) == pts;
  if (!anchored_) return anchor_at(pts, error);
  if (unit.discontinuity) return place_after_discontinuity(pts, error);
  if (repeated) return place_untimed(unit);  // It says nothing new.
  if (doubt_ || unit.lost || unit.missing > 0) {
    return place_after_loss(unit, pts, error);
  }
  return place_intact(pts, error);
}

Timeline::Verdict Timeline::place_after_discontinuity(Ticks pts,
                                                      Ticks error) noexcept {
  if (error <= -block() || error >= kTolerance) return anchor_at(pts, error);
  // The new timeline is the old one, or an anchor's frames would overlap.
  const std::int64_t before = due();
  if (error <= -kTolerance) move_to(pts);
  settle();
  return {.shift = due() - before, .error = error, .jump = true};
}

Timeline::Verdict Timeline::place_after_loss(const Unit& unit, Ticks pts,
                                             Ticks error) noexcept {
  if (is_jump(error)) return anchor_at(pts, error);
  const std::int64_t before = due();
  samples_in_ += unit.missing;
  doubt_ = false;
  changed_ = false;
  if (abs(pts - next()) >= std::max(kTolerance, jitter())) {
    // Mostly whole frames are missing: their count is exact, PTS are rounded.
    const std::int64_t frame = unit.samples * kTicks;
    const Ticks left = pts - next();
    samples_in_ += divide(left.count() * unit.rate, frame) * unit.samples;
    if (abs(pts - next()) > kRounding) move_to(pts);
    settle();
  }
  return {.shift = due() - before, .error = error};
}

Timeline::Verdict Timeline::place_intact(Ticks pts, Ticks error) noexcept {
  const std::int64_t before = due();
  if (is_agreed(error)) {
    if (is_jump(error)) return anchor_at(pts, error);
    move_to(pts);
    settle();
  } else if (!is_jump(error)) {
    follow(error);
    if (most_are_far_off()) {
      move_to(next() + Ticks(offset() / kFraction));
      settle();
    }
  }
  return {.shift = due() - before, .error = error};
}

/// True where this PTS and those before it leave no doubt that the count is
/// wrong.
bool Timeline::is_agreed(Ticks error) noexcept {
  if (abs(error) < kHole) {
    agreeing_ = 0;
    confirming_ = std::min(confirming_ + 1, kMostAgreement);
    return std::exchange(changed_, false) && abs(error) > jitter();
  }
  const Ticks tolerance = is_jump(error) ? kJumpTolerance : kTolerance;
  const bool agrees = abs(error - agreed_error_) <= tolerance;
  if (agreeing_ == 0 || !agrees) {
    agreed_error_ = error;
    agreeing_ = 0;
  }
  ++agreeing_;
  return agreeing_ >= needed_agreement(error);
}

int Timeline::needed_agreement(Ticks error) const noexcept {
  if (changed_ || abs(error) >= kVeryFar) return kLeastAgreement;
  const int most = abs(error) >= kFar ? kAgreementOnFar : kMostAgreement;
  return std::clamp(confirming_ + 1, kLeastAgreement, most);
}

Timeline::Verdict Timeline::anchor_at(Ticks pts, Ticks error) noexcept {
  const bool jump = std::exchange(ran_, true);
  anchored_ = true;
  anchor_ = pts;
  samples_out_ = 0;
  samples_in_ = 0;
  settle();
  return {.placement = Placement::kAnchor, .error = error, .jump = jump};
}

/// The length of an AAC frame.
Ticks Timeline::block() const noexcept {
  return Ticks(1024 * kTicks / rate_out_);
}

/// What PTS that are right may be off by.
Ticks Timeline::jitter() const noexcept {
  return std::max(Ticks(1), Ticks(spread() / kFraction));
}

void Timeline::move_to(Ticks pts) noexcept {
  samples_out_ = rescale((pts - anchor_).count(), rate_out_, kTicks);
  samples_in_ = 0;
}

void Timeline::change_rate(int rate) noexcept {
  samples_out_ = due();
  samples_in_ = 0;
  rate_in_ = rate;
  change();
}

void Timeline::follow(Ticks error) noexcept {
  offsets_.add(error.count() * kFraction + corrected_);
  const bool steady = offsets_.full() && spread() <= kSteady &&
                      std::abs(offset()) >= kSteadyStart;
  const std::int64_t start = std::max(kDriftStart, spread() / 2);
  const bool drifts =
      offsets_.count() >= kLeastOffsets && std::abs(offset()) >= start;
  if (steady || drifts) correcting_ = true;
}

/// What is left of the median.
std::int64_t Timeline::offset() const noexcept {
  return offsets_.median() - corrected_;
}

/// What half of them lie within.
std::int64_t Timeline::spread() const noexcept {
  return offsets_.high() - offsets_.low();
}

bool Timeline::most_are_far_off() const noexcept {
  return offsets_.full() && (offsets_.low() - corrected_ >= kFarOff ||
                             offsets_.high() - corrected_ <= -kFarOff);
}

int Timeline::correction() noexcept {
  const std::int64_t sample = kFraction * kTicks / rate_out_;
  correcting_ = correcting_ && std::abs(offset()) >= sample;
  if (!correcting_) return 0;
  const int step = offset() > 0 ? 1 : -1;
  corrected_ += step * sample;
  samples_out_ += step;
  return step;
}

void Timeline::settle() noexcept {
  doubt_ = false;
  changed_ = false;
  correcting_ = false;
  offsets_.clear();
  corrected_ = 0;
  confirming_ = 1;
  agreeing_ = 0;
}

void Timeline::reset() noexcept { *this = Timeline(rate_out_); }

}  // namespace xg2g::audio
