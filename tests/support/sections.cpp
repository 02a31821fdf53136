// SPDX-License-Identifier: MIT
#include "support/sections.h"

#include "base/crc.h"

namespace xg2g::test {
namespace {

void put_descriptors(Bytes& out, const Descriptors& descriptors) {
  put(out, 0xF000u | descriptors.bytes().size(), 2);
  put(out, descriptors.bytes());
}

}  // namespace

Bytes make_section(std::uint8_t table_id, std::uint16_t table_id_extension,
                   View body, const SectionOptions& options) {
  constexpr std::size_t kAfterLength = 5 + 4;  // rest of the header, CRC_32
  // DVB and MPEG tables differ in the bit after section_syntax_indicator.
  const unsigned flags = table_id < 0x40 ? 0xB000u : 0xF000u;
  Bytes out;
  put(out, table_id);
  put(out, flags | (body.size() + kAfterLength), 2);
  put(out, table_id_extension, 2);
  put(out, 0xC0u | (options.version & 31u) << 1 | (options.current ? 1u : 0u));
  put(out, options.number);
  put(out, options.last);
  put(out, body);
  put(out, base::crc32_mpeg(out) ^ (options.damaged_crc ? 1u : 0u), 4);
  return out;
}

Bytes make_pat(const std::vector<PatEntry>& programs,
               const SectionOptions& options) {
  constexpr std::uint16_t kTransportStreamId = 1;
  Bytes body;
  for (const PatEntry& entry : programs) {
    put(body, entry.program_number, 2);
    put(body, 0xE000u | entry.pid, 2);
  }
  return make_section(0x00, kTransportStreamId, body, options);
}

Bytes make_pmt(std::uint16_t program_number, const ProgramMap& map,
               const SectionOptions& options) {
  Bytes body;
  put(body, 0xE000u | map.pcr_pid, 2);
  put_descriptors(body, map.descriptors);
  for (const PmtStream& stream : map.streams) {
    put(body, stream.stream_type);
    put(body, 0xE000u | stream.pid, 2);
    put_descriptors(body, stream.descriptors);
  }
  return make_section(0x02, program_number, body, options);
}

}  // namespace xg2g::test
