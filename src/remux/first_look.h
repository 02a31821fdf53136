// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "ts/packet.h"

namespace xg2g::remux {

/// What the start of a PES packet says before a PMT names its PID.
enum class FirstLook : std::uint8_t { kNothing, kPicture, kMaybeSound };

/// Looks at a packet that is not scrambled.
[[nodiscard]] FirstLook look_at(const ts::Packet& packet) noexcept;

}  // namespace xg2g::remux
