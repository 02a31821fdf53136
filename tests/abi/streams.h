// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "support/bytes.h"
#include "support/encode.h"

namespace xg2g::test {

inline constexpr std::uint16_t kVideoPid = 0x100;
inline constexpr std::uint16_t kAudioPid = 0x101;

/// Sound in a television stream: speech, PCR, PAT and PMT ten times a second.
struct Television {
  /// What frames of "aac" leave ADTS for.
  enum class Wrap : std::uint8_t {
    kNone,
    kLatm,       ///< AAC-LC at 48 kHz, stereo, in LATM.
    kLatmHeAac,  ///< The same at 24 kHz, called HE-AAC of 48 kHz.
  };

  Coding coding = {};
  std::uint8_t stream_type = 0x03;
  std::size_t channels = 2;
  Wrap wrap = Wrap::kNone;
  double seconds = 1;
};
[[nodiscard]] Bytes make_television(const Television& television = {});

/// Packets of one PID that no table names.
[[nodiscard]] Bytes make_packets(std::size_t count);

/// Bytes that hold no 0x47.
[[nodiscard]] Bytes make_garbage(std::size_t count);

}  // namespace xg2g::test
