// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace xg2g::ts {

struct PatEntry {
  std::uint16_t program_number = 0;  ///< 0 names the network PID.
  std::uint16_t pid = 0;

  friend bool operator==(const PatEntry&, const PatEntry&) = default;
};

/// One section of the program association table (ISO/IEC 13818-1, 2.4.4.3).
struct Pat {
  std::uint16_t transport_stream_id = 0;
  std::uint8_t version_number = 0;
  bool current = true;  ///< current_next_indicator
  std::uint8_t section_number = 0;
  std::uint8_t last_section_number = 0;
  std::vector<PatEntry> entries;

  friend bool operator==(const Pat&, const Pat&) = default;
};

/// Nothing where it is no PAT section or its CRC_32 is wrong.
[[nodiscard]] std::optional<Pat> parse_pat(
    std::span<const std::uint8_t> section);
[[nodiscard]] std::vector<std::uint8_t> write_pat(const Pat& pat);

}  // namespace xg2g::ts
