// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>

#include "audio/format.h"
#include "audio/track.h"
#include "base/timestamp.h"
#include "remux/stream_state.h"

namespace xg2g::remux {

/// A PID's track, which is open only while there is something to do and one of
/// the places for open tracks is free.
class TrackSlot {
 public:
  /// Without sound for so long, a track is to be closed.
  static constexpr base::ClockTicks kLongestRest = std::chrono::seconds(30);

  /// `left` is the number of places that are free; both outlive this.
  TrackSlot(const audio::Format& format, unsigned& left) noexcept
      : format_(&format), left_(&left) {}
  TrackSlot(const TrackSlot&) = delete;
  TrackSlot& operator=(const TrackSlot&) = delete;
  ~TrackSlot() { leave(); }

  /// Gives the track a place, or lets it keep it: there is something to do. The
  /// answer is the state of a stream that can have none.
  [[nodiscard]] std::optional<StreamState> enter();
  /// True where enter() would find a place.
  [[nodiscard]] bool has_room() const noexcept {
    return entered_ || *left_ > 0;
  }
  /// True where there was nothing to do for kLongestRest. To be asked about
  /// once a second.
  [[nodiscard]] bool rests(base::ClockTicks now) noexcept;
  /// Closes the track, which was flushed, and frees its place.
  void close();

  /// Only after enter(); what it counted and converts lasts.
  [[nodiscard]] audio::Track& track() noexcept { return *track_; }
  [[nodiscard]] audio::TrackCounters counters() const noexcept;
  /// Flushes the track; false where there never was one.
  bool flush();

 private:
  void leave() noexcept;

  const audio::Format* format_;
  unsigned* left_;
  std::unique_ptr<audio::Track> track_;
  bool entered_ = false;
  bool busy_ = false;  ///< Since the last rests().
  base::ClockTicks since_{};
};

}  // namespace xg2g::remux
