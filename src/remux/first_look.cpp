// SPDX-License-Identifier: MIT
#include "remux/first_look.h"

#include <cstddef>
#include <span>

#include "es/frame_header.h"
#include "ts/pmt.h"
#include "ts/section.h"
#include "ts/section_reader.h"

namespace xg2g::remux {

namespace {

/// True where a section starts whose header is that of a PMT (ISO/IEC 13818-1,
/// 2.4.4.8), as far as it stands in the packet.
bool starts_pmt(std::span<const std::uint8_t> payload) noexcept {
  constexpr std::size_t kHeaderSize = 8;
  constexpr std::size_t kShortest = 16;  // with no descriptor and no stream
  const std::size_t start = 1U + payload[0];  // pointer_field
  if (payload.size() < start + kHeaderSize) return false;
  const auto section = payload.subspan(start);
  const std::size_t size = ts::section_size(section);
  // section_syntax_indicator and the bit behind it; section_number and
  // last_section_number are 0.
  return section[0] == ts::kPmtTableId && (section[1] & 0xC0) == 0x80 &&
         size >= kShortest && size <= ts::kLongestPsiSection &&
         section[6] == 0 && section[7] == 0;
}

bool starts_adts(std::span<const std::uint8_t> bytes) noexcept {
  const auto header = es::parse_frame_header(bytes);
  return header && header->codec == es::Codec::kAacAdts;
}

}  // namespace

FirstLook look_at(const ts::Packet& packet) noexcept {
  const auto payload = packet.payload();
  if (!packet.unit_start() || payload.size() < 9) return FirstLook::kNothing;
  if (payload[0] != 0 || payload[1] != 0 || payload[2] != 1) {
    return starts_pmt(payload) ? FirstLook::kMaybePmt : FirstLook::kNothing;
  }
  // ISO/IEC 13818-1, table 2-22.
  const std::uint8_t stream_id = payload[3];
  if (stream_id >= 0xE0 && stream_id <= 0xEF) return FirstLook::kPicture;
  const bool sound = (stream_id >= 0xC0 && stream_id <= 0xDF) ||
                     stream_id == 0xFD;  // extended_stream_id
  constexpr std::uint8_t kPrivateStream1 = 0xBD;
  if (!sound && stream_id != kPrivateStream1) return FirstLook::kNothing;
  const std::size_t first = 9U + payload[8];
  const bool here = first < payload.size();
  if (here && starts_adts(payload.subspan(first))) return FirstLook::kAac;
  if (sound || !here) return FirstLook::kMaybeSound;
  // data_identifier of teletext, subtitles and VBI data (EN 301 775, table 2;
  // EN 300 743, 7.1): no sound starts so.
  const std::uint8_t id = payload[first];
  const bool data = (id >= 0x10 && id <= 0x20) || (id >= 0x99 && id <= 0x9B);
  return data ? FirstLook::kNothing : FirstLook::kMaybeSound;
}

}  // namespace xg2g::remux
