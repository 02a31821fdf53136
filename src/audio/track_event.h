// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace xg2g::audio {

struct TrackEvent {
  enum class Type : std::uint8_t { kGap, kOverlap, kDiscontinuity, kDamage };
  Type type;
  std::int64_t value;  ///< 90 kHz ticks, or frames for kDamage.
};

/// Holds events until they are asked for. At most kLimit of them: what comes
/// then is lost. Damage on damage is one event.
class TrackEventQueue {
 public:
  static constexpr std::size_t kLimit = 64;

  void push(TrackEvent event) noexcept;
  /// Takes the oldest.
  [[nodiscard]] std::optional<TrackEvent> pop() noexcept;

 private:
  std::array<TrackEvent, kLimit> events_{};
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

}  // namespace xg2g::audio
