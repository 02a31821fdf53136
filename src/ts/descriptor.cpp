// SPDX-License-Identifier: MIT
#include "ts/descriptor.h"

#include <algorithm>

namespace xg2g::ts {

std::optional<Descriptor> next_descriptor(
    std::span<const std::uint8_t>& loop) noexcept {
  if (loop.size() < 2 || loop.size() < 2U + loop[1]) return std::nullopt;
  const std::size_t length = loop[1];
  const Descriptor found{loop[0], loop.subspan(2, length),
                         loop.first(2 + length)};
  loop = loop.subspan(2 + length);
  return found;
}

std::optional<Descriptor> find_descriptor(std::span<const std::uint8_t> loop,
                                          DescriptorTag tag) noexcept {
  while (const auto descriptor = next_descriptor(loop)) {
    if (descriptor->is(tag)) return descriptor;
  }
  return std::nullopt;
}

bool is_registered(std::span<const std::uint8_t> loop,
                   std::string_view format_identifier) noexcept {
  while (const auto descriptor = next_descriptor(loop)) {
    if (descriptor->is(DescriptorTag::kRegistration) &&
        descriptor->body.size() >= format_identifier.size() &&
        std::ranges::equal(descriptor->body.first(format_identifier.size()),
                           format_identifier, [](std::uint8_t a, char b) {
                             return a == static_cast<unsigned char>(b);
                           })) {
      return true;
    }
  }
  return false;
}

Language language_of(std::span<const std::uint8_t> loop) noexcept {
  Language language;
  const auto found = find_descriptor(loop, DescriptorTag::kLanguage);
  if (!found || found->body.size() < 4) return language;
  for (std::size_t i = 0; i < 3; ++i) {
    const char letter = static_cast<char>(found->body[i]);
    const bool printable = letter > ' ' && letter <= '~';
    language.code.at(i) = printable ? letter : '?';
  }
  language.audio_type = found->body[3];
  return language;
}

}  // namespace xg2g::ts
