// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace xg2g::test {

/// What this thread asked the system for, between start and stop.
struct Allocations {
  std::size_t calls = 0;  ///< malloc, calloc, realloc and the aligned ones.
  std::size_t frees = 0;
  std::size_t live = 0;  ///< Bytes not freed again.
  std::size_t peak = 0;  ///< The most that were live at once.
};

void start_counting();
/// Goes on from where it was stopped.
void resume_counting();
Allocations stop_counting();

}  // namespace xg2g::test
