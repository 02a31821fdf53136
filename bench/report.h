// SPDX-License-Identifier: MIT
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>

namespace xg2g::bench {

/// Says what one iteration went through: x_realtime and bytes_per_second, by
/// the processor's time, since others may share the machine.
inline void report(benchmark::State& state, std::size_t bytes, double seconds) {
  const auto iterations = static_cast<double>(state.iterations());
  state.SetBytesProcessed(
      static_cast<std::int64_t>(iterations * static_cast<double>(bytes)));
  state.counters["x_realtime"] =
      benchmark::Counter(iterations * seconds, benchmark::Counter::kIsRate);
}

}  // namespace xg2g::bench
