// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/avformat_reader.h"
#include "support/encode.h"
#include "support/pes_layout.h"

namespace xg2g::test {

/// What a track is coded as.
struct Kind {
  const char* encoder;  ///< "mp2", "ac3", "eac3", or "aac" for ADTS.
  int sample_rate;
  std::size_t channels;
  int bit_rate;
};

inline constexpr Kind kMp2{"mp2", 48'000, 2, 192'000};
inline constexpr Kind kMp2Mono{"mp2", 48'000, 1, 96'000};
inline constexpr Kind kAc3{"ac3", 48'000, 2, 192'000};
inline constexpr Kind kAc3Surround{"ac3", 48'000, 6, 384'000};
inline constexpr Kind kEac3{"eac3", 48'000, 2, 192'000};
inline constexpr Kind kAdts{"aac", 48'000, 2, 128'000};

/// Coded speech with its place in time. All channels are the same but that of
/// 5.1 only the first speaks, so that a downmix changes its level alone.
class Track {
 public:
  /// The first sample is at `first_pts`; of the sound of `whole` seconds that
  /// is the same in every track, it has what begins at `skipped`.
  Track(const Kind& kind, double seconds,
        std::uint64_t first_pts = 10 * 90'000 + 45'000, double skipped = 0);

  /// One PES packet for each `units` frames.
  [[nodiscard]] std::vector<PesPayload> aligned(std::size_t units = 1) const {
    return lay_aligned(timed_, units);
  }
  [[nodiscard]] std::vector<PesPayload> unaligned(std::size_t size) const {
    return lay_unaligned(timed_, size);
  }
  /// aligned(), each frame as a LOAS AudioSyncStream.
  [[nodiscard]] std::vector<PesPayload> loas() const;

  /// libavcodec's plain decoding, where its PTS puts it.
  [[nodiscard]] AvTimeline reference() const;
  [[nodiscard]] const std::vector<CodedUnit>& units() const noexcept {
    return units_;
  }
  /// The PTS behind the last frame.
  [[nodiscard]] std::uint64_t end() const {
    return timed_.pts(timed_.units.size());
  }

 private:
  std::vector<CodedUnit> units_;
  TimedUnits timed_;
};

/// The first channel of the AAC on `pid`, as libavformat and libavcodec read
/// it. `stream` is what left.
[[nodiscard]] AvTimeline heard(View stream, std::uint16_t pid);

/// The part of a timeline from one PTS to another.
[[nodiscard]] AvTimeline part(const AvTimeline& timeline, std::int64_t from,
                              std::int64_t to);

/// How many samples later `heard` is than `reference`; a test fails where it
/// is not the same sound.
[[nodiscard]] double samples_late(const AvTimeline& reference,
                                  const AvTimeline& heard);

}  // namespace xg2g::test
