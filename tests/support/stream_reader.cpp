// SPDX-License-Identifier: MIT
#include "support/stream_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/crc.h"

namespace xg2g::test {
namespace {

constexpr std::size_t kPacketSize = 188;

void read_adaptation_field(View packet, ReadPacket& out) {
  if (packet[4] == 0) return;
  out.discontinuity = (packet[5] & 0x80) != 0;
  out.random_access = (packet[5] & 0x40) != 0;
  if ((packet[5] & 0x10) == 0 || packet[4] < 7) return;
  const std::uint64_t field = get(packet, 6, 6);
  out.pcr = (field >> 15) * 300 + (field & 0x1FF);
}

ReadPacket read_packet(View packet, std::size_t index) {
  ReadPacket out;
  out.pid = get(packet, 1, 2) & 0x1FFF;
  out.continuity_counter = packet[3] & 15;
  out.scrambling = packet[3] >> 6;
  out.transport_error = (packet[1] & 0x80) != 0;
  out.unit_start = (packet[1] & 0x40) != 0;
  out.index = index;
  out.bytes = packet;
  const bool has_field = (packet[3] & 0x20) != 0;
  if (has_field) read_adaptation_field(packet, out);
  const std::size_t begin = 4 + (has_field ? packet[4] + 1u : 0u);
  if ((packet[3] & 0x10) != 0 && begin < kPacketSize) {
    out.payload = packet.subspan(begin);
  }
  return out;
}

ReadSection read_section(View bytes, std::size_t index) {
  ReadSection out;
  out.table_id = bytes[0];
  out.extension = static_cast<std::uint16_t>(get(bytes, 3, 2));
  out.version = get(bytes, 5) >> 1 & 31;
  out.current = (get(bytes, 5) & 1) != 0;
  out.crc_ok = base::crc32_mpeg(bytes) == 0;
  out.index = index;
  out.bytes.assign(bytes.begin(), bytes.end());
  return out;
}

/// Moves the whole sections at the front of `buffer` to `out`.
void take_sections(Bytes& buffer, std::size_t index,
                   std::vector<ReadSection>& out) {
  while (buffer.size() >= 3 && buffer[0] != 0xFF) {
    const std::size_t size = 3 + (get(buffer, 1, 2) & 0xFFF);
    if (buffer.size() < size) return;
    out.push_back(read_section(View(buffer).first(size), index));
    buffer.erase(buffer.begin(),
                 buffer.begin() + static_cast<std::ptrdiff_t>(size));
  }
}

ReadEs read_es(View entry, View descriptors) {
  ReadEs out;
  out.stream_type = entry[0];
  out.pid = get(entry, 1, 2) & 0x1FFF;
  for (std::size_t at = 0; at + 2 <= descriptors.size();) {
    const std::size_t size = descriptors[at + 1];
    const View payload = descriptors.subspan(
        at + 2, std::min(size, descriptors.size() - at - 2));
    out.descriptors.emplace(descriptors[at],
                            Bytes(payload.begin(), payload.end()));
    at += 2 + size;
  }
  const auto found = out.descriptors.find(0x0A);
  if (found != out.descriptors.end() && found->second.size() >= 3) {
    out.language.assign(found->second.begin(), found->second.begin() + 3);
  }
  return out;
}

ReadPmt read_pmt(const ReadSection& section) {
  ReadPmt out;
  out.program_number = section.extension;
  out.version = section.version;
  out.index = section.index;
  const View bytes = View(section.bytes).first(section.bytes.size() - 4);
  out.pcr_pid = get(bytes, 8, 2) & 0x1FFF;
  std::size_t at = 12 + (get(bytes, 10, 2) & 0xFFF);
  while (at + 5 <= bytes.size()) {
    const std::size_t size = std::min<std::size_t>(
        get(bytes, at + 3, 2) & 0xFFF, bytes.size() - at - 5);
    out.streams.push_back(
        read_es(bytes.subspan(at, 5), bytes.subspan(at + 5, size)));
    at += 5 + size;
  }
  return out;
}

std::uint64_t read_timestamp(View bytes, std::size_t at) {
  return (get(bytes, at) >> 1 & 7) << 30 | get(bytes, at + 1, 2) >> 1 << 15 |
         get(bytes, at + 3, 2) >> 1;
}

/// Takes the header off what came of one PES packet; nothing if it is none.
std::optional<ReadPes> read_pes(View bytes, std::size_t index) {
  if (bytes.size() < 9 || get(bytes, 0, 3) != 1) return std::nullopt;
  ReadPes out;
  out.stream_id = bytes[3];
  out.declared_length = static_cast<std::uint16_t>(get(bytes, 4, 2));
  out.length_ok =
      out.declared_length == 0 || out.declared_length + 6u == bytes.size();
  out.aligned = (bytes[6] & 0x04) != 0;
  if ((bytes[7] & 0x80) != 0) out.pts = read_timestamp(bytes, 9);
  if ((bytes[7] & 0x40) != 0) out.dts = read_timestamp(bytes, 14);
  out.index = index;
  const View payload =
      bytes.subspan(std::min<std::size_t>(9u + bytes[8], bytes.size()));
  out.payload.assign(payload.begin(), payload.end());
  return out;
}

}  // namespace

const ReadEs* ReadPmt::find(std::uint16_t pid) const {
  const auto found =
      std::find_if(streams.begin(), streams.end(),
                   [pid](const ReadEs& stream) { return stream.pid == pid; });
  return found == streams.end() ? nullptr : &*found;
}

StreamReader::StreamReader(View stream) {
  in_sync_ = stream.size() % kPacketSize == 0;
  for (std::size_t at = 0; at + kPacketSize <= stream.size();
       at += kPacketSize) {
    if (stream[at] != 0x47) in_sync_ = false;
    packets_.push_back(
        read_packet(stream.subspan(at, kPacketSize), packets_.size()));
  }
}

std::map<std::uint16_t, std::size_t> StreamReader::pids() const {
  std::map<std::uint16_t, std::size_t> out;
  for (const ReadPacket& packet : packets_) ++out[packet.pid];
  return out;
}

std::vector<ReadPacket> StreamReader::packets(std::uint16_t pid) const {
  std::vector<ReadPacket> out;
  std::copy_if(packets_.begin(), packets_.end(), std::back_inserter(out),
               [pid](const ReadPacket& packet) { return packet.pid == pid; });
  return out;
}

Bytes StreamReader::bytes(std::uint16_t pid) const {
  Bytes out;
  for (const ReadPacket& packet : packets(pid)) put(out, packet.bytes);
  return out;
}

std::vector<ReadPcr> StreamReader::pcrs(std::uint16_t pid) const {
  std::vector<ReadPcr> out;
  for (const ReadPacket& packet : packets(pid)) {
    if (packet.pcr) out.push_back({*packet.pcr, packet.index});
  }
  return out;
}

std::size_t StreamReader::continuity_errors(std::uint16_t pid) const {
  std::size_t errors = 0;
  std::optional<ReadPacket> last;
  bool duplicated = false;
  for (const ReadPacket& packet : packets(pid)) {
    const unsigned step = packet.payload.empty() ? 0 : 1;
    const unsigned now = packet.continuity_counter;
    if (last && !packet.discontinuity) {
      const bool follows = now == ((last->continuity_counter + step) & 15);
      const bool duplicate = !follows && now == last->continuity_counter &&
                             !last->payload.empty() && !duplicated;
      if (!follows && !duplicate) ++errors;
      duplicated = duplicate;
    }
    last = packet;
  }
  return errors;
}

std::size_t StreamReader::continuity_errors() const {
  std::size_t errors = 0;
  for (const auto& [pid, count] : pids()) {
    if (pid != 0x1FFF) errors += continuity_errors(pid);
  }
  return errors;
}

std::vector<ReadSection> StreamReader::sections(std::uint16_t pid) const {
  std::vector<ReadSection> out;
  Bytes buffer;
  bool started = false;
  for (const ReadPacket& packet : packets(pid)) {
    View payload = packet.payload;
    if (payload.empty()) continue;
    if (packet.unit_start) {
      const std::size_t pointer = payload[0];
      payload = payload.subspan(1);
      const View tail = payload.first(std::min(pointer, payload.size()));
      if (started) put(buffer, tail);
      take_sections(buffer, packet.index, out);
      payload = payload.subspan(tail.size());
      buffer.clear();
      started = true;
    }
    if (!started) continue;
    put(buffer, payload);
    take_sections(buffer, packet.index, out);
  }
  return out;
}

std::map<std::uint16_t, std::uint16_t> StreamReader::pat() const {
  std::map<std::uint16_t, std::uint16_t> out;
  for (const ReadSection& section : sections(0)) {
    if (section.table_id != 0 || !section.crc_ok || !section.current) continue;
    if (section.bytes[6] == 0) out.clear();  // section_number
    for (std::size_t at = 8; at + 8 <= section.bytes.size(); at += 4) {
      const std::uint64_t number = get(section.bytes, at, 2);
      const std::uint64_t pid = get(section.bytes, at + 2, 2) & 0x1FFF;
      if (number == 0) continue;
      out[static_cast<std::uint16_t>(number)] = static_cast<std::uint16_t>(pid);
    }
  }
  return out;
}

std::vector<ReadPmt> StreamReader::pmts(std::uint16_t program_number) const {
  std::vector<ReadPmt> out;
  const auto programs = pat();
  const auto found = programs.find(program_number);
  if (found == programs.end()) return out;
  for (const ReadSection& section : sections(found->second)) {
    if (section.table_id == 2 && section.extension == program_number &&
        section.crc_ok) {
      out.push_back(read_pmt(section));
    }
  }
  return out;
}

std::size_t StreamReader::psi_errors() const {
  std::size_t errors = 0;
  const auto count = [&](std::uint16_t pid) {
    for (const ReadSection& section : sections(pid)) {
      if (!section.crc_ok) ++errors;
    }
  };
  count(0);
  for (const auto& [number, pid] : pat()) count(pid);
  return errors;
}

std::vector<ReadPes> StreamReader::pes(std::uint16_t pid) const {
  std::vector<ReadPes> out;
  Bytes buffer;
  std::size_t index = 0;
  const auto finish = [&] {
    if (auto pes = read_pes(buffer, index)) out.push_back(std::move(*pes));
    buffer.clear();
  };
  bool started = false;
  for (const ReadPacket& packet : packets(pid)) {
    if (packet.unit_start) {
      finish();
      index = packet.index;
      started = true;
    }
    if (started) put(buffer, packet.payload);
  }
  finish();
  return out;
}

std::optional<std::vector<AdtsFrame>> read_adts(View payload) {
  constexpr std::array<unsigned, 16> kRates{
      96'000, 88'200, 64'000, 48'000, 44'100, 32'000, 24'000,
      22'050, 16'000, 12'000, 11'025, 8'000,  7'350};
  std::vector<AdtsFrame> out;
  for (std::size_t at = 0; at < payload.size();) {
    const View rest = payload.subspan(at);
    if (rest.size() < 7 || (get(rest, 0, 2) & 0xFFF6) != 0xFFF0) return {};
    AdtsFrame frame;
    frame.size = get(rest, 3, 3) >> 5 & 0x1FFF;
    if (frame.size < 7 || frame.size > rest.size()) return {};
    frame.sample_rate = kRates[rest[2] >> 2 & 15];
    frame.channels = get(rest, 2, 2) >> 6 & 7;
    frame.profile = rest[2] >> 6;
    frame.bytes = rest.first(frame.size);
    out.push_back(frame);
    at += frame.size;
  }
  return out;
}

}  // namespace xg2g::test
