// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "support/bytes.h"
#include "support/sections.h"

namespace xg2g::test {

inline constexpr std::size_t kPacketSize = 188;  // ISO/IEC 13818-1, 2.4.3.2

/// What befalls a packet on its way.
enum class Fault : std::uint8_t {
  kDrop,            ///< It is counted but never arrives.
  kDuplicate,       ///< It comes twice (2.4.3.3).
  kTransportError,  ///< transport_error_indicator is set.
  kDamage,          ///< Payload bytes are inverted, the header stays.
};

/// Fields of one transport packet besides its payload.
struct PacketOptions {
  bool unit_start = false;
  std::uint8_t scrambling = 0;  ///< transport_scrambling_control.
  bool discontinuity = false;
  bool random_access = false;
  std::optional<std::uint64_t> pcr = {};  ///< 27 MHz.
};

/// How a PES packet is written; the first packet carries the indicators.
struct PesOptions {
  std::optional<std::uint64_t> dts = {};
  bool unbounded = false;            ///< PES_packet_length is 0.
  bool aligned = true;               ///< data_alignment_indicator.
  std::uint8_t header_stuffing = 0;  ///< Stuffing bytes in the PES header.
  std::size_t packet_payload = 184;  ///< Payload a packet, at most.
  /// In every packet, whose payload is as good as random then.
  std::uint8_t scrambling = 0;
  bool discontinuity = false;
  bool random_access = false;
  std::optional<std::uint64_t> pcr = {};  ///< 27 MHz.
};

/// Writes a transport stream call by call and keeps the continuity counters.
///
/// Shares no code with src/ts but CRC_32, so that each checks the other.
class StreamBuilder {
 public:
  StreamBuilder& pat(const std::vector<PatEntry>& programs,
                     const SectionOptions& options = {});
  StreamBuilder& pmt(std::uint16_t program_number, std::uint16_t pid,
                     const ProgramMap& map, const SectionOptions& options = {});
  /// Writes one section in packets of its own.
  StreamBuilder& section(std::uint16_t pid, View section);
  /// Writes sections back to back, several to a packet, with pointer_field
  /// where one starts; each packet holds at most `packet_payload` bytes.
  StreamBuilder& sections(std::uint16_t pid, const std::vector<Bytes>& sections,
                          std::size_t packet_payload = 184);

  /// `pts` is in 90 kHz ticks and is written modulo 2^33.
  StreamBuilder& pes(std::uint16_t pid, std::uint8_t stream_id,
                     std::optional<std::uint64_t> pts, View payload,
                     const PesOptions& options = {});
  /// A packet of adaptation field alone; `value` is in 27 MHz ticks.
  StreamBuilder& pcr(std::uint16_t pid, std::uint64_t value,
                     bool discontinuity = false);
  /// One packet; a payload under 184 bytes is stuffed in front.
  StreamBuilder& packet(std::uint16_t pid, View payload,
                        const PacketOptions& options = {});
  /// Null packets.
  StreamBuilder& null(std::size_t count = 1);
  /// Bytes as they are: a packet, a part of one, rubbish.
  StreamBuilder& raw(View bytes);

  /// After `after` more packets of `pid`, `count` of them meet `fault`.
  StreamBuilder& fault(std::uint16_t pid, Fault fault, std::size_t count = 1,
                       std::size_t after = 0);
  /// Sets the counter of the next packet with payload on `pid`.
  StreamBuilder& continuity(std::uint16_t pid, std::uint8_t next);

  [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }
  /// Hands out what was written; counters and faults stay.
  [[nodiscard]] Bytes take();

 private:
  void emit(std::uint16_t pid, Bytes packet);
  [[nodiscard]] std::optional<Fault> next_fault(std::uint16_t pid);

  Bytes bytes_;
  std::map<std::uint16_t, std::uint8_t> continuity_;
  std::map<std::uint16_t, std::deque<std::optional<Fault>>> faults_;
};

}  // namespace xg2g::test
