// SPDX-License-Identifier: MIT
#include "audio/unit_gate.h"

#include <algorithm>

namespace xg2g::audio {
namespace {

using base::ClockTicks;
using base::Ticks;

/// Room for what mostly waits: a few frames.
constexpr std::size_t kUsualBytes = 8 * 1024;
constexpr std::size_t kUsualUnits = 16;
/// What a unit of unknown length counts as: AAC at 96 kHz.
constexpr ClockTicks kShortest = std::chrono::milliseconds(10);

std::uint64_t later(std::uint64_t pts, ClockTicks by) noexcept {
  return base::wrap(base::unroll(pts, {}) + std::chrono::round<Ticks>(by));
}

ClockTicks missing_before(const UnitGate::Unit& unit) noexcept {
  return unit.length * static_cast<std::int64_t>(unit.unit.missing);
}

}  // namespace

UnitGate::UnitGate() : bytes_(kUsualBytes) { units_.reserve(kUsualUnits); }

void UnitGate::push(const Unit& unit, bool settled) {
  if (waiting() == 0) drop_all();
  // No PTS behind these tells where those before them stand.
  const bool apart = unit.unit.lost || unit.unit.discontinuity;
  if (apart && needs_pts_ && !timed()) drop_all();
  needs_pts_ = needs_pts_ || unit.unit.lost;
  settled_ = settled;
  units_.push_back(unit);
  bytes_.append(unit.unit.bytes);
  if (full()) {
    settled_ = true;
    needs_pts_ = false;
  }
}

bool UnitGate::full() const noexcept {
  ClockTicks length{};
  for (std::size_t i = first_; i < units_.size(); ++i) {
    const ClockTicks known = units_[i].length;
    length += known.count() > 0 ? known : kShortest;
  }
  return length > kLongest || bytes_.size() - given_ > kMostBytes;
}

void UnitGate::set_length(ClockTicks length) noexcept {
  for (std::size_t i = first_; i < units_.size(); ++i) {
    if (units_[i].length.count() == 0) units_[i].length = length;
  }
}

std::optional<UnitGate::Unit> UnitGate::next() {
  if (waiting() == 0 || !settled_) return std::nullopt;
  if (needs_pts_) {
    if (!timed()) return std::nullopt;
    count_back();
    needs_pts_ = false;
  }
  Unit next = units_[first_++];
  const std::size_t size = next.unit.bytes.size();
  next.unit.bytes = bytes_.view().subspan(given_, size);
  given_ += size;
  if (pts_ && !next.unit.pts) {
    next.unit.pts = pts_;
    next.unit.lost = true;
  }
  pts_.reset();
  return next;
}

void UnitGate::leave_out(const Unit& unit) noexcept {
  ++dropped_;
  pts_ = unit.unit.pts;
  if (pts_) pts_ = later(*pts_, unit.length);
}

void UnitGate::reset() noexcept {
  drop_all();
  settled_ = true;
  needs_pts_ = true;
  pts_.reset();
}

void UnitGate::drop_all() noexcept {
  dropped_ += waiting();
  units_.clear();
  first_ = 0;
  bytes_.clear();
  given_ = 0;
}

bool UnitGate::timed() const noexcept {
  return std::any_of(units_.begin() + static_cast<std::ptrdiff_t>(first_),
                     units_.end(),
                     [](const Unit& u) { return u.unit.pts.has_value(); });
}

/// Gives the first one the PTS that the first PTS behind it tells.
void UnitGate::count_back() noexcept {
  ClockTicks before{};
  std::size_t at = first_;
  while (!units_[at].unit.pts) {
    before += units_[at].length;
    ++at;
    before += missing_before(units_[at]);
  }
  units_[first_].unit.pts = later(*units_[at].unit.pts, -before);
}

}  // namespace xg2g::audio
