// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "es/adts_header.h"
#include "es/framer.h"
#include "support/bytes.h"
#include "support/signal.h"

namespace xg2g::test {

/// Sound, one Samples a channel, all of one length.
using Sound = std::vector<Samples>;

/// What libavcodec is to encode: "mp2", "ac3", "eac3" or "aac".
struct Coding {
  std::string encoder = "mp2";
  int sample_rate = 48'000;
  int bit_rate = 192'000;
  /// The encoder's own, such as {"dialnorm", "-24"}.
  std::vector<std::pair<std::string, std::string>> options;
};

/// One encoded frame that owns its bytes.
struct CodedUnit {
  Bytes bytes;
  es::FrameHeader header;

  /// As the framer would hand it on.
  [[nodiscard]] es::AccessUnit view(std::optional<std::uint64_t> pts = {},
                                    std::uint32_t missing = 0) const {
    return {bytes, header, pts, missing};
  }
};

/// Encodes whole frames of `sound`; samples at its end that fill none are left
/// out. Frames of "aac" are in ADTS. An empty answer is a failure.
[[nodiscard]] std::vector<CodedUnit> encode(const Coding& coding,
                                            const Sound& sound);

/// Cuts a file of frames, one after the other, into units.
[[nodiscard]] std::vector<CodedUnit> cut_frames(const Bytes& file);

/// What libavcodec, asked for nothing else, makes of the frames: the reference
/// for time and level. Frames that fail are left out.
[[nodiscard]] Sound decode(const std::vector<CodedUnit>& units);
[[nodiscard]] Sound decode_adts(const std::vector<Bytes>& frames);

}  // namespace xg2g::test
