// SPDX-License-Identifier: MIT
#include "es/frame_relations.h"

#include <algorithm>

#include "base/crc.h"

namespace xg2g::es {

bool is_alike(const FrameHeader& a, const FrameHeader& b) noexcept {
  const std::uint32_t change =
      a.size > b.size ? a.size - b.size : b.size - a.size;
  return is_same_stream(a, b) && a.codec != Codec::kAacLatm &&
         a.channels == b.channels && a.lfe == b.lfe && a.samples == b.samples &&
         a.dual_mono == b.dual_mono &&
         (!has_constant_size(a.codec) || change <= kMaxPadding);
}

bool may_follow(const FrameHeader& header, const FrameHeader& next) noexcept {
  const bool extends = header.codec == Codec::kAc3 && is_secondary(next) &&
                       next.sample_rate == header.sample_rate;
  return is_same_stream(header, next) || extends;
}

bool crc_holds(std::span<const std::uint8_t> frame) noexcept {
  constexpr std::size_t kSyncwordSize = 2;
  // crc2 makes that of a whole frame 0, its syncword aside.
  return base::crc16(frame.subspan(kSyncwordSize)) == 0;
}

FrameChain follow_frames(std::span<const std::uint8_t> bytes,
                         std::size_t past) noexcept {
  std::size_t end = 0;
  std::optional<FrameHeader> last;
  for (;;) {
    const auto rest = bytes.subspan(std::min(end, bytes.size()));
    const auto next = parse_frame_header(rest);
    if (!next) return {{}, rest.size() < kFrameHeaderSize};
    if (last && !may_follow(*last, *next)) return {};
    if (end > past) return {end, false};
    last = next;
    end += next->size;
  }
}

}  // namespace xg2g::es
