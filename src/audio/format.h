// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"

namespace xg2g::audio {

/// Which channel of a dual mono (1+1) service is heard.
enum class DualMono : std::uint8_t { kLeft = 0, kRight = 1, kBoth = 2 };

/// What every track becomes: one constant AAC-LC configuration.
struct Format {
  int sample_rate = 48'000;
  int channels = 2;
  int bit_rate = 192'000;
  DualMono dual_mono = DualMono::kLeft;
  int drc_percent = 100;
};

/// Says why `format` cannot be encoded, in a sentence that names the value and
/// what is allowed; nothing if it can.
[[nodiscard]] std::optional<base::Error> check(const Format& format);

}  // namespace xg2g::audio
