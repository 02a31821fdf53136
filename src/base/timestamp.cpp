// SPDX-License-Identifier: MIT
#include "base/timestamp.h"

namespace xg2g::base {

Ticks TimestampUnroller::unroll(std::uint64_t raw) noexcept {
  if (!last_) {
    constexpr std::uint64_t kMask = (std::uint64_t{1} << kBits) - 1;
    last_ = Ticks(static_cast<std::int64_t>(raw & kMask));
  } else {
    *last_ += distance(static_cast<std::uint64_t>(last_->count()), raw);
  }
  return *last_;
}

}  // namespace xg2g::base
