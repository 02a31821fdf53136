// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "es/frame_header.h"

namespace xg2g::es {

/// Reads the 4-byte header of an MPEG audio frame (ISO/IEC 11172-3, 2.4.2.3;
/// the lower rates of ISO/IEC 13818-3, 2.4.2.3 and of "MPEG-2.5"), layers I to
/// III. Nothing where a field is reserved or the format is free.
[[nodiscard]] std::optional<FrameHeader> parse_mpeg_audio_header(
    std::span<const std::uint8_t> bytes) noexcept;

/// The same of a frame in free format, whose size no header tells: it is 0.
[[nodiscard]] std::optional<FrameHeader> parse_free_format_header(
    std::span<const std::uint8_t> bytes) noexcept;

/// False where a layer I frame has a CRC, and a wrong one (ISO/IEC 11172-3,
/// 2.4.3.1): it guards the header and the bit allocation.
[[nodiscard]] bool layer1_crc_holds(
    std::span<const std::uint8_t> frame) noexcept;

}  // namespace xg2g::es
