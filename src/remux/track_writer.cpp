// SPDX-License-Identifier: MIT
#include "remux/track_writer.h"

#include <utility>

#include "base/timestamp.h"
#include "es/pes_writer.h"

namespace xg2g::remux {
namespace {

/// What a track holds where another timeline starts: the open block, the one
/// in the encoder, and what comes out of the rate converter.
constexpr unsigned kMostOld = 3;

EventType event_type(audio::TrackEvent::Type type) noexcept {
  switch (type) {
    case audio::TrackEvent::Type::kGap:
      return EventType::kGap;
    case audio::TrackEvent::Type::kOverlap:
      return EventType::kOverlap;
    case audio::TrackEvent::Type::kDiscontinuity:
      return EventType::kDiscontinuity;
    case audio::TrackEvent::Type::kDamage:
      break;
  }
  return EventType::kDamage;
}

}  // namespace

void TrackWriter::discontinue() noexcept {
  context_->times.forget(pid_);
  awaits_pts_ = true;
}

void TrackWriter::announce() {
  if (std::exchange(unannounced_, false)) context_->announce();
}

void TrackWriter::follow(const es::AccessUnit& unit) noexcept {
  if (!unit.discontinuity) return;
  awaits_pts_ = false;
  old_frames_ = kMostOld;
}

void TrackWriter::write(audio::Track& track, ts::ContinuityCounter& counter) {
  ts::Packetizer packetizer(pid_, counter, context_->output);
  while (const auto frame = track.next()) {
    announce();
    packetizer.pes(es::make_pes_header(frame->bytes.size(), frame->pts),
                   frame->bytes);
    tell_time(frame->pts);
  }
  report_events(track);
}

void TrackWriter::tell_time(base::Ticks pts) noexcept {
  if (awaits_pts_) return;
  if (old_frames_ > 0) {
    --old_frames_;
    return;
  }
  context_->times.set(pid_, base::wrap(pts));
}

void TrackWriter::report_events(audio::Track& track) {
  while (const auto event = track.next_event()) {
    context_->events.add(event_type(event->type), pid_, event->value);
  }
}

}  // namespace xg2g::remux
