// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "base/byte_queue.h"
#include "base/timestamp.h"
#include "ts/packet.h"

namespace xg2g::remux {

/// Packets that wait, in order, within a bound of bytes and stream time.
class WaitingRoom {
 public:
  explicit WaitingRoom(std::size_t most_bytes,
                       base::ClockTicks longest = base::ClockTicks::max())
      : most_bytes_(most_bytes), longest_(longest) {}

  void add(const ts::Packet& packet, base::ClockTicks now) {
    if (!std::exchange(open_, true)) since_ = now;
    packets_.append(packet.bytes());
  }
  [[nodiscard]] bool full(base::ClockTicks now) const noexcept {
    return packets_.size() >= most_bytes_ || (open_ && now - since_ > longest_);
  }
  [[nodiscard]] bool empty() const noexcept { return packets_.empty(); }
  [[nodiscard]] std::span<const std::uint8_t> packets() const noexcept {
    return packets_.view();
  }
  /// When the first packet since take() came.
  [[nodiscard]] base::ClockTicks since() const noexcept { return since_; }
  /// All of them, leaving none.
  [[nodiscard]] base::ByteQueue take() noexcept {
    open_ = false;
    return let_go();
  }
  /// The same, but the time of the first one goes on to count.
  [[nodiscard]] base::ByteQueue let_go() noexcept {
    return std::exchange(packets_, base::ByteQueue());
  }

 private:
  std::size_t most_bytes_;
  base::ClockTicks longest_;
  base::ClockTicks since_{};
  bool open_ = false;
  base::ByteQueue packets_;
};

}  // namespace xg2g::remux
