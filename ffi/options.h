// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "remux/options.h"
#include "xg2g/transcoder.h"

namespace xg2g::ffi {

[[nodiscard]] xg2g_remux_options default_options() noexcept;

/// The options as the core takes them, or a sentence that names the value that
/// cannot be had and what is allowed.
[[nodiscard]] base::Result<remux::Options> read_options(
    const xg2g_remux_options* options);

}  // namespace xg2g::ffi
