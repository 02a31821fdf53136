// SPDX-License-Identifier: MIT
#include "audio/track_event.h"

namespace xg2g::audio {

void TrackEventQueue::push(TrackEvent event) noexcept {
  if (count_ > 0 && event.type == TrackEvent::Type::kDamage) {
    TrackEvent& last = events_[(first_ + count_ - 1) % kLimit];
    if (last.type == event.type) {
      last.value += event.value;
      return;
    }
  }
  if (count_ == kLimit) return;
  events_[(first_ + count_) % kLimit] = event;
  ++count_;
}

std::optional<TrackEvent> TrackEventQueue::pop() noexcept {
  if (count_ == 0) return {};
  const TrackEvent event = events_[first_];
  first_ = (first_ + 1) % kLimit;
  --count_;
  return event;
}

}  // namespace xg2g::audio
