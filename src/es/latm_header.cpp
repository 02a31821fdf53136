// SPDX-License-Identifier: MIT
#include "es/latm_header.h"

#include "base/bit_reader.h"

namespace xg2g::es {
namespace {

constexpr std::uint32_t kSyncword = 0x2B7;  // ISO/IEC 14496-3, 1.7.2.1

}  // namespace

std::optional<FrameHeader> parse_latm_header(
    std::span<const std::uint8_t> bytes) noexcept {
  base::BitReader reader(bytes);
  if (reader.read(11) != kSyncword) return std::nullopt;
  const std::uint32_t length = reader.read(13);
  if (!reader.ok() || length == 0) return std::nullopt;

  FrameHeader header;
  header.codec = Codec::kAacLatm;
  header.size = kLoasHeaderSize + length;
  return header;
}

}  // namespace xg2g::es
