// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/bytes.h"
#include "support/signal.h"

namespace xg2g::test {

struct AvStream {
  int pid = 0;
  std::string codec;     ///< libavcodec's name: "aac", "mp2", "ac3", "h264".
  std::string language;  ///< "" where none is given.
};

struct AvUnit {
  int pid = 0;
  std::optional<std::int64_t> pts;  ///< 90 kHz, straightened across a wrap.
  Bytes bytes;
};

/// One decoded frame; every channel has the same number of samples.
struct AvAudio {
  std::int64_t pts = 0;  ///< 90 kHz, of the first sample.
  int sample_rate = 0;
  std::vector<Samples> channels;
};

/// A stretch of one channel on the stream's timeline.
struct AvTimeline {
  std::int64_t start = 0;  ///< 90 kHz.
  int sample_rate = 0;
  Samples samples;  ///< Silence where nothing was decoded.
};

/// Reads a stream with libavformat and libavcodec: the witness from outside.
class AvformatReader {
 public:
  /// Reads all of `stream`; nothing where libavformat finds no stream in it.
  [[nodiscard]] static std::optional<AvformatReader> open(View stream);

  [[nodiscard]] const std::vector<AvStream>& streams() const noexcept {
    return streams_;
  }
  /// The stream on `pid`, or nullptr.
  [[nodiscard]] const AvStream* find(int pid) const;
  /// Access units of `pid` in order.
  [[nodiscard]] std::vector<AvUnit> units(int pid) const;
  /// All of `pid` decoded. Each frame stands at its own PTS. Empty where it is
  /// no sound that can be decoded.
  [[nodiscard]] std::vector<AvAudio> decode(int pid) const;
  /// One channel of decode(), each frame put where its PTS says.
  [[nodiscard]] AvTimeline timeline(int pid, std::size_t channel) const;

 private:
  AvformatReader() = default;

  std::vector<AvStream> streams_;
  std::vector<AvUnit> units_;
};

/// How much later `other` is than `reference` in samples of `reference`, on
/// the clock of their PTS; both need the same sample rate.
[[nodiscard]] Delay measure_delay(const AvTimeline& reference,
                                  const AvTimeline& other, std::size_t reach);

}  // namespace xg2g::test
