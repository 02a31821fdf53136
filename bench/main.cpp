// SPDX-License-Identifier: MIT
//
// xg2g_bench [--compare | GOOGLE_BENCHMARK_ARGUMENT...]
//
// The benchmarks, then ours against others; with --compare that table alone,
// with other arguments the benchmarks alone. The exit status is 1 where the
// table shows a ratio that does not hold.

#include <benchmark/benchmark.h>

#include <cstring>

#include "comparison.h"

int main(int argc, char** argv) {
  const bool table_only = argc > 1 && std::strcmp(argv[1], "--compare") == 0;
  const bool table = table_only || argc == 1;
  if (!table_only) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
  }
  return !table || xg2g::bench::print_comparisons() ? 0 : 1;
}
