// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace xg2g::ts {

/// The header that PAT and PMT sections share (ISO/IEC 13818-1, 2.4.4.10).
struct SectionHeader {
  std::uint8_t table_id = 0;
  /// transport_stream_id or program_number.
  std::uint16_t table_id_extension = 0;
  std::uint8_t version_number = 0;
  bool current = true;  ///< current_next_indicator
  std::uint8_t section_number = 0;
  std::uint8_t last_section_number = 0;
};

/// A section that arrived undamaged, its CRC_32 taken off.
struct Section {
  SectionHeader header;
  std::span<const std::uint8_t> body;
};

/// PAT and PMT sections are at most this long (2.4.4.5, 2.4.4.9), in bytes.
inline constexpr std::size_t kLongestPsiSection = 1024;

/// Nothing where the section is not of the long form, longer than PAT and PMT
/// may be, or its CRC_32 is wrong.
[[nodiscard]] std::optional<Section> parse_section(
    std::span<const std::uint8_t> bytes) noexcept;

/// Puts header and CRC_32 around `body`.
[[nodiscard]] std::vector<std::uint8_t> write_section(
    const SectionHeader& header, std::span<const std::uint8_t> body);

}  // namespace xg2g::ts
