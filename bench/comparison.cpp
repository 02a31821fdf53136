// SPDX-License-Identifier: MIT
#include "comparison.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "codec_alone.h"
#include "filter.h"
#include "machine.h"
#include "streams.h"

namespace xg2g::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 7;

/// Seconds of processor time of one go at the same work.
using Go = std::function<double()>;

struct Pair {
  double ours = 0;
  double other = 0;
  /// Of the same round, the middle one of all rounds.
  double ratio = 0;
};

/// In turns, so that what else goes on in the machine meets both.
Pair measure(const Go& ours, const Go& other) {
  std::vector<Pair> rounds;
  for (int n = 0; n < kRounds; ++n) {
    const double a = ours();
    const double b = other();
    rounds.push_back({a, b, b > 0 ? a / b : 0});
  }
  std::sort(rounds.begin(), rounds.end(),
            [](const Pair& a, const Pair& b) { return a.ratio < b.ratio; });
  return rounds[kRounds / 2];
}

Go timed(std::function<void()> work) {
  return [work = std::move(work)] {
    const double begin = processor_time();
    work();
    return processor_time() - begin;
  };
}

bool print_row(const char* name, const Pair& pair, double amount,
               const char* unit, double most) {
  const bool holds = pair.ratio > 0 && pair.ratio <= most;
  std::printf("%-44s %9.2f %9.2f %-10s %6.3f  <= %.2f  %s\n", name,
              amount / pair.ours, amount / pair.other, unit, pair.ratio, most,
              holds ? "holds" : "FAILS");
  return holds;
}

bool compare_passthrough() {
  const Stream& stream = untouched_stream();
  constexpr int kTimes = 5;
  Filter filter;
  test::Bytes out(2 * kRead);
  const auto pass = timed([&] {
    for (int n = 0; n < kTimes; ++n) (void)filter.run(stream.bytes);
  });
  const auto copy = timed([&] {
    for (int n = 0; n < kTimes; ++n) {
      for (std::size_t at = 0; at < stream.bytes.size(); at += kRead) {
        const std::size_t left = stream.bytes.size() - at;
        std::memcpy(out.data(), stream.bytes.data() + at,
                    std::min(kRead, left));
        asm volatile("" : : "r"(out.data()) : "memory");
      }
    }
  });
  // Half of memcpy's speed is twice its time.
  return print_row("passthrough | memcpy, 64 KiB reads", measure(pass, copy),
                   kTimes * static_cast<double>(stream.bytes.size()) / 1e9,
                   "GB/s", 2.0);
}

bool compare_codecs() {
  const Stream& stream = mp2_stream();
  const CodecsAlone codecs(stream);
  Filter filter;
  const auto pipeline = timed([&] {
    filter.reset();
    (void)filter.run(stream.bytes);
  });
  const auto alone = timed([&] { (void)codecs.run(); });
  return print_row("MP2 to AAC, pipeline | decode + encode alone",
                   measure(pipeline, alone), stream.seconds, "x realtime",
                   1.15);
}

/// A file that is gone when this is.
class Scratch {
 public:
  Scratch(const std::string& name, test::View bytes)
      : path_(fs::temp_directory_path() /
              ("xg2g-bench-" + std::to_string(getpid()) + name)) {
    std::ofstream(path_, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove(path_); }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

bool compare_programs() {
  const std::string ours = find_beside("xg2g-remux");
  const std::string ffmpeg = find_on_path("ffmpeg");
  if (ours.empty() || ffmpeg.empty()) {
    std::puts("xg2g-remux | ffmpeg: skipped, one of them is not there");
    return true;
  }
  const Stream& stream = mp2_stream();
  const Scratch in("-in.ts", stream.bytes);
  const Scratch out("-out.ts", {});
  const std::vector<std::string> a = {ours, "--quiet", in.path(), out.path()};
  const std::vector<std::string> b = {
      ffmpeg, "-v",   "error", "-y",   "-i",   in.path(), "-c:v",
      "copy", "-c:a", "aac",   "-b:a", "192k", out.path()};
  return print_row("whole process, xg2g-remux | ffmpeg -c:a aac",
                   measure([&] { return processor_time_of(a); },
                           [&] { return processor_time_of(b); }),
                   stream.seconds, "x realtime", 0.45);
}

}  // namespace

bool print_comparisons() {
  std::printf("\n%s\n", describe_machine().c_str());
  std::printf(
      "Input: %s and %s, %.0f s each. Processor time; the middle of "
      "%d rounds in turns.\n\n",
      mp2_stream().name.c_str(), untouched_stream().name.c_str(),
      mp2_stream().seconds, kRounds);
  std::printf("%-44s %9s %9s %-10s %6s\n", "ours | the other", "ours", "other",
              "", "time");
  bool all = compare_passthrough();
  all = compare_codecs() && all;
  all = compare_programs() && all;
  return all;
}

}  // namespace xg2g::bench
