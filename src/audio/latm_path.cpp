// SPDX-License-Identifier: MIT
#include "audio/latm_path.h"

#include <utility>

namespace xg2g::audio {
namespace {

constexpr std::int64_t kTicks = base::Ticks::period::den;
constexpr base::Ticks kJump{kTicks};

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
  if (kind == Kind::kNeedsDecoding) return Outcome::kNeedsDecoding;
  if (kind == Kind::kConvertible && converter_.sample_rate() != rate_) {
    if (const auto here = position()) anchor_ = *here;
    samples_ = 0;
    rate_ = converter_.sample_rate();
  }
  advance(unit.missing);
  if (pts) take_pts(*pts);
  if (rate_ == 0 || !anchored_) return Outcome::kNotYet;
  if (kind == Kind::kUnknown) {
    advance(1);
    return Outcome::kDamaged;
  }
  for (const auto frame : converter_.frames()) {
    queue.push(frame, *position());
    advance(1);
    ++frames_;
  }
  return Outcome::kConverted;
}

void LatmPath::take_pts(base::Ticks pts) noexcept {
  if (const auto here = position()) {
    const base::Ticks error = pts - *here;
    if (discontinue_ || std::chrono::abs(error) > kJump) jump_ = error;
  }
  discontinue_ = false;
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

void LatmPath::reset() noexcept {
  converter_.reset();
  anchored_ = false;
  discontinue_ = false;
  samples_ = 0;
  rate_ = 0;
  jump_.reset();
}

}  // namespace xg2g::audio
