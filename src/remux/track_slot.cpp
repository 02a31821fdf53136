// SPDX-License-Identifier: MIT
#include "remux/track_slot.h"

#include <utility>

namespace xg2g::remux {

std::optional<StreamState> TrackSlot::enter() {
  busy_ = true;
  if (entered_) return {};
  if (*left_ == 0) return StreamState::kTooMany;
  if (!track_) {
    auto opened = audio::Track::open(*format_);
    if (!opened.ok()) return StreamState::kUnsupported;
    track_ = std::move(opened.value());
  }
  --*left_;
  entered_ = true;
  return {};
}

bool TrackSlot::rests(base::ClockTicks now) noexcept {
  if (std::exchange(busy_, false)) since_ = now;
  return entered_ && now - since_ >= kLongestRest;
}

void TrackSlot::close() {
  track_->close();
  leave();
}

audio::TrackCounters TrackSlot::counters() const noexcept {
  return track_ ? track_->counters() : audio::TrackCounters{};
}

bool TrackSlot::flush() {
  if (track_) track_->flush();
  return track_ != nullptr;
}

void TrackSlot::leave() noexcept {
  if (std::exchange(entered_, false)) ++*left_;
}

}  // namespace xg2g::remux
