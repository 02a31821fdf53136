// SPDX-License-Identifier: MIT
//
// The whole pipeline, once for each codec, each on an hour's worth of the
// same minute.

#include <benchmark/benchmark.h>

#include "codec_alone.h"
#include "filter.h"
#include "report.h"
#include "streams.h"

namespace xg2g::bench {
namespace {

void transcode(benchmark::State& state, const Stream& stream,
               const char* languages = nullptr) {
  if (stream.bytes.empty()) {
    state.SkipWithError("needs the captures");
    return;
  }
  state.SetLabel(stream.name);
  Filter filter(languages);
  for (auto _ : state) {
    filter.reset();
    benchmark::DoNotOptimize(filter.run(stream.bytes));
  }
  report(state, stream.bytes.size(), stream.seconds);
}

void Mp2(benchmark::State& state) { transcode(state, mp2_stream()); }
void Mp2At44100(benchmark::State& state) {
  transcode(state, mp2_44100_stream());
}
void Ac3(benchmark::State& state) { transcode(state, ac3_stream()); }
void Eac3(benchmark::State& state) { transcode(state, eac3_stream()); }
/// HE-AAC; the MP2 track beside it passes.
void Latm(benchmark::State& state) { transcode(state, latm_stream(), "aus"); }

/// What Mp2 is held against: libavcodec's decoder and encoder and no more.
void Mp2CodecsAlone(benchmark::State& state) {
  const CodecsAlone codecs(mp2_stream());
  for (auto _ : state) benchmark::DoNotOptimize(codecs.run());
  report(state, codecs.bytes(), mp2_stream().seconds);
}

BENCHMARK(Mp2)->Unit(benchmark::kMillisecond);
BENCHMARK(Mp2CodecsAlone)->Unit(benchmark::kMillisecond);
BENCHMARK(Mp2At44100)->Unit(benchmark::kMillisecond);
BENCHMARK(Ac3)->Unit(benchmark::kMillisecond);
BENCHMARK(Eac3)->Unit(benchmark::kMillisecond);
BENCHMARK(Latm)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace xg2g::bench
