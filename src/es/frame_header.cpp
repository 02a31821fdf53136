// SPDX-License-Identifier: MIT
#include "es/frame_header.h"

#include <array>

#include "base/bit_reader.h"
#include "es/ac3_header.h"
#include "es/adts_header.h"
#include "es/latm_header.h"
#include "es/mpeg_audio_header.h"

namespace xg2g::es {
namespace {

using Parser =
    std::optional<FrameHeader> (*)(std::span<const std::uint8_t>) noexcept;

// No two accept the same bytes: ADTS is the layer that is reserved in MPEG
// audio, the other syncwords differ in their first byte.
constexpr std::array<Parser, 4> kParsers{parse_mpeg_audio_header,
                                         parse_ac3_header, parse_adts_header,
                                         parse_latm_header};

struct SyncWord {
  std::size_t offset;
  unsigned bits;
  std::uint32_t value;
  Codec codec;
};

constexpr std::array kUndecoded{
    SyncWord{0, 32, 0x7FFE8001, Codec::kDts},  // ETSI TS 102 114, 5.3.1
    SyncWord{0, 32, 0x64582025, Codec::kDts},  // ETSI TS 102 114, 7.4.1
    SyncWord{0, 16, 0xAC40, Codec::kAc4},      // ETSI TS 103 190-1, annex G
    SyncWord{0, 16, 0xAC41, Codec::kAc4},
    SyncWord{4, 32, 0xF8726FBA, Codec::kTrueHd},  // major_sync_info
};

}  // namespace

std::optional<FrameHeader> parse_frame_header(
    std::span<const std::uint8_t> bytes) noexcept {
  for (const Parser parse : kParsers) {
    if (auto header = parse(bytes)) return header;
  }
  return std::nullopt;
}

Codec recognize_undecoded(std::span<const std::uint8_t> bytes) noexcept {
  for (const SyncWord& sync : kUndecoded) {
    base::BitReader reader(bytes);
    reader.skip(8 * sync.offset);
    if (reader.read(sync.bits) == sync.value && reader.ok()) return sync.codec;
  }
  return Codec::kUnknown;
}

}  // namespace xg2g::es
