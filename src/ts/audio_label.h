// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ts/language.h"
#include "ts/pmt.h"

namespace xg2g::ts {

/// ISO/IEC 13818-1, table 2-60.
inline constexpr std::uint8_t kAudioTypeUndefined = 0;
inline constexpr std::uint8_t kAudioTypeCleanEffects = 1;
inline constexpr std::uint8_t kAudioTypeHearingImpaired = 2;
inline constexpr std::uint8_t kAudioTypeVisualImpaired = 3;

/// What a PMT says of whom a track is for, whichever descriptor says it:
/// ISO_639_language_descriptor, supplementary_audio_descriptor, and those of
/// AC-3, E-AC-3 and AAC, of which the first in this order counts.
struct AudioLabel {
  std::vector<LanguageCode> languages;  ///< As they are written.
  std::uint8_t audio_type = kAudioTypeUndefined;
  /// Heard beside the main sound or instead of it: audio description, sound
  /// for the hard of hearing, commentary, effects without speech.
  bool associated = false;

  /// The first that is determined, else the first, "" for none.
  [[nodiscard]] LanguageCode language() const noexcept;
};

/// `program_info` is the PMT's outer loop.
[[nodiscard]] AudioLabel audio_label_of(
    const PmtStream& stream, std::span<const std::uint8_t> program_info);

}  // namespace xg2g::ts
