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
  /// The usual case, quickly: true, and the packet is taken, if it has payload
  /// and is the next. Otherwise call step().
  [[nodiscard]] bool follows(std::uint8_t counter, bool has_payload) noexcept {
    if (!has_payload || counter != ((last_ + 1) & 0x0F) || last_ == kNone) {
      return false;
    }
    last_ = counter;
    repeated_ = false;
    return true;
  }

  /// `discontinuity` is the packet's discontinuity_indicator.
  [[nodiscard]] ContinuityStep step(std::uint8_t counter, bool has_payload,
                                    bool discontinuity) noexcept {
    const std::uint8_t last = last_;
    const bool known = last != kNone && !discontinuity;
    if (has_payload || !known) last_ = counter;
    if (!known || (has_payload && counter == ((last + 1) & 0x0F))) {
      repeated_ = false;
      return ContinuityStep::kNext;
    }
    return unexpected(counter, last, has_payload);
  }

  /// The counter that the next packet with payload goes on from, kNone before
  /// the first packet.
  [[nodiscard]] std::uint8_t last() const noexcept { return last_; }
  static constexpr std::uint8_t kNone = 0xFF;

 private:
  [[nodiscard]] ContinuityStep unexpected(std::uint8_t counter,
                                          std::uint8_t last,
                                          bool has_payload) noexcept;

  std::uint8_t last_ = kNone;
  bool repeated_ = false;
};

/// Packets with payload that are missing between the counters of two packets,
/// 0 to 15: the least that explains them. `has_payload` is that of the second,
/// which repeats the counter where it has none.
[[nodiscard]] constexpr unsigned missing_packets(std::uint8_t last,
                                                 std::uint8_t now,
                                                 bool has_payload) noexcept {
  return static_cast<unsigned>(now - last - (has_payload ? 1 : 0)) & 0x0FU;
}

}  // namespace xg2g::ts
