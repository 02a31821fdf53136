// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

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

/// Straightens a 33-bit timestamp, which wraps every 26.5 hours, into a point
/// on a timeline that does not: the one nearest to `near`, so that small steps
/// back come out right.
[[nodiscard]] constexpr Ticks unroll(std::uint64_t raw, Ticks near) noexcept {
  return near + distance(static_cast<std::uint64_t>(near.count()), raw);
}

/// Folds a point on the timeline back into the 33 bits a PES header carries.
[[nodiscard]] constexpr std::uint64_t wrap(Ticks time) noexcept {
  return static_cast<std::uint64_t>(time.count()) &
         ((std::uint64_t{1} << kTimestampBits) - 1);
}

}  // namespace xg2g::base
