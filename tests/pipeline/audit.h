// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "support/bytes.h"
#include "support/stream_reader.h"

namespace xg2g::test {

/// Fails where `out` is not `in` with its sound as AAC: where a packet that is
/// neither a PMT's nor of a PID in `replaced` is missing, altered or out of
/// order, where a PCR is not the same, or where what is new is not as it must
/// be: continuity, CRC_32, PES packets with one ADTS frame and its PTS each.
void expect_clean(View in, View out,
                  const std::vector<std::uint16_t>& replaced);

/// PTS of the PES packets of AAC on `pid`.
[[nodiscard]] std::vector<std::int64_t> times(View stream, std::uint16_t pid);
/// Fails where those are not 1,024 samples of 48 kHz apart from first to last.
void expect_even(const std::vector<std::int64_t>& times);

/// For each packet of `pid`, how many packets of `passing`
/// stand before it.
[[nodiscard]] std::vector<std::size_t> places(View stream, std::uint16_t pid,
                                              std::uint16_t passing);
/// The same for each PCR on `pid`, with its value.
[[nodiscard]] std::vector<std::pair<std::size_t, std::uint64_t>> pcr_places(
    View stream, std::uint16_t pid, std::uint16_t passing);

/// stream_type of `pid` in each PMT of program 1.
[[nodiscard]] std::vector<std::uint8_t> types(View stream, std::uint16_t pid);

}  // namespace xg2g::test
