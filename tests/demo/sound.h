// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "support/signal.h"

namespace xg2g::demo {

/// Two channels at 48 kHz: a beep at each full second, and below it a tone
/// that rises on the left while it falls on the right.
[[nodiscard]] std::vector<test::Samples> make_stereo(unsigned seconds);

/// Six channels at 48 kHz: in each second one of them sounds, in the order
/// L R C LFE Ls Rs.
[[nodiscard]] std::vector<test::Samples> make_surround(unsigned seconds);

}  // namespace xg2g::demo
