// SPDX-License-Identifier: MIT
#include "audio/timeline.h"

#include <algorithm>
#include <cstdlib>

namespace xg2g::audio {
namespace {

using base::Ticks;
using std::chrono::abs;

constexpr std::int64_t kTicks = Ticks::period::den;
/// Further off than this is a jump.
constexpr Ticks kJump{kTicks};
/// Off by this much without a known hole is a hole or an overlap.
constexpr Ticks kHole{kTicks / 50};
/// Off by this much after a known hole is put right at once; PTS that were
/// rounded to milliseconds are not.
constexpr Ticks kTolerance{kTicks / 1000};

/// The mean error is kept in 1/256 tick and follows over 16 PTS. Once it
/// passes a millisecond it is worked off to less than a sample.
constexpr std::int64_t kFraction = 256;
constexpr std::int64_t kMemory = 16;
constexpr std::int64_t kDriftStart = kFraction * kTicks / 1000;
/// An error that stays within a tick of itself over so many PTS is no rounding
/// to milliseconds, and is worked off from less than that on.
constexpr int kSteady = 256;
constexpr Ticks kSteadyStart{4};

/// value * to / from, to the nearest; halves go up.
constexpr std::int64_t rescale(std::int64_t value, std::int64_t to,
                               std::int64_t from) noexcept {
  const std::int64_t doubled = 2 * value * to + from;
  const std::int64_t quotient = doubled / (2 * from);
  return doubled % (2 * from) < 0 ? quotient - 1 : quotient;
}

}  // namespace

std::int64_t Timeline::due() const noexcept {
  if (rate_in_ == 0) return samples_out_;
  return samples_out_ + rescale(samples_in_, rate_out_, rate_in_);
}

Ticks Timeline::position() const noexcept {
  const Ticks whole = anchor_ + Ticks(rescale(samples_out_, kTicks, rate_out_));
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
  if (unit.missing >
      unit.rate) {  // More than a second: where it ended is lost.
    doubt_ = true;
    discontinue_ = discontinue_ || anchored_;
    anchored_ = false;
  }
  if (!anchored_) return {.placement = Placement::kUntimed};
  if (unit.missing == 0) return {};
  doubt_ = true;
  const std::int64_t before = due();
  samples_in_ += unit.missing;
  return {.shift = due() - before};
}

Timeline::Verdict Timeline::place_timed(const Unit& unit, Ticks pts) noexcept {
  const Ticks error = pts - position();
  if (!anchored_ || abs(error) > kJump) return anchor_at(pts, error);
  const std::int64_t before = due();
  if (discontinue_) {
    if (error <= -block() || error >= kTolerance) return anchor_at(pts, error);
    // The new timeline is the old one, or an anchor's frames would overlap.
    if (error <= -kTolerance) move_to(pts);
    settle();
    return {.shift = due() - before, .error = error, .jump = true};
  }
  if (doubt_ || unit.missing > 0) {
    samples_in_ += unit.missing;
    if (abs(pts - position()) >= kTolerance) move_to(pts);
    settle();
  } else if (abs(error) >= kHole) {
    move_to(pts);
    settle();
  } else {
    follow(error);
  }
  return {.shift = due() - before, .error = error};
}

Timeline::Verdict Timeline::anchor_at(Ticks pts, Ticks error) noexcept {
  const bool jump = anchored_ || discontinue_;
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

void Timeline::move_to(Ticks pts) noexcept {
  samples_out_ = rescale((pts - anchor_).count(), rate_out_, kTicks);
  samples_in_ = 0;
}

void Timeline::change_rate(int rate) noexcept {
  samples_out_ = due();
  samples_in_ = 0;
  rate_in_ = rate;
}

void Timeline::follow(Ticks error) noexcept {
  drift_ += (error.count() * kFraction - drift_) / kMemory;
  if (abs(error - steady_error_) > Ticks(1)) {
    steady_ = 0;
    steady_error_ = error;
  }
  steady_ = std::min(steady_ + 1, kSteady);
  const bool steady = steady_ == kSteady && abs(error) >= kSteadyStart;
  if (steady || std::abs(drift_) >= kDriftStart) correcting_ = true;
}

int Timeline::correction() noexcept {
  const std::int64_t sample = kFraction * kTicks / rate_out_;
  correcting_ = correcting_ && std::abs(drift_) >= sample;
  if (!correcting_) return 0;
  const int step = drift_ > 0 ? 1 : -1;
  drift_ -= step * sample;
  samples_out_ += step;
  return step;
}

void Timeline::settle() noexcept {
  discontinue_ = false;
  doubt_ = false;
  correcting_ = false;
  drift_ = 0;
  steady_ = 0;
}

void Timeline::reset() noexcept {
  settle();
  anchored_ = false;
  samples_out_ = 0;
  samples_in_ = 0;
  rate_in_ = 0;
}

}  // namespace xg2g::audio
