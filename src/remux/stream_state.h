// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "remux/stream_kind.h"

namespace xg2g::remux {

/// The values are those of enum xg2g_stream_state.
enum class StreamState : std::uint8_t {
  kOther = 0,
  kWaiting = 1,
  kTranscoded = 2,
  kConverted = 3,
  kAac = 4,
  kUnsupported = 5,
  kScrambled = 6,
  kNotSelected = 7,
  kUnrecognized = 8,
  kTooMany = 9,
  kUntimed = 10,
};

/// True where a stream in this state carries AAC in ADTS, or will as far as
/// anyone knows.
[[nodiscard]] constexpr bool carries_adts(StreamState state,
                                          const StreamKind& kind) noexcept {
  switch (state) {
    case StreamState::kTranscoded:
    case StreamState::kConverted:
    case StreamState::kAac:
      return true;
    case StreamState::kWaiting:
      return kind.handling == Handling::kDecode;
    default:
      return false;
  }
}

}  // namespace xg2g::remux
