// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "base/timestamp.h"
#include "ts/packet.h"

namespace xg2g::remux {

/// How much stream has passed, by the PCRs of one PID. Jumps count nothing.
class StreamClock {
 public:
  void push(std::uint16_t pid, base::ClockTicks pcr) noexcept;
  /// Forgets the PID, keeps the time.
  void restart() noexcept { pid_ = ts::kNullPid; }
  [[nodiscard]] base::ClockTicks now() const noexcept { return now_; }

 private:
  std::uint16_t pid_ = ts::kNullPid;
  unsigned others_ = 0;  ///< PCRs on other PIDs since the last on ours.
  base::ClockTicks last_{};
  base::ClockTicks now_{};
};

}  // namespace xg2g::remux
