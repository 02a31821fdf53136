// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "audio/track.h"
#include "support/encode.h"
#include "support/signal.h"

namespace xg2g::audio {

using test::Bytes;
using test::CodedUnit;
using test::Samples;
using test::Sound;

inline constexpr std::int64_t kStart = 900'000;

inline Sound speech(std::size_t channels, double seconds, int rate = 48'000) {
  const auto count = static_cast<std::size_t>(rate * seconds);
  Sound sound;
  for (std::uint32_t i = 0; i < channels; ++i) {
    sound.push_back(
        test::speech(20 + i, static_cast<unsigned>(rate), count, 0.4));
  }
  return sound;
}

inline std::vector<CodedUnit> mp2(const Sound& sound, int rate = 48'000) {
  return test::encode({"mp2", rate, 192'000, {}}, sound);
}

inline std::vector<CodedUnit> ac3(const Sound& sound) {
  return test::encode({"ac3", 48'000, 448'000, {}}, sound);
}

/// `count` samples from `first` on.
inline Samples part(const Samples& samples, std::size_t first,
                    std::size_t count) {
  const auto from = samples.begin() + static_cast<std::ptrdiff_t>(first);
  return {from, from + static_cast<std::ptrdiff_t>(count)};
}

/// Pushes frames into a track and keeps what leaves.
class TrackRun {
 public:
  explicit TrackRun(const Format& format = {}) : format_(format) {
    auto opened = Track::open(format);
    EXPECT_TRUE(opened.ok());
    track_ = std::move(opened.value());
  }

  [[nodiscard]] Track& track() { return *track_; }

  void push(const es::AccessUnit& unit) {
    track_->push(unit);
    collect();
  }
  /// Pushes units that follow each other; the first has this PTS, and all
  /// have one if `each` says so. Answers the PTS of what comes next.
  std::int64_t push_all(const std::vector<CodedUnit>& units,
                        std::int64_t pts = kStart, bool each = true) {
    std::int64_t samples = 0;
    std::int64_t time = pts;
    for (const CodedUnit& unit : units) {
      push(unit.view(each || samples == 0 ? std::optional(as_pts(time))
                                          : std::nullopt));
      samples += unit.header.samples;
      time = pts + samples * 90'000 / unit.header.sample_rate;
    }
    return time;
  }
  void flush() {
    track_->flush();
    collect();
  }

  /// The AAC that left, and the PTS of each frame.
  [[nodiscard]] const std::vector<Bytes>& frames() const { return frames_; }
  [[nodiscard]] const std::vector<std::int64_t>& times() const {
    return times_;
  }
  /// That AAC decoded. Where frames leave holes between them, so does this
  /// not.
  [[nodiscard]] Sound decoded() const { return test::decode_adts(frames_); }
  /// The same from the sample on that stands at `pts`.
  [[nodiscard]] Sound decoded_from(std::int64_t pts) const {
    Sound sound = decoded();
    const auto skipped = static_cast<std::ptrdiff_t>(
        (pts - times_.at(0)) * format_.sample_rate / 90'000);
    for (Samples& channel : sound) {
      channel.erase(channel.begin(), channel.begin() + skipped);
    }
    return sound;
  }

  [[nodiscard]] std::vector<TrackEvent> events() {
    std::vector<TrackEvent> all;
    while (const auto event = track_->next_event()) all.push_back(*event);
    return all;
  }

  static std::uint64_t as_pts(std::int64_t time) {
    return static_cast<std::uint64_t>(time) & 0x1'FFFF'FFFF;
  }

 private:
  void collect() {
    while (const auto frame = track_->next()) {
      frames_.emplace_back(frame->bytes.begin(), frame->bytes.end());
      times_.push_back(frame->pts.count());
    }
  }

  Format format_;
  std::unique_ptr<Track> track_;
  std::vector<Bytes> frames_;
  std::vector<std::int64_t> times_;
};

}  // namespace xg2g::audio
