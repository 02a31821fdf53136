// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "audio/format.h"
#include "remux/continuity_store.h"
#include "remux/event_log.h"
#include "remux/newest_times.h"
#include "ts/packet_output.h"

namespace xg2g::remux {

/// What the audio streams of one handle share.
struct AudioContext {
  const audio::Format& format;
  ContinuityStore& continuity;
  EventLog& events;
  NewestTimes& times;
  ts::PacketOutput& output;
  /// Told where carries_adts() of a stream has changed, before any packet of
  /// which that is true leaves.
  std::function<void()> announce;
  /// Tracks that may still be opened.
  unsigned tracks_left = 64;
};

}  // namespace xg2g::remux
