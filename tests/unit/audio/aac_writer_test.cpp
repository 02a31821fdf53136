// SPDX-License-Identifier: MIT
#include "audio/aac_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "planar.h"
#include "support/signal.h"

namespace xg2g::audio {
namespace {

class AacWriterTest : public testing::Test {
 protected:
  void write(std::size_t samples) {
    const test::Sound sound = {test::noise(1, samples, 0.3)};
    for (std::size_t at = 0; at < samples; at += kMaxChunk) {
      writer_.write(planar(sound).slice(at, std::min(kMaxChunk, samples - at)));
    }
  }
  std::vector<std::int64_t> times() {
    std::vector<std::int64_t> times;
    while (const auto frame = queue_.pop()) times.push_back(frame->pts.count());
    return times;
  }

  Format format_{.channels = 1, .bit_rate = 64'000};
  FrameQueue queue_{10'000};
  AacWriter writer_{format_, std::move(Encoder::open(format_).value()), queue_};
};

TEST_F(AacWriterTest, CountsFromItsAnchor) {
  writer_.anchor(base::Ticks(100'000));
  write(4 * 1024);
  writer_.finish();
  EXPECT_EQ(times(), (std::vector<std::int64_t>{98'080, 100'000, 101'920,
                                                103'840, 105'760}));
}

TEST_F(AacWriterTest, TakesANewAnchorAtABlocksBorder) {
  writer_.anchor(base::Ticks(100'000));
  write(2 * 1024);
  writer_.anchor(base::Ticks(500'000));
  write(1024);
  writer_.anchor(base::Ticks(300'000));
  write(2 * 1024);
  writer_.finish();
  EXPECT_EQ(times(), (std::vector<std::int64_t>{98'080, 100'000, 101'920,
                                                500'000, 300'000, 301'920}));
}

TEST_F(AacWriterTest, LeavesOutWhatOverlapsOthersFrames) {
  writer_.follow_others();
  writer_.anchor(base::Ticks(100'000));
  write(2 * 1024);
  writer_.finish();
  EXPECT_EQ(times(), (std::vector<std::int64_t>{100'000, 101'920}));
  EXPECT_EQ(writer_.frames(), 2U);
  EXPECT_EQ(writer_.take_failures(), 0U);
}

TEST_F(AacWriterTest, KnowsHowMuchABlockLacks) {
  EXPECT_EQ(writer_.open_samples(), 0U);
  write(1000);
  EXPECT_EQ(writer_.open_samples(), 24U);
  write(24);
  EXPECT_EQ(writer_.open_samples(), 0U);
}

TEST_F(AacWriterTest, StartsAnewAfterFinish) {
  writer_.anchor(base::Ticks(100'000));
  write(1024);
  writer_.finish();
  EXPECT_EQ(times(), (std::vector<std::int64_t>{98'080, 100'000}));
  writer_.finish();
  EXPECT_TRUE(times().empty());
  writer_.anchor(base::Ticks(0));
  write(2048);
  writer_.finish();
  EXPECT_EQ(times(), (std::vector<std::int64_t>{-1'920, 0, 1'920}));
  EXPECT_EQ(writer_.frames(), 5U);
}

}  // namespace
}  // namespace xg2g::audio
