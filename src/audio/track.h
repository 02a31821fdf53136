// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "audio/format.h"
#include "audio/frame_queue.h"
#include "audio/track_event.h"
#include "base/result.h"
#include "es/framer.h"

namespace xg2g::audio {

struct TrackCounters {
  std::uint64_t frames_in = 0;   ///< Decoded or converted.
  std::uint64_t frames_out = 0;  ///< AAC frames.
  std::uint64_t concealed = 0;   ///< Damaged frames replaced.
  std::uint64_t gaps = 0;        ///< Holes filled.
  std::uint64_t overlaps = 0;    ///< Places where samples were dropped.
  std::uint64_t discontinuities = 0;
  std::uint64_t untimed = 0;  ///< Frames that no PTS gave a time, dropped.
};

/// The way of sound: access units in, AAC frames out on the same timeline.
///
/// Decodes, mixes, converts the rate, keeps time and encodes. AAC-LC in LATM
/// is put into ADTS without that. The codec, rate and channels of what comes
/// in may change from one access unit to the next; what leaves does not,
/// unless it began as converted AAC-LC and goes on as something else.
class Track {
 public:
  /// Opens the encoder; the error says what libavcodec refused.
  [[nodiscard]] static base::Result<std::unique_ptr<Track>> open(
      const Format& format);
  Track(const Track&) = delete;
  Track& operator=(const Track&) = delete;
  ~Track();

  /// Takes one access unit, which may wait for the next PTS. At most two
  /// seconds of frames become ready, and what it decodes to; they are to be
  /// taken before the next one.
  void push(const es::AccessUnit& unit);
  /// The next AAC frame that is ready, or nothing.
  [[nodiscard]] std::optional<AacFrame> next();
  /// Says that nothing follows: all samples become ready for next(). What is
  /// pushed afterwards starts a new timeline.
  void flush();

  /// True where frames are converted rather than decoded and encoded.
  [[nodiscard]] bool converts() const noexcept;
  [[nodiscard]] const TrackCounters& counters() const noexcept;
  /// The oldest of a bounded number of waiting events.
  [[nodiscard]] std::optional<TrackEvent> next_event();

 private:
  class Impl;

  explicit Track(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace xg2g::audio
