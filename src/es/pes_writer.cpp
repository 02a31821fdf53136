// SPDX-License-Identifier: MIT
#include "es/pes_writer.h"

#include <cassert>

#include "base/bit_writer.h"

namespace xg2g::es {
namespace {

constexpr std::uint64_t kStartCode = 0x000001;
constexpr std::uint64_t kAudioStream0 = 0xC0;  // ISO/IEC 13818-1, table 2-22
constexpr std::size_t kBehindLength = kPesHeaderSize - 6;

}  // namespace

std::array<std::uint8_t, kPesHeaderSize> make_pes_header(
    std::size_t payload_size, base::Ticks pts) noexcept {
  assert(payload_size <= 0xFFFF - kBehindLength);
  std::array<std::uint8_t, kPesHeaderSize> header{};
  base::BitWriter writer(header);
  writer.write(kStartCode, 24);
  writer.write(kAudioStream0, 8);
  writer.write(kBehindLength + payload_size, 16);
  writer.write(0b10'00'0'1'00, 8);  // data_alignment_indicator
  writer.write(0b10'000000, 8);     // PTS_DTS_flags: a PTS
  writer.write(5, 8);               // PES_header_data_length
  const std::uint64_t time = base::wrap(pts);
  writer.write(0b0010, 4);
  for (const unsigned shift : {30U, 15U, 0U}) {
    writer.write(time >> shift, shift == 30 ? 3 : 15);
    writer.write(1, 1);  // marker_bit
  }
  return header;
}

}  // namespace xg2g::es
