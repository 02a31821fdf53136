// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "ts/packet.h"

namespace xg2g::remux {

/// What the start of a PES packet or section says before a PMT names its PID.
enum class FirstLook : std::uint8_t {
  kNothing,
  kPicture,
  kMaybeSound,  ///< May have to become AAC.
  kAac,         ///< Sound that passes.
  kMaybePmt,
};

[[nodiscard]] constexpr bool is_media(FirstLook look) noexcept {
  return look != FirstLook::kNothing && look != FirstLook::kMaybePmt;
}

/// Looks at a packet as if it were clear.
[[nodiscard]] FirstLook look_at(const ts::Packet& packet) noexcept;

}  // namespace xg2g::remux
