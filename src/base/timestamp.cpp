// SPDX-License-Identifier: MIT
#include "base/timestamp.h"

namespace xg2g::base {
namespace {

/// Reads the low 33 bits of `value` as two's complement.
constexpr std::int64_t sign_extend(std::uint64_t value) noexcept {
  constexpr int kSpare = 64 - TimestampUnroller::kBits;
  return static_cast<std::int64_t>(value << kSpare) >> kSpare;
}

}  // namespace

Ticks TimestampUnroller::unroll(std::uint64_t raw) noexcept {
  if (!last_) {
    constexpr std::uint64_t kMask = (std::uint64_t{1} << kBits) - 1;
    last_ = Ticks(static_cast<std::int64_t>(raw & kMask));
  } else {
    *last_ +=
        Ticks(sign_extend(raw - static_cast<std::uint64_t>(last_->count())));
  }
  return *last_;
}

}  // namespace xg2g::base
