// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "base/result.h"
#include "base/timestamp.h"
#include "es/framer.h"

namespace xg2g::audio {

enum class DualMono : std::uint8_t { kLeft = 0, kRight = 1, kBoth = 2 };

/// What every track becomes: one constant AAC-LC configuration.
struct Format {
  int sample_rate = 48'000;
  int channels = 2;
  int bit_rate = 192'000;
  DualMono dual_mono = DualMono::kLeft;
  int drc_percent = 100;
};

/// Says why `format` cannot be encoded, in a sentence that names the value and
/// what is allowed; nothing if it can.
[[nodiscard]] std::optional<base::Error> check(const Format& format);

/// One AAC frame in ADTS (ISO/IEC 13818-7, 6.2) and where it stands.
struct AacFrame {
  std::span<const std::uint8_t> bytes;  ///< Valid until the next call.
  base::Ticks pts;                      ///< Of the samples it decodes to.
};

struct TrackEvent {
  enum class Type : std::uint8_t { kGap, kOverlap, kDiscontinuity, kDamage };
  Type type;
  std::int64_t value;  ///< 90 kHz ticks, or frames for kDamage.
};

struct TrackCounters {
  std::uint64_t frames_in = 0;   ///< Decoded or converted.
  std::uint64_t frames_out = 0;  ///< AAC frames.
  std::uint64_t concealed = 0;   ///< Damaged frames replaced.
  std::uint64_t gaps = 0;        ///< Holes filled.
  std::uint64_t overlaps = 0;    ///< Places where samples were dropped.
  std::uint64_t discontinuities = 0;
  std::uint64_t untimed = 0;     ///< Frames dropped before the first PTS.
};

/// The way of sound: access units in, AAC frames out on the same timeline.
///
/// Decodes, mixes, converts the rate, keeps time and encodes. AAC-LC in LATM
/// is put into ADTS without that. The codec, rate and channels of what comes
/// in may change from one access unit to the next; what leaves does not.
class Track {
 public:
  /// Opens the encoder; the error says what libavcodec refused.
  [[nodiscard]] static base::Result<std::unique_ptr<Track>> open(
      const Format& format);
  virtual ~Track() = default;

  /// Takes one access unit.
  virtual void push(const es::AccessUnit& unit) = 0;
  /// The next AAC frame that is ready, or nothing.
  [[nodiscard]] virtual std::optional<AacFrame> next() = 0;
  /// Says that the next PTS starts a new timeline, wherever it stands.
  virtual void discontinue() = 0;
  /// Says that nothing follows: all samples become ready for next(). What is
  /// pushed afterwards starts a new timeline.
  virtual void flush() = 0;

  /// True where frames are converted rather than decoded and encoded.
  [[nodiscard]] virtual bool converts() const noexcept = 0;
  [[nodiscard]] virtual const TrackCounters& counters() const noexcept = 0;
  /// The oldest of a bounded number of waiting events.
  [[nodiscard]] virtual std::optional<TrackEvent> next_event() = 0;
};

}  // namespace xg2g::audio
