// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>

#include "ts/pmt.h"

namespace xg2g::remux {

/// What an AAC descriptor says of AAC-LC with these parameters: the level of
/// the AAC profile (ISO/IEC 14496-3, table 1.14).
[[nodiscard]] std::uint8_t aac_profile_and_level(int sample_rate,
                                                 int channels) noexcept;

/// The PMT that leaves: each stream for which `is_adts` holds becomes
/// stream_type 0x0F with an AAC descriptor and without those of AC-3; all else
/// stays. What those said of language and audience, an
/// ISO_639_language_descriptor says then. What is added is left out from the
/// end where the section would not have room for it. `profile_and_level` is
/// that of the AAC.
[[nodiscard]] ts::Pmt announce_adts(
    const ts::Pmt& pmt, std::uint8_t profile_and_level,
    const std::function<bool(std::uint16_t pid)>& is_adts);

}  // namespace xg2g::remux
