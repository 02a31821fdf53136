// SPDX-License-Identifier: MIT
#include "remux/track_writer.h"

#include <gtest/gtest.h>

#include <memory>

#include "audio_run.h"

namespace xg2g::remux {
namespace {

using test::Bytes;
using Time = std::optional<std::uint64_t>;

constexpr std::uint64_t kStart = 900'000;
constexpr std::uint64_t kFrame = 2'160;  // 1152 samples at 48 kHz

/// A track, its writer, and MP2 to push through them.
class TrackWriterTest : public testing::Test {
 protected:
  TrackWriterTest() {
    around_.times.follow({kAudioPid});
    auto opened = audio::Track::open(around_.format);
    EXPECT_TRUE(opened.ok());
    track_ = std::move(opened.value());
  }

  /// `what` is told of the first one.
  void push(std::uint64_t first_pts, std::size_t count,
            const es::AccessUnit& what = {}) {
    for (std::size_t n = 0; n < count; ++n) {
      es::AccessUnit unit = units_.at(n).view(first_pts + n * kFrame);
      unit.lost = n == 0 && what.lost;
      unit.discontinuity = n == 0 && what.discontinuity;
      writer_.follow(unit);
      track_->push(unit);
      writer_.write(*track_, counter_);
    }
  }
  [[nodiscard]] Time time() const { return around_.times.find(kAudioPid).pts; }

  AudioSurroundings around_;
  ts::ContinuityCounter counter_{0x0F};
  std::unique_ptr<audio::Track> track_;
  TrackWriter writer_{kAudioPid, around_.context};
  std::vector<test::CodedUnit> units_ =
      test::encode({}, test::Sound(2, test::speech(3, 48'000, 48'000, 0.4)));
};

TEST_F(TrackWriterTest, WritesOnePesPacketForEachFrame) {
  push(kStart, 20);
  const Bytes out = around_.take();
  const auto written = test::StreamReader(out).pes(kAudioPid);
  ASSERT_GT(written.size(), 15U);
  for (const auto& pes : written) EXPECT_TRUE(test::read_adts(pes.payload));
}

TEST_F(TrackWriterTest, TellsThePtsOfTheNewestFrame) {
  EXPECT_FALSE(time());
  push(kStart, 20);
  const Bytes out = around_.take();
  EXPECT_EQ(time(), test::StreamReader(out).pes(kAudioPid).back().pts);
}

TEST_F(TrackWriterTest, TellsTheTimeIn33Bits) {
  constexpr std::uint64_t kWrap = std::uint64_t{1} << 33;
  push(kWrap - 10 * kFrame, 20);
  EXPECT_LT(time().value(), 10 * kFrame);
}

TEST_F(TrackWriterTest, TellsNoTimeOfAnOldTimeline) {
  constexpr std::uint64_t kAgain = 50 * kStart;
  push(kStart, 20);
  writer_.discontinue();
  EXPECT_FALSE(time());
  for (std::size_t n = 1; n <= 8; ++n) {
    push(kAgain + (n - 1) * kFrame, 1, {.discontinuity = n == 1});
    EXPECT_GE(time().value_or(kAgain), kAgain) << n;
  }
  EXPECT_TRUE(time());
}

TEST_F(TrackWriterTest, TellsNoTimeBeforeThePtsOfANewTimeline) {
  push(kStart, 10);
  writer_.discontinue();
  push(kStart + 10 * kFrame, 1);  // Of a PES packet that had begun before.
  EXPECT_FALSE(time());
  for (std::size_t n = 10; n < 20; ++n) {
    const auto unit = units_.at(n).view();
    writer_.follow(unit);
    track_->push(unit);
    writer_.write(*track_, counter_);
  }
  EXPECT_FALSE(time());
  push(kStart + 21 * kFrame, 8, {.discontinuity = true});
  EXPECT_TRUE(time());
}

TEST_F(TrackWriterTest, HandsOnWhatHappenedInTheTrack) {
  push(kStart, 20);
  push(kStart + 30 * kFrame, 1, {.lost = true});
  std::size_t gaps = 0;
  while (const auto event = around_.events.take()) {
    gaps += event->type == EventType::kGap && event->pid == kAudioPid ? 1U : 0U;
  }
  EXPECT_EQ(gaps, 1U);
}

}  // namespace
}  // namespace xg2g::remux
