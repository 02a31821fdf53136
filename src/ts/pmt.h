// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace xg2g::ts {

inline constexpr std::uint8_t kPmtTableId =
    0x02;  // ISO/IEC 13818-1, table 2-31

/// stream_type values that this project writes (ISO/IEC 13818-1, table 2-34).
inline constexpr std::uint8_t kStreamTypeAdts = 0x0F;

/// One elementary stream as a PMT announces it.
struct PmtStream {
  std::uint8_t stream_type = 0;
  std::uint16_t pid = 0;
  std::vector<std::uint8_t> descriptors;  ///< The loop's bytes.

  friend bool operator==(const PmtStream&, const PmtStream&) = default;
};

/// A program map section (ISO/IEC 13818-1, 2.4.4.8).
struct Pmt {
  std::uint16_t program_number = 0;
  std::uint8_t version_number = 0;
  bool current = true;        ///< current_next_indicator
  std::uint16_t pcr_pid = 0;  ///< 0x1FFF where the program has none.
  std::vector<std::uint8_t> program_info;  ///< The loop's bytes.
  std::vector<PmtStream> streams;

  friend bool operator==(const Pmt&, const Pmt&) = default;
};

/// Nothing where it is no PMT section, its CRC_32 is wrong, or a length in it
/// points past its end.
[[nodiscard]] std::optional<Pmt> parse_pmt(
    std::span<const std::uint8_t> section);
/// Bytes that write_pmt() would make; a section has room for 1,024.
[[nodiscard]] std::size_t pmt_size(const Pmt& pmt) noexcept;
[[nodiscard]] std::vector<std::uint8_t> write_pmt(const Pmt& pmt);

}  // namespace xg2g::ts
