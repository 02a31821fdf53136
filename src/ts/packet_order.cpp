// SPDX-License-Identifier: MIT
#include "ts/packet_order.h"

#include <algorithm>

namespace xg2g::ts {

void PacketOrder::push(const Packet& packet) noexcept {
  ready_count_ = 0;
  given_ = 0;
  const std::uint8_t counter = packet.continuity_counter();
  const auto ahead = missing_packets(last_, counter, packet.has_payload());
  const bool in_sequence =
      last_ != Continuity::kNone && !packet.discontinuity();
  if (in_sequence && packet.has_payload() && ahead > 0 && ahead <= kFurthest) {
    return wait(packet);
  }
  const bool next = in_sequence && ahead == 0;
  const bool repeated = in_sequence && counter == last_;
  if (!next && !repeated) give_all();
  give(packet);
  give_following();
}

void PacketOrder::finish() noexcept {
  ready_count_ = 0;
  given_ = 0;
  give_all();
  last_ = Continuity::kNone;
}

std::optional<Packet> PacketOrder::next() noexcept {
  if (given_ == ready_count_) return std::nullopt;
  return ready_[given_++];
}

PacketOrder::Slot* PacketOrder::find(std::uint8_t counter) noexcept {
  const auto found = std::ranges::find_if(slots_, [&](const Slot& slot) {
    return slot.used && Packet(slot.bytes).continuity_counter() == counter;
  });
  return found == slots_.end() ? nullptr : &*found;
}

void PacketOrder::wait(const Packet& packet) noexcept {
  if (const Slot* same = find(packet.continuity_counter())) {
    if (!std::ranges::equal(Packet(same->bytes).payload(), packet.payload())) {
      give_all();
      return give(packet);
    }
    ++repeats_;
  } else {
    const auto slot = std::ranges::find(slots_, false, &Slot::used);
    std::ranges::copy(packet.bytes(), slot->bytes.begin());
    slot->used = true;
    ++waiting_;
  }
  if (waiting_ + repeats_ >= kMost) give_all();
}

void PacketOrder::give(const Packet& packet) noexcept {
  if (packet.has_payload()) last_ = packet.continuity_counter();
  ready_[ready_count_++].emplace(packet);
}

void PacketOrder::give(Slot& slot) noexcept {
  slot.used = false;
  --waiting_;
  give(Packet(slot.bytes));
}

void PacketOrder::give_following() noexcept {
  while (waiting_ > 0) {
    Slot* const slot = find(static_cast<std::uint8_t>((last_ + 1) & 0x0F));
    if (slot == nullptr) return;
    give(*slot);
  }
}

void PacketOrder::give_all() noexcept {
  repeats_ = 0;
  for (std::size_t step = 1; waiting_ > 0 && step <= 16; ++step) {
    Slot* const slot = find(static_cast<std::uint8_t>((last_ + 1) & 0x0F));
    if (slot != nullptr) {
      give(*slot);
    } else {
      last_ = static_cast<std::uint8_t>((last_ + 1) & 0x0F);
    }
  }
}

}  // namespace xg2g::ts
