// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>

#include "remux/options.h"
#include "remux/program_map.h"
#include "remux/stream_kind.h"

namespace xg2g::remux {

/// The PIDs that the options leave to be transcoded, and those to watch, with
/// what their PMT announces. A PID that several programs share is there if one
/// of them selects it.
[[nodiscard]] std::map<std::uint16_t, StreamKind> select_audio(
    const ProgramMap& map, const Options& options);

}  // namespace xg2g::remux
