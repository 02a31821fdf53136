// SPDX-License-Identifier: MIT
#include "es/pes_header.h"

#include <algorithm>

#include "base/bit_reader.h"

namespace xg2g::es {
namespace {

constexpr std::size_t kStartCodeSize = 3;  // packet_start_code_prefix
constexpr std::size_t kPrefixSize = 6;     // up to PES_packet_length
constexpr std::size_t kFixedSize = 9;      // up to PES_header_data_length

/// ISO/IEC 13818-1, 2.4.3.6 and table 2-22: whether the PES packets of a
/// stream_id have the optional header, and so an elementary stream.
constexpr bool has_optional_header(std::uint8_t stream_id) noexcept {
  switch (stream_id) {
    case 0xBC:  // program_stream_map
    case 0xBE:  // padding_stream
    case 0xBF:  // private_stream_2
    case 0xF0:  // ECM
    case 0xF1:  // EMM
    case 0xF2:  // DSMCC_stream
    case 0xF8:  // H.222.1 type E
    case 0xFF:  // program_stream_directory
      return false;
    default:
      return stream_id >= 0xBC;
  }
}

/// Reads a 33-bit timestamp; nothing where a marker_bit is not set, as where
/// the header ends before it. All in one read: pictures that pass pay for it.
std::optional<std::uint64_t> read_timestamp(base::BitReader& reader) noexcept {
  constexpr std::uint64_t kMarkers = 0x01'0001'0001;
  const std::uint64_t field = reader.read_long(40);
  if ((field & kMarkers) != kMarkers) return std::nullopt;
  const std::uint64_t high = field >> 33 & 0x7;
  const std::uint64_t middle = field >> 17 & 0x7FFF;
  const std::uint64_t low = field >> 1 & 0x7FFF;
  return high << 30 | middle << 15 | low;
}

}  // namespace

std::optional<std::size_t> pes_header_size(
    std::span<const std::uint8_t> bytes) noexcept {
  if (bytes.size() < kStartCodeSize) return kStartCodeSize;
  if (bytes[0] != 0 || bytes[1] != 0 || bytes[2] != 1) return std::nullopt;
  if (bytes.size() < kPrefixSize) return kPrefixSize;
  if (!has_optional_header(bytes[3])) return std::nullopt;
  if (bytes.size() < kFixedSize) return kFixedSize;
  if (bytes[6] >> 6 != 2) return std::nullopt;  // '10'
  return kFixedSize + bytes[8];
}

PesHeader read_pes_header(std::span<const std::uint8_t> bytes) noexcept {
  PesHeader header;
  if (bytes.size() < kFixedSize) return header;
  base::BitReader reader(
      bytes.first(std::min(bytes.size(), kFixedSize + bytes[8])));
  reader.skip(8 * kStartCodeSize);
  header.stream_id = static_cast<std::uint8_t>(reader.read(8));
  header.packet_length = reader.read(16);
  reader.skip(8);
  const bool has_pts = reader.flag();  // PTS_DTS_flags 01 is forbidden
  const bool has_dts = reader.flag() && has_pts;
  reader.skip(6 + 8);
  if (has_pts) header.pts = read_timestamp(reader);
  if (has_dts && header.pts) header.dts = read_timestamp(reader);
  return header;
}

}  // namespace xg2g::es
