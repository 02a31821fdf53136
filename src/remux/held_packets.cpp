// SPDX-License-Identifier: MIT
#include "remux/held_packets.h"

namespace xg2g::remux {

void HeldPackets::add(const ts::Packet& packet, base::ClockTicks now,
                      PidWriter& output) {
  if (empty()) since_ = now;
  if (!packet.has_pcr()) return packets_.append(packet.bytes());
  output.pcr(packet);
  if (!packet.has_payload()) return;
  packets_.append(ts::without_time(packet).packet().bytes());
}

void HeldPackets::assign(std::span<const std::uint8_t> packets) {
  packets_.clear();
  packets_.append(packets);
}

void HeldPackets::release(PidWriter& output) {
  const base::ByteQueue held = std::exchange(packets_, {});
  const auto bytes = held.view();
  for (std::size_t at = 0; at < bytes.size(); at += ts::kPacketSize) {
    output.pass(ts::packet_at(bytes, at));
  }
}

}  // namespace xg2g::remux
