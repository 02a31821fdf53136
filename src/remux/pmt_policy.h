// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>

#include "ts/pmt.h"

namespace xg2g::remux {

/// The PMT that leaves: each stream for which `is_adts` holds becomes
/// stream_type 0x0F with an AAC descriptor and without those of AC-3; all else
/// stays. AAC descriptors are left out from the end where the section would
/// not have room for them. `channels` is that of the AAC.
[[nodiscard]] ts::Pmt announce_adts(
    const ts::Pmt& pmt, int channels,
    const std::function<bool(std::uint16_t pid)>& is_adts);

}  // namespace xg2g::remux
