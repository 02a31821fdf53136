// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace xg2g::base {

/// A duration, or a point on a stream's timeline, in MPEG's 90 kHz ticks.
using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 90'000>>;

/// The same in ticks of the 27 MHz system clock, which PCRs count.
using ClockTicks =
    std::chrono::duration<std::int64_t, std::ratio<1, 27'000'000>>;

inline constexpr int kTimestampBits = 33;  // ISO/IEC 13818-1, 2.4.3.7

/// How much later `to` is than `from`, 33-bit timestamps both: the shorter way
/// round, so at most half a wrap either way. Bits above the 33 do not count.
[[nodiscard]] constexpr Ticks distance(std::uint64_t from,
                                       std::uint64_t to) noexcept {
  constexpr int kSpare = 64 - kTimestampBits;
  return Ticks(static_cast<std::int64_t>((to - from) << kSpare) >> kSpare);
}

/// Straightens 33-bit timestamps, which wrap every 26.5 hours, into a timeline
/// that does not.
///
/// Each value is placed as near as possible to the one before it, so frames in
/// coding order and small steps back come out right. Gaps longer than half a
/// wrap (13.25 h) cannot be told from steps back; call reset() across them.
class TimestampUnroller {
 public:
  static constexpr int kBits = kTimestampBits;

  [[nodiscard]] Ticks unroll(std::uint64_t raw) noexcept;
  void reset() noexcept { last_.reset(); }

 private:
  std::optional<Ticks> last_;
};

/// Folds a point on the timeline back into the 33 bits a PES header carries.
[[nodiscard]] constexpr std::uint64_t wrap(Ticks time) noexcept {
  return static_cast<std::uint64_t>(time.count()) &
         ((std::uint64_t{1} << TimestampUnroller::kBits) - 1);
}

}  // namespace xg2g::base
