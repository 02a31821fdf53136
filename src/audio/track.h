// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>

#include "audio/format.h"
#include "audio/frame_queue.h"
#include "audio/track_counters.h"
#include "audio/track_event.h"
#include "base/result.h"
#include "es/framer.h"

namespace xg2g::audio {

class SoundPath;
struct SoundPast;

/// The way of sound: access units in, AAC frames out on the same timeline.
///
/// Decodes, mixes, converts the rate, keeps time and encodes. AAC-LC in LATM
/// is put into ADTS without that. The codec, rate and channels of what comes
/// in may change from one access unit to the next; what leaves does not,
/// unless it began as converted AAC-LC and goes on as something else.
///
/// A track that has nothing to do for long can be closed. It costs next to
/// nothing then, and opens again with what is pushed.
class Track {
 public:
  /// Opens the encoder; the error says what libavcodec refused.
  [[nodiscard]] static base::Result<std::unique_ptr<Track>> open(
      const Format& format);
  Track(const Track&) = delete;
  Track& operator=(const Track&) = delete;
  ~Track();

  /// Takes one access unit, which may wait for the next PTS, and opens the
  /// track again where it is closed. At most two seconds of frames become
  /// ready, and what it decodes to; they are to be taken before the next one.
  void push(const es::AccessUnit& unit);
  /// The next AAC frame that is ready, or nothing.
  [[nodiscard]] std::optional<AacFrame> next();
  /// Says that nothing follows: all samples become ready for next(). What is
  /// pushed afterwards starts a new timeline.
  void flush();
  /// After flush(), and when next() and next_event() have answered all: gives
  /// decoder, encoder and all memory back but for what lasts.
  void close();
  [[nodiscard]] bool is_open() const noexcept { return path_ != nullptr; }

  /// True where frames are converted rather than decoded and encoded.
  [[nodiscard]] bool converts() const noexcept;
  [[nodiscard]] const TrackCounters& counters() const noexcept;
  /// The oldest of a bounded number of waiting events.
  [[nodiscard]] std::optional<TrackEvent> next_event();

 private:
  Track(const Format& format, std::unique_ptr<SoundPath> path);

  Format format_;
  std::unique_ptr<SoundPath> path_;  ///< nullptr while it is closed.
  std::unique_ptr<SoundPast> past_;  ///< While it is.
};

}  // namespace xg2g::audio
