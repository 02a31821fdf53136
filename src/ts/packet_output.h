// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/byte_queue.h"
#include "ts/packet.h"

namespace xg2g::ts {

/// Whole packets on their way out: into the caller's buffer while it has room,
/// then into a queue, in order.
class PacketOutput {
 public:
  /// Begins a call that writes to `buffer`; what waits goes first.
  void open(std::span<std::uint8_t> buffer);
  /// Ends the call; the bytes that were written to the buffer.
  [[nodiscard]] std::size_t close() noexcept;
  /// Ends the call as if it had written nothing: all of it waits again.
  void close_and_keep();

  /// Ends the call as if it had not been: what waited before still waits.
  void cancel() noexcept;

  /// Takes whole packets.
  void write(std::span<const std::uint8_t> packets);

  /// Bytes that wait.
  [[nodiscard]] std::size_t pending() const noexcept { return queue_.size(); }
  /// Bytes that write() has taken since the beginning.
  [[nodiscard]] std::uint64_t written() const noexcept { return written_; }

 private:
  std::span<std::uint8_t> buffer_;
  std::size_t filled_ = 0;
  std::size_t taken_ = 0;  ///< Bytes of queue_ that stand in buffer_.
  base::ByteQueue queue_;
  std::uint64_t written_ = 0;
};

}  // namespace xg2g::ts
