// SPDX-License-Identifier: MIT
#include "ts/packetizer.h"

#include <algorithm>
#include <array>

namespace xg2g::ts {
namespace {

constexpr std::uint8_t kStuffing = 0xFF;
constexpr std::size_t kRoom = kPacketSize - kHeaderSize;

using PacketBuffer = std::array<std::uint8_t, kPacketSize>;

enum class Control : std::uint8_t {  // adaptation_field_control, table 2-5
  kPayload = 0x10,
  kAdaptation = 0x20,
  kBoth = 0x30,
};

void put_header(PacketBuffer& packet, std::uint16_t pid, bool unit_start,
                Control control, std::uint8_t counter) noexcept {
  packet[0] = kSyncByte;
  packet[1] = static_cast<std::uint8_t>((unit_start ? 0x40 : 0) | (pid >> 8));
  packet[2] = static_cast<std::uint8_t>(pid);
  packet[3] = static_cast<std::uint8_t>(static_cast<unsigned>(control) |
                                        (counter & 0x0FU));
}

/// Fills the front with an adaptation field of `size` bytes, all stuffing.
void put_stuffing(PacketBuffer& packet, std::size_t size) noexcept {
  packet[kHeaderSize] = static_cast<std::uint8_t>(size - 1);
  if (size > 1) {
    packet[kHeaderSize + 1] = 0;  // no flags
    std::fill_n(packet.begin() + kHeaderSize + 2, size - 2, kStuffing);
  }
}

}  // namespace

void Packetizer::pes(std::span<const std::uint8_t> header,
                     std::span<const std::uint8_t> payload) {
  bool first = true;
  while (!header.empty() || !payload.empty()) {
    PacketBuffer packet;
    const std::size_t left = header.size() + payload.size();
    const std::size_t stuffing = left < kRoom ? kRoom - left : 0;
    put_header(packet, pid_, first,
               stuffing > 0 ? Control::kBoth : Control::kPayload,
               counter_->next());
    if (stuffing > 0) put_stuffing(packet, stuffing);
    auto room = std::span(packet).subspan(kHeaderSize + stuffing);
    for (auto* part : {&header, &payload}) {
      const std::size_t count = std::min(part->size(), room.size());
      std::ranges::copy(part->first(count), room.begin());
      room = room.subspan(count);
      *part = part->subspan(count);
    }
    output_->write(packet);
    first = false;
  }
}

void Packetizer::section(std::span<const std::uint8_t> bytes) {
  bool first = true;
  while (!bytes.empty()) {
    PacketBuffer packet;
    packet.fill(kStuffing);
    put_header(packet, pid_, first, Control::kPayload, counter_->next());
    auto room = std::span(packet).subspan(kHeaderSize);
    if (first) {
      room[0] = 0;  // pointer_field
      room = room.subspan(1);
    }
    const std::size_t count = std::min(bytes.size(), room.size());
    std::ranges::copy(bytes.first(count), room.begin());
    bytes = bytes.subspan(count);
    output_->write(packet);
    first = false;
  }
}

void Packetizer::pcr(const Packet& source) {
  constexpr std::uint8_t kDiscontinuity = 0x80;
  constexpr std::uint8_t kPcr = 0x10;
  PacketBuffer packet;
  put_header(packet, pid_, false, Control::kAdaptation, counter_->same());
  put_stuffing(packet, kRoom);
  packet[kHeaderSize + 1] = static_cast<std::uint8_t>(
      kPcr | (source.discontinuity() ? kDiscontinuity : 0));
  std::ranges::copy(source.pcr_bytes(), packet.begin() + kHeaderSize + 2);
  output_->write(packet);
}

void Packetizer::renumbered(const Packet& source) {
  if (counter_->ours() && source.has_payload() && !source.unit_start()) {
    counter_->skip();
    if (source.has_pcr()) pcr(source);
    return;
  }
  PacketBuffer packet;
  std::ranges::copy(source.bytes(), packet.begin());
  const std::uint8_t counter =
      counter_->shifted(source.continuity_counter(), source.has_payload());
  packet[3] = static_cast<std::uint8_t>((packet[3] & 0xF0) | counter);
  output_->write(packet);
}

}  // namespace xg2g::ts
