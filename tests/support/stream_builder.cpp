// SPDX-License-Identifier: MIT
#include "support/stream_builder.h"

#include <algorithm>
#include <cassert>
#include <random>
#include <utility>

namespace xg2g::test {
namespace {

constexpr std::size_t kHeaderSize = 4;
constexpr std::size_t kRoom = kPacketSize - kHeaderSize;

/// PCR as 33 bits of base, 6 reserved, 9 of extension (2.4.3.4).
void put_pcr(Bytes& out, std::uint64_t value) {
  const std::uint64_t base = value / 300 & 0x1'FFFF'FFFF;
  put(out, base << 15 | 0x7E00 | value % 300, 6);
}

/// PTS or DTS with its marker bits (2.4.3.6).
void put_timestamp(Bytes& out, unsigned prefix, std::uint64_t value) {
  put(out, prefix << 4 | (value >> 30 & 7) << 1 | 1u);
  put(out, (value >> 15 & 0x7FFF) << 1 | 1u, 2);
  put(out, (value & 0x7FFF) << 1 | 1u, 2);
}

/// The adaptation field of a packet that has to carry `payload` bytes.
Bytes make_adaptation_field(std::size_t payload, const PacketOptions& options) {
  Bytes fields;
  const unsigned flags = (options.discontinuity ? 0x80u : 0u) |
                         (options.random_access ? 0x40u : 0u) |
                         (options.pcr ? 0x10u : 0u);
  const std::size_t size = kRoom - payload;
  if (size > 1 || flags != 0) put(fields, flags);
  if (options.pcr) put_pcr(fields, *options.pcr);
  assert(fields.size() + (size > 0 ? 1 : 0) <= size);
  if (size == 0) return {};
  fields.insert(fields.begin(), static_cast<std::uint8_t>(size - 1));
  fields.resize(size, 0xFF);
  return fields;
}

std::size_t adaptation_size(const PacketOptions& options) {
  const bool flags =
      options.discontinuity || options.random_access || options.pcr;
  return (flags ? 2u : 0u) + (options.pcr ? 6u : 0u);
}

Bytes make_timestamps(std::optional<std::uint64_t> pts,
                      std::optional<std::uint64_t> dts) {
  Bytes out;
  if (pts) put_timestamp(out, dts ? 3 : 2, *pts);
  if (pts && dts) put_timestamp(out, 1, *dts);
  return out;
}

bool has_optional_header(std::uint8_t stream_id) {
  constexpr std::uint8_t kNone[] = {0xBC, 0xBE, 0xBF, 0xF0,
                                    0xF1, 0xF2, 0xF8, 0xFF};
  return std::find(std::begin(kNone), std::end(kNone), stream_id) ==
         std::end(kNone);
}

/// The PES packet's bytes (2.4.3.6).
Bytes make_pes(std::uint8_t stream_id, std::optional<std::uint64_t> pts,
               View payload, const PesOptions& options) {
  Bytes header;
  if (has_optional_header(stream_id)) {
    const Bytes times = make_timestamps(pts, options.dts);
    put(header, 0x80u | (options.aligned ? 0x04u : 0u));
    put(header, !pts ? 0x00u : options.dts ? 0xC0u : 0x80u);
    put(header, times.size() + options.header_stuffing);
    put(header, times);
    header.resize(header.size() + options.header_stuffing, 0xFF);
  }
  const std::size_t length = header.size() + payload.size();
  assert(options.unbounded || length <= 0xFFFF);
  Bytes out;
  put(out, 0x000001, 3);
  put(out, stream_id);
  put(out, options.unbounded ? 0 : length, 2);
  put(out, header);
  put(out, payload);
  return out;
}

void apply(Fault fault, Bytes& packet) {
  if (fault == Fault::kTransportError) packet[1] |= 0x80;
  if (fault != Fault::kDamage) return;
  const std::size_t field = (packet[3] & 0x20) != 0 ? packet[4] + 1u : 0u;
  for (std::size_t i = kHeaderSize + field; i < packet.size(); ++i) {
    packet[i] = static_cast<std::uint8_t>(~packet[i]);
  }
}

/// What a receiver without a key has.
void scramble(Bytes& payload) {
  std::minstd_rand random(29);
  for (std::uint8_t& byte : payload) {
    byte ^= static_cast<std::uint8_t>(random() >> 8);
  }
}

}  // namespace

StreamBuilder& StreamBuilder::pat(const std::vector<PatEntry>& programs,
                                  const SectionOptions& options) {
  return section(0x0000, make_pat(programs, options));
}

StreamBuilder& StreamBuilder::pmt(std::uint16_t program_number,
                                  std::uint16_t pid, const ProgramMap& map,
                                  const SectionOptions& options) {
  return section(pid, make_pmt(program_number, map, options));
}

StreamBuilder& StreamBuilder::section(std::uint16_t pid, View section) {
  return sections(pid, {Bytes(section.begin(), section.end())});
}

StreamBuilder& StreamBuilder::sections(std::uint16_t pid,
                                       const std::vector<Bytes>& sections,
                                       std::size_t packet_payload) {
  Bytes all;
  std::deque<std::size_t> starts;
  for (const Bytes& section : sections) {
    starts.push_back(all.size());
    put(all, section);
  }
  for (std::size_t at = 0; at < all.size();) {
    Bytes payload;
    std::size_t room = packet_payload;
    // A start in the last byte would be pushed out by pointer_field itself.
    const bool starts_here = !starts.empty() && starts.front() < at + room - 1;
    if (starts_here) {
      put(payload, starts.front() - at);
      --room;
    }
    const std::size_t limit =
        !starts_here && !starts.empty() ? starts.front() - at : room;
    const std::size_t take = std::min({room, limit, all.size() - at});
    put(payload, View(all).subspan(at, take));
    at += take;
    while (!starts.empty() && starts.front() < at) starts.pop_front();
    if (at == all.size()) payload.resize(kRoom, 0xFF);  // 2.4.4: stuffing
    packet(pid, payload, {.unit_start = starts_here});
  }
  return *this;
}

StreamBuilder& StreamBuilder::pes(std::uint16_t pid, std::uint8_t stream_id,
                                  std::optional<std::uint64_t> pts,
                                  View payload, const PesOptions& options) {
  Bytes bytes = make_pes(stream_id, pts, payload, options);
  if (options.scrambling != 0) scramble(bytes);
  PacketOptions fields{.unit_start = true,
                       .scrambling = options.scrambling,
                       .discontinuity = options.discontinuity,
                       .random_access = options.random_access,
                       .pcr = options.pcr};
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t room =
        std::min(options.packet_payload, kRoom - adaptation_size(fields));
    const std::size_t take = std::min(room, bytes.size() - at);
    packet(pid, View(bytes).subspan(at, take), fields);
    fields = {.scrambling = options.scrambling};
    at += take;
  }
  return *this;
}

StreamBuilder& StreamBuilder::pcr(std::uint16_t pid, std::uint64_t value,
                                  bool discontinuity) {
  return packet(pid, {}, {.discontinuity = discontinuity, .pcr = value});
}

StreamBuilder& StreamBuilder::packet(std::uint16_t pid, View payload,
                                     const PacketOptions& options) {
  assert(payload.size() + adaptation_size(options) <= kRoom);
  const Bytes field = make_adaptation_field(payload.size(), options);
  const unsigned control =
      (field.empty() ? 0u : 2u) | (payload.empty() ? 0u : 1u);
  std::uint8_t& next = continuity_[pid];
  // The counter stands still without payload (2.4.3.3).
  const unsigned counter = payload.empty() ? (next - 1u) & 15u : next;
  Bytes out;
  put(out, 0x47);
  put(out, (options.unit_start ? 0x4000u : 0u) | pid, 2);
  put(out, (options.scrambling & 3u) << 6 | control << 4 | counter);
  put(out, field);
  put(out, payload);
  if (!payload.empty()) next = (next + 1) & 15;
  emit(pid, std::move(out));
  return *this;
}

StreamBuilder& StreamBuilder::null(std::size_t count) {
  Bytes packet{0x47, 0x1F, 0xFF, 0x10};
  packet.resize(kPacketSize, 0xFF);
  for (std::size_t i = 0; i < count; ++i) put(bytes_, packet);
  return *this;
}

StreamBuilder& StreamBuilder::raw(View bytes) {
  put(bytes_, bytes);
  return *this;
}

StreamBuilder& StreamBuilder::fault(std::uint16_t pid, Fault fault,
                                    std::size_t count, std::size_t after) {
  auto& queue = faults_[pid];
  queue.resize(std::max(queue.size(), after + count));
  for (std::size_t i = after; i < after + count; ++i) queue[i] = fault;
  return *this;
}

StreamBuilder& StreamBuilder::continuity(std::uint16_t pid, std::uint8_t next) {
  continuity_[pid] = next & 15;
  return *this;
}

Bytes StreamBuilder::take() { return std::exchange(bytes_, {}); }

void StreamBuilder::emit(std::uint16_t pid, Bytes packet) {
  const std::optional<Fault> fault = next_fault(pid);
  if (fault == Fault::kDrop) return;
  if (fault) apply(*fault, packet);
  put(bytes_, packet);
  if (fault == Fault::kDuplicate) put(bytes_, packet);
}

std::optional<Fault> StreamBuilder::next_fault(std::uint16_t pid) {
  const auto found = faults_.find(pid);
  if (found == faults_.end() || found->second.empty()) return std::nullopt;
  const std::optional<Fault> fault = found->second.front();
  found->second.pop_front();
  return fault;
}

}  // namespace xg2g::test
