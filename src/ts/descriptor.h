// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace xg2g::ts {

/// Descriptor tags that matter here.
enum class DescriptorTag : std::uint8_t {
  kRegistration = 0x05,           // ISO/IEC 13818-1, 2.6.8
  kLanguage = 0x0A,               // 2.6.18, ISO_639_language_descriptor
  kVbiTeletext = 0x46,            // EN 300 468, 6.2.48
  kTeletext = 0x56,               // EN 300 468, 6.2.43
  kSubtitling = 0x59,             // EN 300 468, 6.2.41
  kAc3 = 0x6A,                    // EN 300 468, annex D.3
  kApplicationSignalling = 0x6F,  // ETSI TS 102 809, 5.3.5.1
  kEac3 = 0x7A,                   // EN 300 468, annex D.5
  kDts = 0x7B,                    // EN 300 468, annex G
  kAac = 0x7C,                    // EN 300 468, annex H
  kExtension = 0x7F,              // EN 300 468, 6.2.16
  kAtscAc3 = 0x81,                // ATSC A/52, annex A
  kAtscEac3 = 0xCC,               // ATSC A/52, annex G
};

/// One descriptor of a loop.
struct Descriptor {
  std::uint8_t tag = 0;
  std::span<const std::uint8_t> body;
  std::span<const std::uint8_t> bytes;  ///< With tag and length.

  [[nodiscard]] bool is(DescriptorTag wanted) const noexcept {
    return tag == static_cast<std::uint8_t>(wanted);
  }
};

/// Takes the next descriptor off the front of a loop; nothing at its end or
/// where a length points past it (2.6.1).
[[nodiscard]] std::optional<Descriptor> next_descriptor(
    std::span<const std::uint8_t>& loop) noexcept;

[[nodiscard]] std::optional<Descriptor> find_descriptor(
    std::span<const std::uint8_t> loop, DescriptorTag tag) noexcept;

/// True if a registration_descriptor in `loop` has this format_identifier of
/// four characters.
[[nodiscard]] bool is_registered(std::span<const std::uint8_t> loop,
                                 std::string_view format_identifier) noexcept;

}  // namespace xg2g::ts
