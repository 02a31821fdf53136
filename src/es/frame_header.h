// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "es/codec.h"

namespace xg2g::es {

/// What the first bytes of an audio frame say, whatever its codec.
struct FrameHeader {
  Codec codec = Codec::kUnknown;
  std::uint32_t size = 0;         ///< Bytes, header included.
  std::uint32_t sample_rate = 0;  ///< Hz; 0 where the header does not say.
  std::uint16_t samples = 0;      ///< Per channel; 0 where it does not say.
  std::uint8_t channels = 0;      ///< LFE included; 0 where it does not say.
  bool lfe = false;
  std::uint8_t layer = 0;  ///< MPEG audio: 1, 2 or 3.
  bool dual_mono = false;  ///< AC-3 1+1, MPEG dual_channel.
  /// A/52 dialogue level in dBFS, -31 to -1; 0 where the codec has none.
  std::int8_t dialnorm = 0;
  std::int8_t dialnorm2 = 0;   ///< The same of the second of 1+1.
  bool dependent = false;      ///< An E-AC-3 dependent substream.
  std::uint8_t substream = 0;  ///< E-AC-3 substreamid.

  friend bool operator==(const FrameHeader&, const FrameHeader&) = default;
};

/// Bytes that parse_frame_header() needs to decide any codec.
inline constexpr std::size_t kFrameHeaderSize = 16;

/// Reads the header of an MPEG audio, AC-3, E-AC-3, ADTS or LOAS frame that
/// starts at the first byte; nothing if none does, or fewer bytes than that
/// codec's header takes are there. Reserved and free-format values are none.
[[nodiscard]] std::optional<FrameHeader> parse_frame_header(
    std::span<const std::uint8_t> bytes) noexcept;

/// True if `bytes` starts with a sync word of a codec that is recognized but
/// not decoded (DTS, AC-4, TrueHD); says which.
[[nodiscard]] Codec recognize_undecoded(
    std::span<const std::uint8_t> bytes) noexcept;

}  // namespace xg2g::es
