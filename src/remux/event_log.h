// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace xg2g::remux {

/// The values are those of enum xg2g_event_type.
enum class EventType : std::uint8_t {
  kSync = 1,
  kSyncLost = 2,
  kPrograms = 3,
  kPmt = 4,
  kCodec = 5,
  kState = 6,
  kDiscontinuity = 7,
  kGap = 8,
  kOverlap = 9,
  kDamage = 10,
  kPsiError = 11,
};

struct Event {
  EventType type = EventType::kSync;
  std::uint16_t pid = 0;
  std::int64_t value = 0;
  std::uint64_t packet = 0;  ///< Index of the packet it came with.
};

/// The last events nobody has asked for yet; the oldest give way.
class EventLog {
 public:
  static constexpr std::size_t kCapacity = 256;

  /// Says which packet the events to come belong to.
  void at_packet(std::uint64_t index) noexcept { packet_ = index; }
  void add(EventType type, std::uint16_t pid, std::int64_t value) noexcept {
    if (count_ == kCapacity) {
      (void)take();
      ++dropped_;
    }
    events_[(first_ + count_) % kCapacity] = {type, pid, value, packet_};
    ++count_;
  }
  [[nodiscard]] std::optional<Event> take() noexcept {
    if (count_ == 0) return std::nullopt;
    const Event event = events_[first_];
    first_ = (first_ + 1) % kCapacity;
    --count_;
    return event;
  }
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }

 private:
  std::array<Event, kCapacity> events_{};
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::uint64_t packet_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace xg2g::remux
