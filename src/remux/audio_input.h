// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "es/framer.h"
#include "es/pes_reader.h"
#include "ts/continuity.h"
#include "ts/packet.h"

namespace xg2g::remux {

/// From the packets of a PID that carries sound to elementary stream bytes:
/// drops duplicates, takes PES headers off, tells a framer what is missing.
class AudioInput {
 public:
  /// Follows the continuity_counter. Each packet comes here first.
  void follow(const ts::Packet& packet);
  /// Says that the packet followed last is not read.
  void skip() noexcept { ++skipped_; }
  /// Says that timestamps start anew in PES packets that begin from the packet
  /// followed last on.
  void discontinue() noexcept { pes_.discontinue(); }
  /// What the packet followed last adds to the elementary stream.
  [[nodiscard]] es::PesPiece read(const ts::Packet& packet, es::Framer& framer);
  /// Forgets the PES packet that is under way.
  void reset() noexcept {
    pes_.reset();
    skipped_ = 0;
  }

  /// The continuity_counter that a packet with payload before the first one
  /// must have had.
  [[nodiscard]] std::uint8_t before_first() const noexcept {
    return before_first_;
  }

 private:
  void compare_with_last(const ts::Packet& packet, bool same_counter);

  ts::Continuity continuity_;
  bool duplicate_ = false;
  unsigned lost_ = 0;     ///< Packets missing before this one.
  unsigned skipped_ = 0;  ///< Packets that were not read since the last.
  std::uint8_t before_first_ = 0x0F;
  std::array<std::uint8_t, ts::kPacketSize> last_payload_{};
  std::size_t last_payload_size_ = 0;
  es::PesReader pes_;
};

}  // namespace xg2g::remux
