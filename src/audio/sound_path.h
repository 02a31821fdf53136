// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "audio/av_memory.h"
#include "audio/chain.h"
#include "audio/decoder.h"
#include "audio/format.h"
#include "audio/frame_queue.h"
#include "audio/latm_path.h"
#include "audio/timeline.h"
#include "audio/track_counters.h"
#include "audio/track_event.h"
#include "audio/unit_gate.h"
#include "base/result.h"
#include "base/timestamp.h"
#include "es/framer.h"

namespace xg2g::audio {

/// What outlasts a sound path and is handed to the next one.
struct SoundPast {
  /// What was encoded once stays encoded, so that its configuration lasts.
  enum class Mode : std::uint8_t { kUndecided, kConverts, kEncodes };

  Mode mode = Mode::kUndecided;
  std::optional<LatmPath> latm = {};  ///< Where it converts.
  TrackCounters counters = {};
};

/// A track while it is open: all that decoding, mixing and encoding takes.
class SoundPath {
 public:
  /// Opens the encoder; the error says what libavcodec refused.
  [[nodiscard]] static base::Result<std::unique_ptr<SoundPath>> open(
      const Format& format, SoundPast past);
  SoundPath(const SoundPath&) = delete;
  SoundPath& operator=(const SoundPath&) = delete;

  /// As Track's.
  void push(const es::AccessUnit& unit);
  void flush();
  [[nodiscard]] std::optional<AacFrame> next() noexcept { return queue_.pop(); }
  [[nodiscard]] std::optional<TrackEvent> next_event() noexcept {
    return events_.pop();
  }
  [[nodiscard]] bool converts() const noexcept {
    return mode_ == Mode::kConverts;
  }
  [[nodiscard]] const TrackCounters& counters() const noexcept {
    return counters_;
  }
  /// After flush(): what outlasts it. Nothing is to be pushed any more.
  [[nodiscard]] SoundPast past();

 private:
  using Mode = SoundPast::Mode;

  /// What one access unit adds to the timeline.
  struct Length {
    std::int64_t samples = 0;
    int rate = 0;  ///< 0 where it is not known.
  };

  SoundPath(const Format& format, SoundPast past, std::unique_ptr<AvPool> pool,
            std::unique_ptr<Encoder> encoder);

  template <typename Step>
  void with_pool(Step step);
  void take(const es::AccessUnit& unit);
  void finish();
  void pass(const UnitGate::Unit& unit);
  void convert(const es::AccessUnit& unit, std::optional<base::Ticks> pts);
  void transcode(const es::AccessUnit& unit, std::optional<base::Ticks> pts);
  void place(const es::AccessUnit& unit, std::optional<base::Ticks> pts,
             const std::optional<Decoded>& decoded, Length length);
  std::optional<Decoded> decode(const es::AccessUnit& unit,
                                std::optional<base::Ticks> pts);
  Length announced_length(const es::AccessUnit& unit) const;
  std::optional<Length> length_of(const es::AccessUnit& unit,
                                  const std::optional<Decoded>& decoded);
  std::optional<base::Ticks> unroll(std::optional<std::uint64_t> pts) const;
  bool continues(const Timeline::Verdict& verdict,
                 const std::optional<Decoded>& decoded) const noexcept;
  void set_input(const es::AccessUnit& unit, const Decoded& decoded);
  void shift(std::int64_t samples, std::int64_t due);
  void count_frames();
  void report(const Timeline::Verdict& verdict, int rate);
  void report_damage();

  std::unique_ptr<AvPool> pool_;  // Outlives all that libav* allocated.
  Format format_;
  FrameQueue queue_;
  TrackEventQueue events_;
  TrackCounters counters_;
  UnitGate gate_;
  Mode mode_ = Mode::kUndecided;
  LatmPath latm_;
  std::unique_ptr<Decoder> decoder_;
  Timeline timeline_;
  Chain chain_;
  Layout layout_;
  Length last_;
  bool new_decoder_ = false;
  std::uint64_t encoded_before_;  ///< Frames, by the chains before this one.
};

}  // namespace xg2g::audio
