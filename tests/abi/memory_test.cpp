// SPDX-License-Identifier: MIT
//
// What a handle takes from the system.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <ostream>
#include <string>

#include "counting_malloc.h"
#include "handle.h"
#include "many_tracks.h"
#include "streams.h"
#include "support/captures.h"
#include "support/loop_stream.h"

namespace xg2g::test {
namespace {

constexpr double kSeconds = 24;
constexpr std::size_t kMostMemory = 3'000'000;  // bytes, a handle and a track
constexpr std::size_t kMostOfMany = 4'000'000;  // with 65 that are silent

/// A recorded stream, or what is generated where there are no captures.
struct Source {
  const char* name;
  const char* capture;
  std::uint16_t pid;
  const char* languages;  ///< So that one track alone is transcoded.
  Television generated;
};

std::ostream& operator<<(std::ostream& out, const Source& it) {
  return out << it.name;
}

const Source kSources[] = {
    {"mp2", "bbcnews_206.ts", 0x1F6, "", {{"mp2", 48'000, 192'000}, 0x03, 2}},
    {"mp2_44100",
     "bbb_2500ms.ts",
     0x101,
     "",
     {{"mp2", 44'100, 192'000}, 0x03, 2}},
    {"mp2_unaligned",
     "abcnews_au_202.ts",
     0x90B,
     "eng",
     {{"mp2", 48'000, 256'000}, 0x03, 1}},
    {"ac3_51",
     "dolby_chid_ac3_51.ts",
     0x101,
     "",
     {{"ac3", 48'000, 448'000}, 0x81, 6}},
    {"eac3_51",
     "dolby_chid_eac3_51.ts",
     0x101,
     "",
     {{"eac3", 48'000, 256'000}, 0x87, 6}},
    {"latm_he_aac", "abcnews_au_202.ts", 0x96F, "aus", {{""}}},
};

Bytes make(const Source& source) {
  if (const auto recorded = read_capture(source.capture)) {
    return loop_stream(*recorded, source.pid, kSeconds);
  }
  if (source.generated.coding.encoder.empty()) return {};
  Television television = source.generated;
  television.seconds = kSeconds;
  return make_television(television);
}

/// A program that reads 64 KiB at a time into buffers of its own.
class Program {
 public:
  explicit Program(View stream) : rest_(stream), out_(1 << 18) {}

  bool step(xg2g_remuxer_handle handle) {
    const View piece = rest_.first(std::min<std::size_t>(65'536, rest_.size()));
    rest_ = rest_.subspan(piece.size());
    return xg2g_audio_remux_process(handle, piece.data(), piece.size(),
                                    out_.data(), out_.size()) >= 0 &&
           !rest_.empty();
  }

 private:
  View rest_;
  Bytes out_;
};

class Memory : public testing::TestWithParam<Source> {
 protected:
  void SetUp() override {
    stream_ = make(GetParam());
    if (stream_.empty()) GTEST_SKIP() << "needs the captures";
    options_ = default_options();
    options_.languages = GetParam().languages;
  }

  Bytes stream_;
  xg2g_remux_options options_{};
};

TEST_P(Memory, IsNotAskedForAfterTheFirstSecond) {
  const Handle handle = open_handle(options_);
  Program program(stream_);
  while (stats_of(handle).stream_time < 27'000'000) {
    ASSERT_TRUE(program.step(handle.get()));
  }
  const std::int64_t begin = stats_of(handle).stream_time;
  start_counting();
  while (program.step(handle.get())) {
  }
  const Allocations counted = stop_counting();
  EXPECT_EQ(counted.calls, 0U);
  EXPECT_EQ(counted.frees, 0U);
  EXPECT_GT(stats_of(handle).stream_time - begin, 20 * 27'000'000LL);
  EXPECT_GT(stats_of(handle).frames_out, 900U);
}

TEST_P(Memory, OfAHandleStaysUnderThreeMegabytes) {
  Program program(stream_);
  start_counting();
  Handle handle = open_handle(options_);
  while (program.step(handle.get())) {
  }
  const Allocations running = stop_counting();
  RecordProperty("peak_bytes", std::to_string(running.peak));
  EXPECT_LT(running.peak, kMostMemory);
  EXPECT_GT(stats_of(handle).frames_out, 900U);
}

TEST_P(Memory, IsGivenBack) {
  Program program(stream_);
  start_counting();
  Handle handle = open_handle(options_);
  while (program.step(handle.get())) {
  }
  handle.reset();
  const Allocations all = stop_counting();
  // FFmpeg's tables and the thread's last error stay.
  EXPECT_LT(all.live, 1'000U);
}

INSTANTIATE_TEST_SUITE_P(Codecs, Memory, testing::ValuesIn(kSources),
                         [](const auto& source) {
                           return std::string(source.param.name);
                         });

/// What a handle holds, with a track for each sound.
class ManyTracksMemory : public testing::Test {
 protected:
  ManyTracksMemory() {
    start_counting();
    handle_ = open_handle();
    stop_counting();
  }

  /// What it holds after a piece of stream.
  std::size_t after(View stream) {
    Program program(stream);
    resume_counting();
    while (program.step(handle_.get())) {
    }
    const std::size_t live = stop_counting().live;
    RecordProperty("bytes", std::to_string(live));
    return live;
  }

  ManyTracks tracks_;
  Handle handle_;
};

TEST_F(ManyTracksMemory, IsThatOfTheOneThatSounds) {
  EXPECT_LT(after(tracks_.next(2, 0, 1)), kMostOfMany);
}

TEST_F(ManyTracksMemory, IsGivenBackWhereSoundIsAway) {
  EXPECT_GT(after(tracks_.next(2, 0, 64)), 10 * kMostOfMany);
  EXPECT_LT(after(tracks_.next(40, 0, 1)), kMostOfMany);
}

TEST_F(ManyTracksMemory, IsThatOfSixtyFourAtMost) {
  const std::size_t most = after(tracks_.next(2, 0, 64));
  EXPECT_LT(after(tracks_.next(1, 0, ManyTracks::kCount)), most + kMostOfMany);
  (void)after(tracks_.next(40, 0, 1));
  EXPECT_LT(after(tracks_.next(2, 0, 64)), most + kMostOfMany);
}

TEST(Counting, SeesNewAndMalloc) {
  start_counting();
  const auto block = std::make_unique<int>(1);
  void* volatile kept = std::malloc(10);  // Not for the compiler to leave out.
  std::free(kept);
  const Allocations counted = stop_counting();
  EXPECT_EQ(counted.calls, 2U);
  EXPECT_EQ(counted.frees, 1U);
  EXPECT_GE(counted.live, sizeof *block);
}

}  // namespace
}  // namespace xg2g::test
