// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>

namespace xg2g::base {

/// CRC_32 as sections carry it (ISO/IEC 13818-1, annex A): 0 over a whole
/// section that arrived undamaged.
[[nodiscard]] std::uint32_t crc32_mpeg(
    std::span<const std::uint8_t> bytes) noexcept;

}  // namespace xg2g::base
