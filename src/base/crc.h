// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>

namespace xg2g::base {

/// CRC_32 as sections carry it (ISO/IEC 13818-1, annex A): 0 over a whole
/// section that arrived undamaged.
[[nodiscard]] std::uint32_t crc32_mpeg(
    std::span<const std::uint8_t> bytes) noexcept;

/// CRC-16 with the polynomial 0x8005, as audio frames carry it: from 0 in A/52
/// (ETSI TS 102 366, 6.1.7), from 0xFFFF in MPEG audio (ISO/IEC 11172-3,
/// 2.4.3.1).
[[nodiscard]] std::uint16_t crc16(std::span<const std::uint8_t> bytes,
                                  std::uint16_t initial = 0) noexcept;

}  // namespace xg2g::base
