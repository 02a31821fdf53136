// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

#include "ts/continuity.h"
#include "ts/packet.h"

namespace xg2g::remux {

/// What happens to the packets of a PID.
enum class Route : std::uint8_t {
  kPass,
  kRenumber,  ///< Passes, but others on its PID were replaced before.
  kUnknown,   ///< No PMT has named it: may turn out to be sound.
  kWaiting,   ///< The same, and a PES packet of sound has begun on it.
  kMedia,     ///< Passes, and is the first sign that the service is on air.
  kPat,
  kPmt,
  kAudio,
};

struct PidState {
  std::uint64_t packets = 0;
  std::uint32_t continuity_errors = 0;
  ts::Continuity continuity;
  Route route = Route::kUnknown;
  bool scrambled = false;         ///< As last seen before a PMT named it.
  std::uint8_t last_left = 0x0F;  ///< continuity_counter; kWaiting alone.
  bool timed = false;             ///< The time of what passes is kept.
};

/// What is counted over all PIDs.
struct PacketCounters {
  std::uint64_t packets = 0;
  std::uint64_t transport_errors = 0;
  std::uint64_t continuity_errors = 0;
  std::uint64_t duplicates = 0;
};

/// The state of every PID, and the first look at every packet.
class PidTable {
 public:
  [[nodiscard]] PidState& operator[](std::uint16_t pid) noexcept {
    return pids_[pid % ts::kPidCount];
  }
  [[nodiscard]] const PidState& operator[](std::uint16_t pid) const noexcept {
    return pids_[pid % ts::kPidCount];
  }

  /// Counts a packet and follows its continuity (2.4.3.3).
  PidState& count(const ts::Packet& packet) noexcept {
    PidState& pid = pids_[packet.pid()];
    ++counters_.packets;
    ++pid.packets;
    if (packet.transport_error()) {
      ++counters_.transport_errors;
    } else if (!pid.continuity.follows(packet.continuity_counter(),
                                       packet.has_payload()) &&
               packet.pid() != ts::kNullPid) {
      follow(packet, pid);
    }
    return pid;
  }

  [[nodiscard]] const PacketCounters& counters() const noexcept {
    return counters_;
  }
  /// Forgets routes and continuity, keeps what was counted over all PIDs.
  void reset() noexcept { pids_.fill({}); }

 private:
  void follow(const ts::Packet& packet, PidState& pid) noexcept {
    const auto step =
        pid.continuity.step(packet.continuity_counter(), packet.has_payload(),
                            packet.discontinuity());
    if (step == ts::ContinuityStep::kDuplicate) ++counters_.duplicates;
    if (step == ts::ContinuityStep::kLoss) {
      ++counters_.continuity_errors;
      ++pid.continuity_errors;
    }
  }

  std::array<PidState, ts::kPidCount> pids_{};
  PacketCounters counters_;
};

}  // namespace xg2g::remux
