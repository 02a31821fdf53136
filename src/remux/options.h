// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audio/track.h"

namespace xg2g::remux {

/// Which audio is transcoded, and into what.
struct Options {
  audio::Format format;
  std::uint16_t program = 0;           ///< program_number; 0 for all.
  std::vector<std::string> languages;  ///< ISO 639; empty for all.
  bool first_only = false;
};

}  // namespace xg2g::remux
