// SPDX-License-Identifier: MIT
#pragma once

#include "support/bytes.h"

namespace xg2g::test {

/// The 192-byte form: each packet behind a 4-byte arrival time stamp that
/// counts 27 MHz at a constant rate, as on Blu-ray.
[[nodiscard]] Bytes to_timestamped(View packets);

/// The 204-byte form: each packet before the 16 bytes of RS(204,188) parity
/// (ETSI EN 300 421, 4.4.2).
[[nodiscard]] Bytes to_parity(View packets);

}  // namespace xg2g::test
