// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "support/bytes.h"

namespace xg2g::test {

/// The payload of one PES packet and its PTS.
struct PesPayload {
  std::optional<std::uint64_t> pts;
  Bytes bytes;
};

/// Access units of one length in time, the first of them at `first_pts`.
struct TimedUnits {
  std::vector<Bytes> units;
  std::uint64_t first_pts = 0;  ///< 90 kHz.
  unsigned samples = 1152;      ///< In each unit.
  unsigned sample_rate = 48'000;

  /// The n-th unit's PTS, rounded down from the exact value.
  [[nodiscard]] std::uint64_t pts(std::size_t n) const {
    return first_pts + n * samples * 90'000 / sample_rate;
  }
};

/// Puts `units_per_pes` whole access units into each PES packet.
[[nodiscard]] std::vector<PesPayload> lay_aligned(const TimedUnits& units,
                                                  std::size_t units_per_pes);

/// Cuts the elementary stream into PES packets of `size` bytes wherever that
/// falls. PTS is that of the first unit that starts in a packet, none if none
/// does (ISO/IEC 13818-1, 2.4.3.7).
[[nodiscard]] std::vector<PesPayload> lay_unaligned(const TimedUnits& units,
                                                    std::size_t size);

}  // namespace xg2g::test
