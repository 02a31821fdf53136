// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "remux/audio_streams.h"
#include "remux/continuity_store.h"
#include "remux/pid_table.h"
#include "remux/psi_filter.h"

namespace xg2g::remux {

/// What the routes of PIDs follow from.
struct RouteRules {
  const PsiFilter& psi;
  const AudioStreams& streams;
  ContinuityStore& continuity;
  bool on_air;      ///< A packet of sound or picture has come.
  bool none_waits;  ///< No PID waits to be named any more.
};

/// Gives every PID the route that PAT and PMTs ask for. Answers the PIDs of
/// elementary streams.
[[nodiscard]] std::vector<std::uint16_t> set_routes(PidTable& pids,
                                                    const RouteRules& rules);

/// How packets pass on a PID: numbered anew where others were replaced.
[[nodiscard]] Route pass_route(std::uint16_t pid, ContinuityStore& continuity);

/// True if a packet has come on a PID that is announced as sound or picture.
[[nodiscard]] bool media_seen(const ProgramMap& map, const PidTable& pids);

}  // namespace xg2g::remux
