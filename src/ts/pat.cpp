// SPDX-License-Identifier: MIT
#include "ts/pat.h"

#include "base/bit_reader.h"
#include "base/bit_writer.h"
#include "ts/section.h"

namespace xg2g::ts {
namespace {

constexpr std::uint8_t kTableId = 0x00;  // ISO/IEC 13818-1, table 2-31
constexpr std::size_t kEntrySize = 4;

}  // namespace

std::optional<Pat> parse_pat(std::span<const std::uint8_t> section) {
  const auto parsed = parse_section(section);
  if (!parsed || parsed->header.table_id != kTableId) return std::nullopt;
  Pat pat{.transport_stream_id = parsed->header.table_id_extension,
          .version_number = parsed->header.version_number,
          .current = parsed->header.current,
          .section_number = parsed->header.section_number,
          .last_section_number = parsed->header.last_section_number,
          .entries = {}};
  base::BitReader bits(parsed->body);
  while (bits.remaining() >= kEntrySize * 8) {
    PatEntry entry;
    entry.program_number = static_cast<std::uint16_t>(bits.read(16));
    bits.skip(3);  // reserved
    entry.pid = static_cast<std::uint16_t>(bits.read(13));
    pat.entries.push_back(entry);
  }
  return pat;
}

std::vector<std::uint8_t> write_pat(const Pat& pat) {
  std::vector<std::uint8_t> body(pat.entries.size() * kEntrySize);
  base::BitWriter bits(body);
  for (const PatEntry& entry : pat.entries) {
    bits.write(entry.program_number, 16);
    bits.write(0b111, 3);  // reserved
    bits.write(entry.pid, 13);
  }
  return write_section({.table_id = kTableId,
                        .table_id_extension = pat.transport_stream_id,
                        .version_number = pat.version_number,
                        .current = pat.current,
                        .section_number = pat.section_number,
                        .last_section_number = pat.last_section_number},
                       body);
}

}  // namespace xg2g::ts
