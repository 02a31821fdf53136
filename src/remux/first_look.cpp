// SPDX-License-Identifier: MIT
#include "remux/first_look.h"

#include <cstddef>

namespace xg2g::remux {

FirstLook look_at(const ts::Packet& packet) noexcept {
  const auto payload = packet.payload();
  if (!packet.unit_start() || payload.size() < 9) return FirstLook::kNothing;
  if (payload[0] != 0 || payload[1] != 0 || payload[2] != 1) {
    return FirstLook::kNothing;
  }
  // ISO/IEC 13818-1, table 2-22.
  const std::uint8_t stream_id = payload[3];
  if (stream_id >= 0xE0 && stream_id <= 0xEF) return FirstLook::kPicture;
  if (stream_id >= 0xC0 && stream_id <= 0xDF) return FirstLook::kMaybeSound;
  if (stream_id == 0xFD) return FirstLook::kMaybeSound;  // extended_stream_id
  if (stream_id != 0xBD) return FirstLook::kNothing;     // private_stream_1
  // data_identifier of teletext, subtitles and VBI data (EN 301 775, table 2;
  // EN 300 743, 7.1): no sound starts so.
  const std::size_t first = 9U + payload[8];
  if (first >= payload.size()) return FirstLook::kMaybeSound;
  const std::uint8_t id = payload[first];
  const bool data = (id >= 0x10 && id <= 0x20) || (id >= 0x99 && id <= 0x9B);
  return data ? FirstLook::kNothing : FirstLook::kMaybeSound;
}

}  // namespace xg2g::remux
