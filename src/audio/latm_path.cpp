// SPDX-License-Identifier: MIT
#include "audio/latm_path.h"

namespace xg2g::audio {
namespace {

constexpr std::int64_t kFrame = es::LatmConverter::kFrameSamples;

}  // namespace

bool LatmPath::convertible() const noexcept {
  return converter_.convertible() &&
         (frames_ == 0 || converter_.format() == format_);
}

std::optional<base::Ticks> LatmPath::position() const noexcept {
  return timeline_ ? timeline_->position() : std::nullopt;
}

LatmPath::Result LatmPath::push(const es::AccessUnit& unit,
                                std::optional<base::Ticks> pts,
                                FrameQueue& queue) {
  begin();
  const bool whole = converter_.convert(unit.bytes);
  const auto samples = static_cast<std::int64_t>(unit_samples());
  const auto verdict =
      timeline_->place({.pts = pts,
                        .samples = samples,
                        .rate = static_cast<int>(sample_rate()),
                        .missing = samples * unit.missing,
                        .lost = unit.lost,
                        .discontinuity = unit.discontinuity});
  if (verdict.placement == Timeline::Placement::kUntimed) return {verdict};
  if (verdict.placement == Timeline::Placement::kAnchor) written_ = 0;
  std::int64_t from = timeline_->due() - samples;
  fill(whole ? from : timeline_->due(), queue);
  for (const auto frame : converter_.frames()) {
    write(frame, from, queue);
    from += kFrame;
  }
  (void)timeline_->correction();
  return {verdict, !whole};
}

/// Opens the timeline at the rate that the first frame has.
void LatmPath::begin() {
  if (timeline_ && converter_.format() == format_) return;
  format_ = converter_.format();
  timeline_.emplace(static_cast<int>(sample_rate()));
  silence_.emplace(format_);
}

/// Fills up to `from` samples behind the anchor, as near as whole frames come.
void LatmPath::fill(std::int64_t from, FrameQueue& queue) {
  while (from - written_ >= kFrame / 2) {
    write(silence_->frame(), written_, queue);
  }
}

/// Leaves out what lies before the end of what was written by more than half.
void LatmPath::write(std::span<const std::uint8_t> frame, std::int64_t from,
                     FrameQueue& queue) {
  if (written_ - from > kFrame / 2) return;
  queue.push(frame, timeline_->time_of(from));
  written_ = from + kFrame;
  ++frames_;
}

void LatmPath::reset() noexcept {
  converter_.reset();
  timeline_.reset();
  written_ = 0;
}

}  // namespace xg2g::audio
