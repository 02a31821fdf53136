// SPDX-License-Identifier: MIT
#include "remux/stream_clock.h"

namespace xg2g::remux {
namespace {

using base::ClockTicks;

/// A PCR counts 2^33 x 300 ticks (ISO/IEC 13818-1, 2.4.3.5).
constexpr std::int64_t kWrap = (std::int64_t{1} << 33) * 300;
/// PCRs come at least every 100 ms (2.7.2); more than this is a jump.
constexpr ClockTicks kLongestStep = std::chrono::seconds(1);
/// So many PCRs of others in a row mean that ours has ended.
constexpr unsigned kPatience = 256;

}  // namespace

void StreamClock::push(std::uint16_t pid, ClockTicks pcr) noexcept {
  if (pid != pid_) {
    const bool ours_lives = pid_ != ts::kNullPid && ++others_ < kPatience;
    if (ours_lives) return;
    pid_ = pid;
    last_ = pcr;
  }
  others_ = 0;
  const ClockTicks step((pcr - last_).count() + (pcr < last_ ? kWrap : 0));
  last_ = pcr;
  if (step <= kLongestStep) now_ += step;
}

}  // namespace xg2g::remux
