// SPDX-License-Identifier: MIT
#include "audio/pts_offset.h"

#include <algorithm>

namespace xg2g::audio {

void PtsOffset::add(std::int64_t offset) noexcept {
  last_[next_] = offset;
  next_ = (next_ + 1) % kMemory;
  count_ = std::min(count_ + 1, kMemory);
  rank();
}

void PtsOffset::rank() noexcept {
  auto ranked = last_;
  const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(count_);
  const auto at = [&](std::size_t quarters) {
    return ranked.begin() +
           static_cast<std::ptrdiff_t>((count_ - 1) * quarters / 4);
  };
  std::nth_element(ranked.begin(), at(2), end);
  median_ = low_ = high_ = *at(2);
  if (count_ < 4) return;
  std::nth_element(ranked.begin(), at(1), at(2));
  std::nth_element(at(2), at(3), end);
  low_ = *at(1);
  high_ = *at(3);
}

}  // namespace xg2g::audio
