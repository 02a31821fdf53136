// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/byte_queue.h"
#include "ts/packet.h"

namespace xg2g::ts {

/// Finds transport packets in bytes that come in pieces of any size.
///
/// Packets of 188 bytes, and the forms of 192 (a timestamp before each) and
/// 204 bytes (Reed-Solomon parity behind each, EN 300 421), are told apart by
/// five sync bytes in a row at one stride. A packet without its sync byte is
/// dropped where the two behind it have theirs; otherwise it ends the lock, and
/// the search starts at it. What is found depends on the bytes alone, never on
/// how they were cut.
///
/// feed(), then next_run() until it is empty.
class PacketSync {
 public:
  /// Takes a piece of input, which must stay valid until next_run() has
  /// answered with nothing.
  void feed(std::span<const std::uint8_t> input) noexcept { input_ = input; }
  /// Whole packets of 188 bytes in a row, a view into the input wherever it
  /// can be; empty when more input is needed. Valid until the next call.
  [[nodiscard]] std::span<const std::uint8_t> next_run();
  /// Says that nothing follows: fewer sync bytes in a row are enough, and what
  /// is no whole packet is dropped. Call next_run() until it is empty.
  void finish() noexcept { ending_ = true; }
  /// Forgets the stream, keeps the counters.
  void reset() noexcept;

  /// 188, 192 or 204; 0 while searching.
  [[nodiscard]] std::size_t packet_size() const noexcept { return stride_; }
  /// Bytes that were no part of a packet.
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }
  [[nodiscard]] std::uint64_t losses() const noexcept { return losses_; }
  [[nodiscard]] std::uint64_t locks() const noexcept { return locks_; }
  /// How many times 64 KiB in a row held no sync.
  [[nodiscard]] std::uint64_t barren() const noexcept { return barren_; }

 private:
  [[nodiscard]] bool search();
  [[nodiscard]] bool scan();
  [[nodiscard]] std::size_t stride_at(std::size_t position) const noexcept;
  void lock(std::size_t position, std::size_t stride) noexcept;
  void lose() noexcept;
  void drop(std::size_t count) noexcept;
  [[nodiscard]] bool skip_gap() noexcept;
  [[nodiscard]] std::span<const std::uint8_t> take_stored();
  [[nodiscard]] std::size_t run_length(
      std::span<const std::uint8_t> bytes) const noexcept;

  std::span<const std::uint8_t> input_;
  base::ByteQueue stored_{std::size_t{8} * 1024};
  std::size_t given_ = 0;  ///< Bytes of stored_ that the last run showed.
  std::size_t stride_ = 0;
  std::size_t lost_stride_ = 0;  ///< At the last loss, 0 once looked at.
  std::size_t gap_ = 0;          ///< Bytes to skip before the next packet.
  std::size_t searched_ = 0;     ///< Bytes dropped since the search began.
  bool ending_ = false;
  std::uint64_t dropped_ = 0;
  std::uint64_t losses_ = 0;
  std::uint64_t locks_ = 0;
  std::uint64_t barren_ = 0;
};

}  // namespace xg2g::ts
