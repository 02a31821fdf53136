// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/bytes.h"

namespace xg2g::test {

/// One transport packet; the views point into the stream that was read.
struct ReadPacket {
  std::uint16_t pid = 0;
  std::uint8_t continuity_counter = 0;
  std::uint8_t scrambling = 0;
  bool transport_error = false;
  bool unit_start = false;
  bool discontinuity = false;
  bool random_access = false;
  std::optional<std::uint64_t> pcr;  ///< 27 MHz.
  std::size_t index = 0;             ///< Among all packets.
  View bytes;
  View payload;  ///< Empty where there is none.
};

struct ReadSection {
  std::uint8_t table_id = 0;
  std::uint16_t extension = 0;  ///< program_number in a PMT.
  std::uint8_t version = 0;
  bool current = false;
  bool crc_ok = false;
  std::size_t index = 0;  ///< Of the packet that completed it.
  Bytes bytes;
};

struct ReadEs {
  std::uint8_t stream_type = 0;
  std::uint16_t pid = 0;
  std::map<std::uint8_t, Bytes> descriptors;  ///< By tag, the first of each.
  std::string language;                       ///< "" where none is given.
};

struct ReadPmt {
  std::uint16_t program_number = 0;
  std::uint16_t pcr_pid = 0;
  std::uint8_t version = 0;
  std::size_t index = 0;  ///< Of the packet that completed it.
  std::vector<ReadEs> streams;

  /// The stream on `pid`, or nullptr.
  [[nodiscard]] const ReadEs* find(std::uint16_t pid) const;
};

struct ReadPes {
  std::uint8_t stream_id = 0;
  std::uint16_t declared_length = 0;  ///< PES_packet_length.
  bool aligned = false;
  bool length_ok = false;  ///< What came is what was declared, or 0 was.
  std::optional<std::uint64_t> pts;
  std::optional<std::uint64_t> dts;
  std::size_t index = 0;  ///< Of its first packet.
  Bytes payload;
};

struct ReadPcr {
  std::uint64_t value = 0;  ///< 27 MHz.
  std::size_t index = 0;
};

/// Takes a whole stream of 188-byte packets apart, in the plainest way.
///
/// Shares no code with src/ts but CRC_32. The stream must outlive it.
class StreamReader {
 public:
  explicit StreamReader(View stream);

  /// True where the stream is whole packets that start with 0x47.
  [[nodiscard]] bool in_sync() const noexcept { return in_sync_; }
  [[nodiscard]] const std::vector<ReadPacket>& packets() const noexcept {
    return packets_;
  }
  /// Every PID, with its number of packets.
  [[nodiscard]] std::map<std::uint16_t, std::size_t> pids() const;
  [[nodiscard]] std::vector<ReadPacket> packets(std::uint16_t pid) const;
  /// All packets of `pid` back to back.
  [[nodiscard]] Bytes bytes(std::uint16_t pid) const;
  [[nodiscard]] std::vector<ReadPcr> pcrs(std::uint16_t pid) const;

  /// Jumps of continuity_counter that neither a duplicate nor
  /// discontinuity_indicator explains (ISO/IEC 13818-1, 2.4.3.3).
  [[nodiscard]] std::size_t continuity_errors(std::uint16_t pid) const;
  [[nodiscard]] std::size_t continuity_errors() const;

  [[nodiscard]] std::vector<ReadSection> sections(std::uint16_t pid) const;
  /// program_number to PID, by the last good PAT.
  [[nodiscard]] std::map<std::uint16_t, std::uint16_t> pat() const;
  /// Every good PMT of a program in order, repetitions too.
  [[nodiscard]] std::vector<ReadPmt> pmts(std::uint16_t program_number) const;
  /// PAT and PMT sections whose CRC_32 is wrong.
  [[nodiscard]] std::size_t psi_errors() const;

  [[nodiscard]] std::vector<ReadPes> pes(std::uint16_t pid) const;

 private:
  bool in_sync_ = true;
  std::vector<ReadPacket> packets_;
};

/// One ADTS frame (ISO/IEC 13818-7, 6.2).
struct AdtsFrame {
  unsigned sample_rate = 0;
  unsigned channels = 0;  ///< channel_configuration.
  unsigned profile = 0;   ///< 1 is LC.
  std::size_t size = 0;   ///< Header included.
  View bytes;
};

/// The frames of a payload that is nothing but whole ADTS frames; nothing if
/// it is not.
[[nodiscard]] std::optional<std::vector<AdtsFrame>> read_adts(View payload);

}  // namespace xg2g::test
