// SPDX-License-Identifier: MIT
//
// What one frame header says about another one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "es/frame_header.h"

namespace xg2g::es {

/// Bytes that padding adds to a frame: a slot of MPEG layer I, at most.
inline constexpr std::uint32_t kMaxPadding = 4;

[[nodiscard]] constexpr bool is_ac3_family(Codec codec) noexcept {
  return codec == Codec::kAc3 || codec == Codec::kEac3;
}

/// True where frames are of one size, as a rule and padding aside.
[[nodiscard]] constexpr bool has_constant_size(Codec codec) noexcept {
  return codec == Codec::kMpegAudio || is_ac3_family(codec);
}

/// True for the E-AC-3 frames that are no access unit of their own.
[[nodiscard]] constexpr bool is_secondary(const FrameHeader& header) noexcept {
  return header.dependent || header.substream != 0;
}

[[nodiscard]] constexpr bool is_same_stream(const FrameHeader& a,
                                            const FrameHeader& b) noexcept {
  return a.codec == b.codec && a.sample_rate == b.sample_rate &&
         a.layer == b.layer;
}

/// True where the headers differ in nothing that a stream keeps. A LOAS header
/// has 11 bits to be known by, too few to be trusted anywhere.
[[nodiscard]] bool is_alike(const FrameHeader& a,
                            const FrameHeader& b) noexcept;

/// Whether `next` may stand right behind a frame of `header`. E-AC-3 frames
/// may extend an AC-3 frame.
[[nodiscard]] bool may_follow(const FrameHeader& header,
                              const FrameHeader& next) noexcept;

/// True where a CRC covers every byte of a frame (ETSI TS 102 366, 4.4.5.2).
[[nodiscard]] constexpr bool has_crc(Codec codec) noexcept {
  return is_ac3_family(codec);
}

/// True where the CRC of a whole frame, of a codec that has one, is right.
[[nodiscard]] bool crc_holds(std::span<const std::uint8_t> frame) noexcept;

/// Where frames that stand one behind the other, from the first byte on, first
/// reach past a place.
struct FrameChain {
  /// The end of the frame that does, where a header stands; nothing if none
  /// stands there, or more bytes are wanted to tell.
  std::optional<std::size_t> end;
  bool wants_more = false;
};
[[nodiscard]] FrameChain follow_frames(std::span<const std::uint8_t> bytes,
                                       std::size_t past) noexcept;

}  // namespace xg2g::es
