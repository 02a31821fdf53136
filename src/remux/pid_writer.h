// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "remux/audio_context.h"
#include "ts/packet.h"
#include "ts/packetizer.h"

namespace xg2g::remux {

/// What leaves on the PID of a sound besides AAC, and the continuity_counter of
/// all that does.
class PidWriter {
 public:
  PidWriter(std::uint16_t pid, AudioContext& context)
      : pid_(pid), context_(&context), counter_(context.continuity.find(pid)) {}

  /// Says what the counter is before the first packet.
  void begin_behind(std::uint8_t counter) noexcept;
  /// Lets a packet pass: as it came, unless others on its PID were replaced.
  void pass(const ts::Packet& packet);
  /// Says that what comes does not go on with what has passed: where packets
  /// are altered, the rest of its PES packet is left out.
  void await_pes() noexcept {
    if (counter_ != nullptr) counter_->await_unit();
  }
  /// Writes the PCR of a packet alone, if it has one.
  void pcr(const ts::Packet& packet);
  /// The counter of packets that are not those that came. From then on none
  /// passes as it came.
  [[nodiscard]] ts::ContinuityCounter& own_counter();

 private:
  std::uint16_t pid_;
  AudioContext* context_;
  ts::ContinuityCounter* counter_;    ///< Set once packets are altered.
  std::optional<std::uint8_t> last_;  ///< continuity_counter.
};

}  // namespace xg2g::remux
