// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "es/frame_header.h"

namespace xg2g::es {

/// Reads the header of an AC-3 frame (ETSI TS 102 366, 4.3 and 4.4; 8 bytes)
/// or an E-AC-3 frame (annex E, E.1.2 and E.1.3; 7 bytes): bsid tells which.
/// bsid 9 and 10, AC-3 at a half and a quarter of the rate, are taken as
/// libavcodec takes them. Nothing where a field is reserved.
[[nodiscard]] std::optional<FrameHeader> parse_ac3_header(
    std::span<const std::uint8_t> bytes) noexcept;

}  // namespace xg2g::es
