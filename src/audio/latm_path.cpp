// SPDX-License-Identifier: MIT
#include "audio/latm_path.h"

#include <utility>

namespace xg2g::audio {
namespace {

constexpr std::int64_t kTicks = base::Ticks::period::den;
/// Further off than this is a jump.
constexpr base::Ticks kJump{kTicks};
/// Off by this much is a hole or an overlap, as on the timeline.
constexpr base::Ticks kHole{kTicks / 50};
/// Muxers round to milliseconds.
constexpr base::Ticks kTolerance{kTicks / 1000};

}  // namespace

std::optional<base::Ticks> LatmPath::position() const noexcept {
  if (!anchored_) return {};
  if (rate_ == 0) return anchor_;
  return anchor_ + base::Ticks((samples_ * kTicks + rate_ / 2) / rate_);
}

LatmPath::Outcome LatmPath::push(const es::AccessUnit& unit,
                                 std::optional<base::Ticks> pts,
                                 FrameQueue& queue) {
  using Kind = es::LatmConverter::Kind;
  const Kind kind = converter_.push(unit.bytes);
  const bool known = kind != Kind::kConvertible || take_configuration();
  advance(unit.missing);
  if (kind == Kind::kNeedsDecoding || !known) return Outcome::kNeedsDecoding;
  if (pts) take_pts(*pts);
  if (rate_ == 0 || !anchored_) return Outcome::kNotYet;
  if (kind == Kind::kUnknown) {
    advance(1);
    return Outcome::kDamaged;
  }
  for (const auto frame : converter_.frames()) {
    if (take_frame(frame, queue)) ++frames_;
  }
  return Outcome::kConverted;
}

bool LatmPath::take_configuration() noexcept {
  if (frames_ == 0) {
    rate_ = converter_.sample_rate();
    channels_ = converter_.channels();
  }
  return rate_ == converter_.sample_rate() &&
         channels_ == converter_.channels();
}

/// False where the frame lies before the end of those that left.
bool LatmPath::take_frame(std::span<const std::uint8_t> frame,
                          FrameQueue& queue) {
  const base::Ticks begin = *position();
  advance(1);
  const base::Ticks end = *position();
  if (end_ && end < *end_ + kTolerance) return false;
  queue.push(frame, begin);
  end_ = end;
  return true;
}

void LatmPath::take_pts(base::Ticks pts) noexcept {
  if (const auto here = position()) {
    const base::Ticks error = pts - *here;
    const base::Ticks size = std::chrono::abs(error);
    const bool jump = discontinue_ || size > kJump;
    discontinue_ = false;
    if (jump) jump_ = error;
    if (size < kTolerance) return;
    if (jump) {
      end_.reset();
    } else if (size >= kHole) {
      hole_ = error;
    }
  }
  anchored_ = true;
  anchor_ = pts;
  samples_ = 0;
}

void LatmPath::advance(std::uint64_t frames) noexcept {
  samples_ += static_cast<std::int64_t>(frames) *
              std::int64_t{es::LatmConverter::kFrameSamples};
}

std::optional<base::Ticks> LatmPath::take_jump() noexcept {
  return std::exchange(jump_, std::nullopt);
}

std::optional<base::Ticks> LatmPath::take_hole() noexcept {
  return std::exchange(hole_, std::nullopt);
}

void LatmPath::reset() noexcept {
  converter_.reset();
  anchored_ = false;
  discontinue_ = false;
  samples_ = 0;
  jump_.reset();
  hole_.reset();
  end_.reset();
}

}  // namespace xg2g::audio
