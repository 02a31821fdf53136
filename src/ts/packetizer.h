// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>

#include "ts/continuity.h"
#include "ts/packet.h"
#include "ts/packet_output.h"

namespace xg2g::ts {

/// Counts what leaves on one PID (ISO/IEC 13818-1, 2.4.3.3).
class ContinuityCounter {
 public:
  ContinuityCounter() = default;
  /// Goes on behind a packet that left with `last`.
  explicit ContinuityCounter(std::uint8_t last) noexcept : last_(last) {}

  /// For the next packet with payload.
  [[nodiscard]] std::uint8_t next() noexcept {
    shifts_ = false;
    ours_ = true;
    last_ = static_cast<std::uint8_t>((last_ + 1) & 0x0F);
    return last_;
  }
  /// For one without.
  [[nodiscard]] std::uint8_t same() const noexcept { return last_ & 0x0F; }
  /// For a packet that came with `counter`: the first goes on behind the last
  /// that left, those behind it keep their steps, duplicates and losses too.
  [[nodiscard]] std::uint8_t shifted(std::uint8_t counter,
                                     bool has_payload) noexcept {
    if (!shifts_) {
      shift_ =
          static_cast<std::uint8_t>(last_ + (has_payload ? 1 : 0) - counter);
      shifts_ = true;
    }
    last_ = static_cast<std::uint8_t>((counter + shift_) & 0x0F);
    ours_ = ours_ && !has_payload;
    return last_;
  }
  /// Says that a packet that came does not leave.
  void skip() noexcept { shifts_ = false; }
  /// True where next() was the last for a payload, or await_unit() was called
  /// since.
  [[nodiscard]] bool ours() const noexcept { return ours_; }
  /// Says that what comes goes on with a unit that did not leave as it will.
  void await_unit() noexcept { ours_ = true; }

 private:
  std::uint8_t last_ = 0x0F;
  std::uint8_t shift_ = 0;
  bool shifts_ = false;
  bool ours_ = false;
};

/// Writes the packets of one PID.
class Packetizer {
 public:
  Packetizer(std::uint16_t pid, ContinuityCounter& counter,
             PacketOutput& output) noexcept
      : pid_(pid), counter_(&counter), output_(&output) {}

  /// Cuts a PES packet, given as header and payload, into transport packets.
  /// Stuffing stands in the adaptation field of the last (2.4.3.5).
  void pes(std::span<const std::uint8_t> header,
           std::span<const std::uint8_t> payload);
  /// Writes one section with pointer_field 0 and 0xFF behind it (2.4.4).
  void section(std::span<const std::uint8_t> bytes);
  /// A packet of adaptation field alone, with the PCR that `source` must have
  /// and its discontinuity_indicator.
  void pcr(const Packet& source);
  /// `source` with this PID's own continuity_counter. What would go on with a
  /// unit of ours (2.4.3.3, payload_unit_start_indicator) is left out, but for
  /// its PCR.
  void renumbered(const Packet& source);

 private:
  std::uint16_t pid_;
  ContinuityCounter* counter_;
  PacketOutput* output_;
};

}  // namespace xg2g::ts
