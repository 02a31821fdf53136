// SPDX-License-Identifier: MIT
#include "ts/language.h"

#include <algorithm>

#include "ts/iso_639.h"

namespace xg2g::ts {
namespace {

/// ASCII's, whatever the locale.
constexpr char to_lower(char letter) noexcept {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a')
                                        : letter;
}

bool is_same_code(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

/// The code of ISO 639-2/T for the same language, or `code` itself.
std::string_view terminology(std::string_view code) noexcept {
  const auto* const row = std::ranges::find_if(
      kIso639,
      [&](const Iso639Row& it) { return is_same_code(it.code, code); });
  return row == kIso639.end() ? code : row->terminology;
}

}  // namespace

LanguageCode read_language(std::span<const std::uint8_t, 3> bytes) noexcept {
  LanguageCode code{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char letter = static_cast<char>(bytes[i]);
    code.at(i) = letter > ' ' && letter <= '~' ? letter : '?';
  }
  return code;
}

bool is_determined(const LanguageCode& code) noexcept {
  const std::string_view letters(code.data());
  return letters.size() == 3 && !is_same_code(letters, "und") &&
         std::ranges::all_of(letters, [](char letter) {
           return to_lower(letter) >= 'a' && to_lower(letter) <= 'z';
         });
}

bool is_same_language(std::string_view a, std::string_view b) noexcept {
  return is_same_code(terminology(a), terminology(b));
}

}  // namespace xg2g::ts
