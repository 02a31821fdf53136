// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/timestamp.h"

namespace xg2g::es {

/// Bytes of a PES header with a PTS and nothing else that is optional.
inline constexpr std::size_t kPesHeaderSize = 14;

/// The header of a PES packet that holds one AAC frame of `payload_size` bytes
/// (at most 65527): stream_id 0xC0, data_alignment_indicator set, the exact
/// PES_packet_length, `pts` in its low 33 bits (ISO/IEC 13818-1, 2.4.3.6).
[[nodiscard]] std::array<std::uint8_t, kPesHeaderSize> make_pes_header(
    std::size_t payload_size, base::Ticks pts) noexcept;

}  // namespace xg2g::es
