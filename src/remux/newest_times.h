// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ts/packet.h"

namespace xg2g::remux {

/// The newest timestamps that left on each PID of sound and picture, in 33
/// bits. A PES packet without them changes nothing.
class NewestTimes {
 public:
  struct Times {
    std::optional<std::uint64_t> pts;
    /// DTS, or the PTS where there is none.
    std::optional<std::uint64_t> decoding;
  };

  /// Follows these PIDs and no others; what is known of them stays.
  void follow(std::vector<std::uint16_t> pids);
  /// Reads the PES header in a packet that leaves, if one starts there: as far
  /// as it stands in that packet. Under scrambling the time is not known.
  void read(const ts::Packet& packet) noexcept;
  /// Says that a PES packet with this PTS left.
  void set(std::uint16_t pid, std::uint64_t pts) noexcept;
  void forget(std::uint16_t pid) noexcept;

  [[nodiscard]] Times find(std::uint16_t pid) const noexcept;

 private:
  struct Entry {
    std::uint16_t pid;
    Times times;
  };

  [[nodiscard]] Entry* entry_of(std::uint16_t pid) noexcept;

  std::vector<Entry> entries_;  ///< In order of PID.
};

}  // namespace xg2g::remux
