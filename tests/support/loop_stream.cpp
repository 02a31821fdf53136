// SPDX-License-Identifier: MIT
#include "support/loop_stream.h"

#include <algorithm>
#include <map>
#include <span>
#include <vector>

#include "support/stream_builder.h"
#include "support/stream_reader.h"

namespace xg2g::test {
namespace {

using Packet = std::span<std::uint8_t>;

constexpr std::uint64_t kWrap = std::uint64_t{1} << 33;

struct Part {
  std::size_t first = 0;  ///< Packets.
  std::size_t last = 0;
  std::uint64_t ticks = 0;  ///< 90 kHz.
};

Part find_part(const StreamReader& reader, std::uint16_t pid) {
  const std::vector<ReadPes> units = reader.pes(pid);
  if (units.size() < 2 || !units.front().pts || !units.back().pts) return {};
  return {units.front().index, units.back().index,
          (*units.back().pts - *units.front().pts) % kWrap};
}

/// Adds to a PTS or DTS (ISO/IEC 13818-1, 2.4.3.7), whose marks stay.
void shift_timestamp(Packet field, std::uint64_t ticks) {
  const std::uint64_t raw = get(field, 0, 5);
  const std::uint64_t old =
      (raw >> 33 & 7) << 30 | (raw >> 17 & 0x7FFF) << 15 | (raw >> 1 & 0x7FFF);
  const std::uint64_t now = (old + ticks) % kWrap;
  const std::uint64_t marks = raw & 0xF1'0001'0001;
  const std::uint64_t bits =
      (now >> 30) << 33 | (now >> 15 & 0x7FFF) << 17 | (now & 0x7FFF) << 1;
  for (unsigned i = 0; i < 5; ++i) {
    field[i] = static_cast<std::uint8_t>((marks | bits) >> (4 - i) * 8);
  }
}

void shift_pcr(Packet packet, std::uint64_t ticks) {
  const bool has_field = (packet[3] & 0x20) != 0;
  if (!has_field || packet[4] < 7 || (packet[5] & 0x10) == 0) return;
  const std::uint64_t raw = get(packet, 6, 6);
  const std::uint64_t now = ((raw >> 15) + ticks) % kWrap << 15;
  for (unsigned i = 0; i < 6; ++i) {
    packet[6 + i] =
        static_cast<std::uint8_t>((now | (raw & 0x7FFF)) >> (5 - i) * 8);
  }
}

void shift_pes(Packet packet, std::uint64_t ticks) {
  const std::size_t at =
      4 + ((packet[3] & 0x20) != 0 ? packet[4] + std::size_t{1} : 0);
  const bool starts = (packet[1] & 0x40) != 0 && (packet[3] & 0x10) != 0;
  if (!starts || (packet[3] & 0xC0) != 0 || at + 19 > packet.size()) return;
  const Packet pes = packet.subspan(at);
  const bool sound_or_picture = pes[3] >= 0xC0 && pes[3] <= 0xEF;
  if (get(pes, 0, 3) != 1) return;
  if (!sound_or_picture && pes[3] != 0xBD && pes[3] != 0xFD) return;
  if ((pes[7] & 0x80) != 0) shift_timestamp(pes.subspan(9, 5), ticks);
  if ((pes[7] & 0xC0) == 0xC0) shift_timestamp(pes.subspan(14, 5), ticks);
}

/// Numbers the packets of each PID anew.
class Counters {
 public:
  void number(Packet packet) {
    const auto pid = static_cast<std::uint16_t>(get(packet, 1, 2) & 0x1FFF);
    const auto own = static_cast<std::uint8_t>(packet[3] & 15);
    auto [entry, fresh] = last_.try_emplace(pid, own);
    if (!fresh && (packet[3] & 0x10) != 0) {
      entry->second = static_cast<std::uint8_t>((entry->second + 1) & 15);
    }
    packet[3] = static_cast<std::uint8_t>((packet[3] & 0xF0) | entry->second);
  }

 private:
  std::map<std::uint16_t, std::uint8_t> last_;
};

}  // namespace

Bytes loop_stream(View stream, std::uint16_t pid, double seconds) {
  const StreamReader reader(stream);
  const Part part = find_part(reader, pid);
  if (!reader.in_sync() || part.ticks == 0) return {};
  const auto wanted = static_cast<std::uint64_t>(seconds * 90'000);

  const auto packets = [&](std::size_t first, std::size_t last) {
    return stream.subspan(first * kPacketSize, (last - first) * kPacketSize);
  };
  Bytes out;
  Counters counters;
  put(out, packets(0, part.first));
  for (std::uint64_t shift = 0; shift < wanted; shift += part.ticks) {
    const std::size_t begin = out.size();
    put(out, packets(part.first, part.last));
    for (std::size_t at = begin; at < out.size(); at += kPacketSize) {
      const Packet packet = std::span(out).subspan(at, kPacketSize);
      shift_pcr(packet, shift);
      shift_pes(packet, shift);
    }
  }
  for (std::size_t at = 0; at < out.size(); at += kPacketSize) {
    counters.number(std::span(out).subspan(at, kPacketSize));
  }
  return out;
}

}  // namespace xg2g::test
