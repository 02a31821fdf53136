// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "audio/track.h"
#include "es/framer.h"
#include "remux/audio_context.h"
#include "ts/packetizer.h"

namespace xg2g::remux {

/// What comes out of a track: AAC in PES packets, its time, and its events.
class TrackWriter {
 public:
  TrackWriter(std::uint16_t pid, AudioContext& context) noexcept
      : pid_(pid), context_(&context) {}

  /// Says that the next PTS starts a new timeline: no time is told of what is
  /// still to leave of the old one.
  void discontinue() noexcept;
  /// Says that the PMT is to tell of the AAC before more of it leaves.
  void announce_next() noexcept { unannounced_ = true; }
  /// Has the PMT tell it now, if that is so.
  void announce();
  /// Sees an access unit before the track does.
  void follow(const es::AccessUnit& unit) noexcept;
  /// Writes what is ready.
  void write(audio::Track& track, ts::ContinuityCounter& counter);

 private:
  void tell_time(base::Ticks pts) noexcept;
  void report_events(audio::Track& track);

  std::uint16_t pid_;
  AudioContext* context_;
  bool unannounced_ = false;
  bool awaits_pts_ = false;
  unsigned old_frames_ = 0;  ///< May still leave of the old timeline.
};

}  // namespace xg2g::remux
