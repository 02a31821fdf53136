// SPDX-License-Identifier: MIT
#include "remux/audio_input.h"

#include <algorithm>
#include <span>
#include <utility>

namespace xg2g::remux {

void AudioInput::follow(const ts::Packet& packet) {
  const std::uint8_t counter = packet.continuity_counter();
  const std::uint8_t last = continuity_.last();
  const bool first = last == ts::Continuity::kNone;
  if (first) before_first_ = packet.counter_before();
  const auto step =
      continuity_.step(counter, packet.has_payload(), packet.discontinuity());
  const bool announced_jump = packet.discontinuity() && packet.has_payload() &&
                              !first && counter != ((last + 1) & 0x0F);
  duplicate_ = false;
  lost_ = 0;
  if (step == ts::ContinuityStep::kLoss || announced_jump) {
    lost_ = ts::missing_packets(last, counter, packet.has_payload());
  }
  if (packet.has_payload()) compare_with_last(packet, counter == last);
}

/// Packets with equal counters are duplicates only if their payload is equal.
void AudioInput::compare_with_last(const ts::Packet& packet,
                                   bool same_counter) {
  const auto payload = packet.payload();
  if (same_counter) {
    duplicate_ = std::ranges::equal(
        payload, std::span(last_payload_).first(last_payload_size_));
    const std::uint8_t counter = packet.continuity_counter();
    lost_ = duplicate_ ? 0 : ts::missing_packets(counter, counter, true);
  }
  std::ranges::copy(payload, last_payload_.begin());
  last_payload_size_ = payload.size();
}

es::PesPiece AudioInput::read(const ts::Packet& packet, es::Framer& framer) {
  if (duplicate_) return {};
  const unsigned lost = lost_ + std::exchange(skipped_, 0);
  if (lost > 0) {
    pes_.lose();
    framer.lose(lost);
  }
  return pes_.push(packet.payload(), packet.unit_start());
}

}  // namespace xg2g::remux
