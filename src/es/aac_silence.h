// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "es/adts_header.h"

namespace xg2g::es {

/// An AAC-LC frame in ADTS that decodes to silence.
class AacSilence {
 public:
  /// channel_configuration of `format` is 1 to 7.
  explicit AacSilence(AdtsFormat format) noexcept;

  [[nodiscard]] std::span<const std::uint8_t> frame() const noexcept {
    return std::span(bytes_).first(size_);
  }

 private:
  // Five elements of at most 8 bytes, for channel_configuration 7.
  std::array<std::uint8_t, kAdtsHeaderSize + 48> bytes_{};
  std::size_t size_ = 0;
};

}  // namespace xg2g::es
