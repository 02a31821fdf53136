// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "es/frame_header.h"

namespace xg2g::es {

/// Bytes in front of the AudioMuxElement of a LOAS AudioSyncStream.
inline constexpr std::size_t kLoasHeaderSize = 3;
/// Bytes of the longest one, by the 13 bits of audioMuxLengthBytes.
inline constexpr std::size_t kLoasMaxSize = kLoasHeaderSize + 8191;

/// Reads the 3 bytes in front of a LOAS AudioSyncStream (ISO/IEC 14496-3,
/// 1.7.2), which tell no more than its size. Nothing where it is empty.
[[nodiscard]] std::optional<FrameHeader> parse_latm_header(
    std::span<const std::uint8_t> bytes) noexcept;

}  // namespace xg2g::es
