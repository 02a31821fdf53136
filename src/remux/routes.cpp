// SPDX-License-Identifier: MIT
#include "remux/routes.h"

#include "remux/stream_kind.h"

namespace xg2g::remux {
namespace {

/// PIDs that no table names pass. Until all that PAT and PMTs may name are
/// known they are watched; what waits there goes on to wait.
void set_unnamed(PidTable& pids, const RouteRules& rules) {
  const bool known = rules.none_waits && rules.psi.map().named();
  for (std::uint16_t pid = 0; pid < ts::kPidCount; ++pid) {
    Route& route = pids[pid].route;
    pids[pid].timed = false;
    const bool fixed = !ts::is_free_pid(pid);
    if (route == Route::kWaiting && !fixed) continue;
    if (route == Route::kPmt && rules.psi.reads(pid)) continue;
    route =
        fixed || known ? pass_route(pid, rules.continuity) : Route::kUnknown;
  }
}

/// Those of a program, which are added to `announced`.
void set_streams(const Program& program, PidTable& pids,
                 const RouteRules& rules,
                 std::vector<std::uint16_t>& announced) {
  if (!program.pmt) return;
  for (const ts::PmtStream& stream : program.pmt->streams) {
    announced.push_back(stream.pid);
    PidState& pid = pids[stream.pid];
    const bool media = is_media(classify(stream, program.pmt->program_info));
    const bool first_sign = media && !rules.on_air;
    pid.route =
        first_sign ? Route::kMedia : pass_route(stream.pid, rules.continuity);
    const bool audio = rules.streams.find(stream.pid) != nullptr;
    if (audio) pid.route = Route::kAudio;
    pid.timed = media && !audio;  // AudioStream tells when sound leaves.
  }
}

}  // namespace

std::vector<std::uint16_t> set_routes(PidTable& pids, const RouteRules& rules) {
  set_unnamed(pids, rules);
  std::vector<std::uint16_t> announced;
  for (const Program& program : rules.psi.map().programs()) {
    set_streams(program, pids, rules, announced);
  }
  for (const Program& program : rules.psi.map().programs()) {
    const std::uint16_t pid = program.pmt_pid;
    if (ts::is_free_pid(pid)) pids[pid].route = Route::kPmt;
  }
  pids[ts::kPatPid].route = Route::kPat;
  return announced;
}

Route pass_route(std::uint16_t pid, ContinuityStore& continuity) {
  return continuity.find(pid) == nullptr ? Route::kPass : Route::kRenumber;
}

bool media_seen(const ProgramMap& map, const PidTable& pids) {
  for (const Program& program : map.programs()) {
    if (!program.pmt) continue;
    for (const ts::PmtStream& stream : program.pmt->streams) {
      if (!is_media(classify(stream, program.pmt->program_info))) continue;
      if (pids[stream.pid].packets > 0) return true;
    }
  }
  return false;
}

}  // namespace xg2g::remux
