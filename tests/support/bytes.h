// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace xg2g::test {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

/// Appends the low `size` bytes of `value`, most significant first.
inline void put(Bytes& out, std::uint64_t value, unsigned size = 1) {
  while (size-- > 0)
    out.push_back(static_cast<std::uint8_t>(value >> size * 8));
}

inline void put(Bytes& out, View bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

/// Reads `size` bytes, most significant first; what lies past the end is 0.
[[nodiscard]] inline std::uint64_t get(View bytes, std::size_t at,
                                       unsigned size = 1) {
  std::uint64_t value = 0;
  for (std::size_t i = at; i < at + size; ++i) {
    value = value << 8 | (i < bytes.size() ? bytes[i] : 0u);
  }
  return value;
}

}  // namespace xg2g::test
