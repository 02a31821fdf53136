// SPDX-License-Identifier: MIT
#pragma once

namespace xg2g::bench {

/// Measures ours against others in turns, and prints a table of the ratios and
/// what they are held to. True where all of them hold.
bool print_comparisons();

}  // namespace xg2g::bench
