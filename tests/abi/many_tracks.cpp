// SPDX-License-Identifier: MIT
#include "many_tracks.h"

#include "support/signal.h"

namespace xg2g::test {
namespace {

constexpr std::uint16_t kPcrPid = 0x100;
constexpr std::size_t kFrame = 1'152;  // ISO/IEC 11172-3, 2.4.2.1
constexpr std::size_t kRate = 48'000;

}  // namespace

ManyTracks::ManyTracks()
    : units_(encode({"mp2", kRate, 64'000, {}},
                    {speech(1, kRate, std::size_t{3} * kRate, 0.4)})),
      map_{kPcrPid, {}} {
  for (std::size_t i = 0; i < kCount; ++i) map_.streams.push_back({3, pid(i)});
}

Bytes ManyTracks::next(double seconds, std::size_t first, std::size_t count) {
  auto frames = static_cast<std::size_t>(seconds * kRate / kFrame);
  for (; frames > 0; --frames, ++written_) {
    const std::uint64_t time = written_ * kFrame * 90'000 / kRate;
    builder_.pcr(kPcrPid, time * 300);
    if (written_ % 4 == 0) builder_.pat({{1, 0x20}}).pmt(1, 0x20, map_);
    for (std::size_t i = first; i < first + count; ++i) {
      builder_.pes(pid(i), 0xC0, 45'000 + time,
                   units_[written_ % units_.size()].bytes);
    }
  }
  return builder_.take();
}

}  // namespace xg2g::test
