// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace xg2g::es {

/// The codings of sound that a transport stream announces or carries. The
/// values are those of enum xg2g_codec.
enum class Codec : std::uint8_t {
  kUnknown = 0,
  kMpegAudio = 1,  // ISO/IEC 11172-3 and 13818-3, layers I to III
  kAc3 = 2,        // ETSI TS 102 366
  kEac3 = 3,       // ETSI TS 102 366, annex E
  kAacAdts = 4,    // ISO/IEC 13818-7
  kAacLatm = 5,    // ISO/IEC 14496-3, 1.7, in LOAS AudioSyncStream
  kDts = 6,        // ETSI TS 102 114
  kAc4 = 7,        // ETSI TS 103 190
  kLpcm = 8,
  kTrueHd = 9,
};

}  // namespace xg2g::es
