// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "remux/options.h"
#include "xg2g/transcoder.h"

namespace xg2g::ffi {

[[nodiscard]] xg2g_remux_options default_options() noexcept;

/// Reads the options into those of the core. The answer, if there is one, is a
/// sentence that names the value that cannot be had and what is allowed.
[[nodiscard]] std::optional<std::string> read_options(
    const xg2g_remux_options* options, remux::Options& result);

}  // namespace xg2g::ffi
