// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "support/bytes.h"

namespace xg2g::test {

/// A stream that goes on: a short one again and again, with PCR, PTS, DTS and
/// continuity counters that run on. What lies between the first and the last
/// start of a PES packet on `pid` is repeated until `seconds` are there; the
/// packets before it come once. The stream must be of 188-byte packets with a
/// PTS on each PES packet of `pid`; an empty answer says that it is not.
[[nodiscard]] Bytes loop_stream(View stream, std::uint16_t pid, double seconds);

}  // namespace xg2g::test
