// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/byte_queue.h"
#include "ts/packet.h"

namespace xg2g::remux {

/// The packets of the PES packets whose sound is being replaced, as long as a
/// byte in them is not used: should it turn out to be what passes, they leave
/// from the start of its PES packet on.
class PesBacklog {
 public:
  /// Takes a packet, which adds `size` bytes to the elementary stream.
  void push(const ts::Packet& packet, std::size_t size);
  /// Says that all but the last `size` bytes are used. PES packets that end
  /// before these go.
  void trim(std::size_t size) noexcept;
  void clear() noexcept;

  /// Begins with the start of a PES packet.
  [[nodiscard]] std::span<const std::uint8_t> packets() const noexcept {
    return packets_.view();
  }

 private:
  struct Start {
    std::uint64_t position;  ///< Of the PES packet's first byte of payload.
    std::size_t size = 0;    ///< Of its packets.
  };

  std::uint64_t end_ = 0;  ///< Position behind the last byte.
  std::vector<Start> starts_;
  base::ByteQueue packets_;
};

}  // namespace xg2g::remux
