// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace xg2g::ts {

/// What a packet's continuity_counter says about the packets before it on its
/// PID (ISO/IEC 13818-1, 2.4.3.3).
enum class ContinuityStep : std::uint8_t { kNext, kDuplicate, kLoss };

/// Follows the continuity_counter of one PID.
class Continuity {
 public:
  /// `discontinuity` is the packet's discontinuity_indicator.
  [[nodiscard]] ContinuityStep step(std::uint8_t counter, bool has_payload,
                                    bool discontinuity) noexcept {
    const std::uint8_t last = last_;
    if (has_payload || last == kNone) last_ = counter;
    const bool known = last != kNone && !discontinuity;
    if (!known || (has_payload && counter == ((last + 1) & 0x0F))) {
      repeated_ = false;
      return ContinuityStep::kNext;
    }
    return unexpected(counter, last, has_payload);
  }

  /// The counter of the last packet with payload, kNone before the first.
  [[nodiscard]] std::uint8_t last() const noexcept { return last_; }
  static constexpr std::uint8_t kNone = 0xFF;

 private:
  [[nodiscard]] ContinuityStep unexpected(std::uint8_t counter,
                                          std::uint8_t last,
                                          bool has_payload) noexcept;

  std::uint8_t last_ = kNone;
  bool repeated_ = false;
};

/// Packets that are missing between two counters, 1 to 15; 16 where they are
/// equal, which is the least that explains it.
[[nodiscard]] constexpr unsigned missing_packets(std::uint8_t last,
                                                 std::uint8_t now) noexcept {
  const unsigned missing = static_cast<unsigned>(now - last - 1) & 0x0FU;
  return now == last ? 16 : missing;
}

}  // namespace xg2g::ts
