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

}  // namespace xg2g::ts
