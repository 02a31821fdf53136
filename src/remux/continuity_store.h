// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>

#include "ts/packetizer.h"

namespace xg2g::remux {

/// The continuity_counters of the PIDs whose packets are not those that came
/// in. It outlives the stream, so that what leaves stays continuous over a
/// change of source.
class ContinuityStore {
 public:
  /// The counter of a PID that was altered before, otherwise nullptr.
  [[nodiscard]] ts::ContinuityCounter* find(std::uint16_t pid) {
    const auto found = counters_.find(pid);
    return found == counters_.end() ? nullptr : &found->second;
  }
  /// The same; a PID that was not altered yet goes on behind `last`.
  [[nodiscard]] ts::ContinuityCounter& adopt(std::uint16_t pid,
                                             std::uint8_t last) {
    return counters_.try_emplace(pid, last).first->second;
  }
  /// Says that what comes now is of another source.
  void restart() noexcept {
    for (auto& [pid, counter] : counters_) counter.skip();
  }
  /// Writes the PCR of `source` alone, at its place, where the packet itself
  /// waits or does not leave. `last` is as in adopt(), which this is not.
  void write_pcr(const ts::Packet& source, std::uint8_t last,
                 ts::PacketOutput& output) {
    ts::ContinuityCounter passing(last);
    auto* altered = find(source.pid());
    ts::Packetizer(source.pid(), altered == nullptr ? passing : *altered,
                   output)
        .pcr(source);
  }

 private:
  std::map<std::uint16_t, ts::ContinuityCounter> counters_;
};

}  // namespace xg2g::remux
