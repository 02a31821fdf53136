// SPDX-License-Identifier: MIT
#include "ts/continuity.h"

namespace xg2g::ts {

ContinuityStep Continuity::unexpected(std::uint8_t counter, std::uint8_t last,
                                      bool has_payload) noexcept {
  // Without payload the counter stays.
  if (!has_payload && counter == last) return ContinuityStep::kNext;
  // A packet may be sent twice, and no more often.
  if (has_payload && counter == last && !repeated_) {
    repeated_ = true;
    return ContinuityStep::kDuplicate;
  }
  repeated_ = false;
  last_ = counter;
  return ContinuityStep::kLoss;
}

}  // namespace xg2g::ts
