// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace xg2g::ts {

/// An ISO_639_language_code as descriptors carry it: three printable letters
/// and a NUL, "" where none is given.
using LanguageCode = std::array<char, 4>;

/// Takes the three bytes of a code; those that cannot be printed become '?'.
[[nodiscard]] LanguageCode read_language(
    std::span<const std::uint8_t, 3> bytes) noexcept;

/// False for "", "und" and what is no three letters: nothing is said then.
[[nodiscard]] bool is_determined(const LanguageCode& code) noexcept;

/// True where both name one language: ISO 639-2's two codes for it and that of
/// ISO 639-1 are the same, and so are letters of either case.
[[nodiscard]] bool is_same_language(std::string_view a,
                                    std::string_view b) noexcept;

}  // namespace xg2g::ts
