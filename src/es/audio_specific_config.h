// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "base/bit_reader.h"

namespace xg2g::es {

/// ISO/IEC 14496-3, table 1.1: the Audio Object Types told apart here.
inline constexpr std::uint32_t kAotAacLc = 2;
inline constexpr std::uint32_t kAotSbr = 5;
inline constexpr std::uint32_t kAotPs = 29;

/// Hz by samplingFrequencyIndex (ISO/IEC 14496-3, table 1.18); 0 where the
/// index is reserved or the escape.
[[nodiscard]] std::uint32_t aac_sample_rate(std::uint32_t index) noexcept;
/// The index of exactly this rate.
[[nodiscard]] std::optional<std::uint8_t> aac_sample_rate_index(
    std::uint32_t sample_rate) noexcept;
/// Channels, LFE included, by channelConfiguration 1 to 7 (ISO/IEC 14496-3,
/// table 1.19); 0 where it does not say.
[[nodiscard]] std::uint8_t aac_channels(std::uint32_t configuration) noexcept;

/// What AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) says of an AAC stream.
struct AudioSpecificConfig {
  std::uint32_t object_type = 0;  ///< Of the core, where SBR is signalled.
  std::uint32_t sample_rate = 0;  ///< Of the core, in Hz.
  std::uint32_t channel_configuration = 0;
  bool sbr = false;     ///< Signalled explicitly, in either way.
  bool no_sbr = false;  ///< Said to be absent; neither: it may be inside.
  bool ps = false;
  bool short_frames = false;  ///< 960 samples (frameLengthFlag).
  bool depends_on_core_coder = false;
  /// True where all of it was read. What GASpecificConfig does not describe
  /// and program_config_element are not; the reader then stands inside.
  bool whole = false;
};

/// Reads it where `reader` stands. `bits` is its length where that is known:
/// only then can SBR be signalled in the backward compatible way, at its end.
/// Nothing where the bits run out.
[[nodiscard]] std::optional<AudioSpecificConfig> parse_audio_specific_config(
    base::BitReader& reader, std::optional<std::size_t> bits) noexcept;

}  // namespace xg2g::es
