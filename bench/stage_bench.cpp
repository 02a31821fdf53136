// SPDX-License-Identifier: MIT
//
// Single stages: sync, PSI, and the way of packets that pass.

#include <benchmark/benchmark.h>

#include <cstring>

#include "filter.h"
#include "report.h"
#include "streams.h"
#include "support/packet_forms.h"
#include "support/stream_builder.h"
#include "ts/packet.h"
#include "ts/packet_sync.h"

namespace xg2g::bench {
namespace {

using test::Bytes;
using test::View;

void find_packets(benchmark::State& state, View stream, double seconds) {
  for (auto _ : state) {
    ts::PacketSync sync;
    std::size_t found = 0;
    for (std::size_t at = 0; at < stream.size(); at += kRead) {
      sync.feed(stream.subspan(at, std::min(kRead, stream.size() - at)));
      for (auto run = sync.next_run(); !run.empty(); run = sync.next_run()) {
        found += run.size();
      }
    }
    benchmark::DoNotOptimize(found);
  }
  report(state, stream.size(), seconds);
}

void Sync188(benchmark::State& state) {
  const Stream& stream = mp2_stream();
  find_packets(state, stream.bytes, stream.seconds);
}

void Sync192(benchmark::State& state) {
  const Stream& stream = mp2_stream();
  find_packets(state, test::to_timestamped(stream.bytes), stream.seconds);
}

void Sync204(benchmark::State& state) {
  const Stream& stream = mp2_stream();
  find_packets(state, test::to_parity(stream.bytes), stream.seconds);
}

/// PAT and PMT 20 times a second, ten programs, and nothing else.
void Psi(benchmark::State& state) {
  constexpr double kSeconds = 60;
  std::vector<test::PatEntry> programs;
  for (std::uint16_t n = 1; n <= 10; ++n) {
    programs.push_back({n, static_cast<std::uint16_t>(0x100 + n)});
  }
  test::StreamBuilder builder;
  for (int n = 0; n < kSeconds * 20; ++n) {
    builder.pat(programs);
    for (const auto& [number, pid] : programs) {
      const auto video = static_cast<std::uint16_t>(0x200 + 2 * number);
      const auto audio = static_cast<std::uint16_t>(video + 1);
      builder.pmt(number, pid, {video, {{0x1B, video}, {0x03, audio, "deu"}}});
    }
  }
  Filter filter;
  for (auto _ : state) benchmark::DoNotOptimize(filter.run(builder.bytes()));
  report(state, builder.bytes().size(), kSeconds);
}

void Passthrough(benchmark::State& state) {
  const Stream& stream = untouched_stream();
  Filter filter;
  for (auto _ : state) benchmark::DoNotOptimize(filter.run(stream.bytes));
  report(state, stream.bytes.size(), stream.seconds);
}

/// What Passthrough is held against: the same bytes, the same pieces.
void Memcpy(benchmark::State& state) {
  const Stream& stream = untouched_stream();
  Bytes out(2 * kRead);
  for (auto _ : state) {
    for (std::size_t at = 0; at < stream.bytes.size(); at += kRead) {
      std::memcpy(out.data(), stream.bytes.data() + at,
                  std::min(kRead, stream.bytes.size() - at));
      benchmark::DoNotOptimize(out.data());
      benchmark::ClobberMemory();
    }
  }
  report(state, stream.bytes.size(), stream.seconds);
}

BENCHMARK(Sync188)->Unit(benchmark::kMillisecond);
BENCHMARK(Sync192)->Unit(benchmark::kMillisecond);
BENCHMARK(Sync204)->Unit(benchmark::kMillisecond);
BENCHMARK(Psi)->Unit(benchmark::kMillisecond);
BENCHMARK(Passthrough)->Unit(benchmark::kMillisecond);
BENCHMARK(Memcpy)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace xg2g::bench
