// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "support/bytes.h"
#include "support/descriptors.h"

namespace xg2g::test {

struct PatEntry {
  std::uint16_t program_number;  ///< 0 names the network PID.
  std::uint16_t pid;
};

struct PmtStream {
  std::uint8_t stream_type;
  std::uint16_t pid;
  Descriptors descriptors = {};
};

struct ProgramMap {
  std::uint16_t pcr_pid;
  std::vector<PmtStream> streams;
  Descriptors descriptors = {};
};

/// Header fields of a section (ISO/IEC 13818-1, 2.4.4.3 to 2.4.4.11).
struct SectionOptions {
  std::uint8_t version = 0;
  bool current = true;       ///< current_next_indicator.
  std::uint8_t number = 0;   ///< section_number.
  std::uint8_t last = 0;     ///< last_section_number.
  bool damaged_crc = false;  ///< A wrong CRC_32.
};

/// Puts the long header before `body` and CRC_32 behind it.
[[nodiscard]] Bytes make_section(std::uint8_t table_id,
                                 std::uint16_t table_id_extension, View body,
                                 const SectionOptions& options = {});
[[nodiscard]] Bytes make_pat(const std::vector<PatEntry>& programs,
                             const SectionOptions& options = {});
[[nodiscard]] Bytes make_pmt(std::uint16_t program_number,
                             const ProgramMap& map,
                             const SectionOptions& options = {});

}  // namespace xg2g::test
