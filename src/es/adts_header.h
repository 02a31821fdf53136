// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "es/frame_header.h"

namespace xg2g::es {

/// Bytes of an ADTS header without CRC (ISO/IEC 13818-7, 6.2).
inline constexpr std::size_t kAdtsHeaderSize = 7;
/// Bytes that fit behind it, bounded by the 13 bits of aac_frame_length.
inline constexpr std::size_t kAdtsMaxPayload = 8191 - kAdtsHeaderSize;

/// Reads the 7 bytes of adts_fixed_header and adts_variable_header (ISO/IEC
/// 13818-7, 6.2). Nothing where the sampling_frequency_index is reserved or
/// the frame is shorter than its own header.
[[nodiscard]] std::optional<FrameHeader> parse_adts_header(
    std::span<const std::uint8_t> bytes) noexcept;

/// What the ADTS headers of one AAC-LC stream have in common.
struct AdtsFormat {
  std::uint8_t sample_rate_index = 0;      ///< 0 to 12.
  std::uint8_t channel_configuration = 0;  ///< 1 to 7.

  friend bool operator==(const AdtsFormat&, const AdtsFormat&) = default;
};

/// The header of an AAC-LC frame that holds one raw_data_block of
/// `payload_size` bytes, at most kAdtsMaxPayload; no CRC, ID of MPEG-4.
[[nodiscard]] std::array<std::uint8_t, kAdtsHeaderSize> make_adts_header(
    AdtsFormat format, std::size_t payload_size) noexcept;

}  // namespace xg2g::es
