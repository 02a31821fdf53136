// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "ts/continuity.h"
#include "ts/packet.h"

namespace xg2g::ts {

/// Puts packets of one PID that have overtaken others back in their place.
///
/// A packet whose continuity_counter is up to kFurthest ahead waits for those
/// that are missing before it, until kMost packets came that have to wait. All
/// others, and those that do not come, are left to whoever follows the counter.
class PacketOrder {
 public:
  static constexpr unsigned kFurthest = 7;
  static constexpr std::size_t kMost = 4;

  /// Takes the next packet that came.
  void push(const Packet& packet) noexcept;
  /// Says that those that wait need not wait any more, and that whatever
  /// comes next is in its place.
  void finish() noexcept;
  /// The next packet in order. Call it until it answers nothing after each
  /// push() and finish(); its bytes are valid until the next of these.
  [[nodiscard]] std::optional<Packet> next() noexcept;

 private:
  struct Slot {
    std::array<std::uint8_t, kPacketSize> bytes;
    bool used = false;
  };

  [[nodiscard]] Slot* find(std::uint8_t counter) noexcept;
  void wait(const Packet& packet) noexcept;
  void give(const Packet& packet) noexcept;
  void give(Slot& slot) noexcept;
  void give_following() noexcept;
  void give_all() noexcept;

  std::uint8_t last_ = Continuity::kNone;  ///< continuity_counter given last.
  std::array<Slot, kMost> slots_{};
  std::size_t waiting_ = 0;
  std::size_t repeats_ = 0;  ///< Duplicates of those that wait.
  std::array<std::optional<Packet>, kMost + 1> ready_{};
  std::size_t ready_count_ = 0;
  std::size_t given_ = 0;
};

}  // namespace xg2g::ts
