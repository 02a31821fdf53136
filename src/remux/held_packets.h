// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include "base/byte_queue.h"
#include "base/timestamp.h"
#include "remux/pid_writer.h"
#include "ts/packet.h"

namespace xg2g::remux {

/// Packets of one PID that are held until it is known whether they pass. A PCR
/// is not: it leaves at its place, and its packet passes without it.
class HeldPackets {
 public:
  void add(const ts::Packet& packet, base::ClockTicks now, PidWriter& output);
  /// Holds these packets, and no others.
  void assign(std::span<const std::uint8_t> packets);
  /// Lets them pass.
  void release(PidWriter& output);
  void clear() noexcept { packets_ = {}; }

  [[nodiscard]] bool empty() const noexcept { return packets_.empty(); }
  /// True where more bytes than these are held, or for longer.
  [[nodiscard]] bool over(std::size_t bytes, base::ClockTicks time,
                          base::ClockTicks now) const noexcept {
    return packets_.size() > bytes || (!empty() && now - since_ > time);
  }
  /// When the first of them came.
  [[nodiscard]] base::ClockTicks since() const noexcept { return since_; }

 private:
  base::ByteQueue packets_;
  base::ClockTicks since_{};
};

}  // namespace xg2g::remux
