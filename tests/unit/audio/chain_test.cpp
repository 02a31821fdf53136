// SPDX-License-Identifier: MIT
#include "audio/chain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "planar.h"
#include "support/signal.h"

namespace xg2g::audio {
namespace {

class ChainTest : public testing::Test {
 protected:
  void input(int rate) {
    Matrix unity{};
    unity[0][0] = 1;
    chain_.set_input(rate, 1, unity);
  }
  void pass(std::size_t count, const test::Samples& samples, std::size_t at) {
    const test::Sound sound = {samples};
    chain_.pass(planar(sound).slice(at, count), timeline_);
  }
  test::Samples finish(std::int64_t due) {
    chain_.cut(due);
    chain_.finish();
    std::vector<test::Bytes> frames;
    while (const auto frame = queue_.pop()) {
      frames.emplace_back(frame->bytes.begin(), frame->bytes.end());
    }
    auto sound = test::decode_adts(frames).at(0);
    sound.erase(sound.begin(), sound.begin() + 1024);
    return sound;
  }

  Format format_{.channels = 1, .bit_rate = 128'000};
  FrameQueue queue_{100'000};
  Chain chain_{format_, std::move(Encoder::open(format_).value()), queue_};
  Timeline timeline_{48'000};
  test::Samples speech_ = test::speech(9, 48'000, 96'000, 0.5);
};

TEST_F(ChainTest, PassesSoundInItsPlace) {
  input(48'000);
  chain_.anchor(base::Ticks(0));
  for (std::size_t at = 0; at < 96'000; at += 4'000) pass(4'000, speech_, at);
  const auto heard = finish(96'000);
  EXPECT_NEAR(test::measure_delay(speech_, heard, 1'000).samples, 0, 0.05);
}

TEST_F(ChainTest, AddsSamplesWhereTheTimelineAsksForThem) {
  input(48'000);
  chain_.anchor(base::Ticks(0));
  for (int i = 0; i < 24; ++i) {
    const base::Ticks late(i == 0 ? 0 : 900);
    (void)timeline_.place({i * base::Ticks(7'500) + late, 4'000, 48'000});
    pass(4'000, speech_, static_cast<std::size_t>(i) * 4'000);
  }
  const auto added = static_cast<double>(timeline_.due()) - 96'000;
  EXPECT_GT(added, 30);
  const auto heard = finish(timeline_.due());
  const test::Samples end(speech_.end() - 12'000, speech_.end());
  const test::Samples heard_end(heard.begin() + 84'000, heard.end());
  const auto delay = test::measure_delay(end, heard_end, 1'000);
  EXPECT_NEAR(delay.samples, added, 6);
}

TEST_F(ChainTest, FillsUpToTheSampleThatIsDue) {
  input(48'000);
  chain_.anchor(base::Ticks(0));
  chain_.fill(10'000);
  for (std::size_t at = 0; at < 48'000; at += 4'000) pass(4'000, speech_, at);
  const auto heard = finish(58'000);
  EXPECT_NEAR(test::measure_delay(speech_, heard, 12'000).samples, 10'000, 0.1);
}

TEST_F(ChainTest, DropsWhatLiesBeforeTheCut) {
  input(48'000);
  chain_.anchor(base::Ticks(0));
  pass(24'000, speech_, 0);
  chain_.cut(24'000);
  chain_.drop(14'000);
  for (std::size_t at = 14'000; at < 94'000; at += 4'000) {
    pass(4'000, speech_, at);
  }
  const auto heard = finish(94'000);
  const auto delay = test::measure_delay(speech_, heard, 1'000);
  EXPECT_NEAR(delay.samples, 0, 0.05);
  EXPECT_GT(delay.correlation, 0.99);
}

TEST_F(ChainTest, AHoleEatsUpWhatWasToBeDropped) {
  input(48'000);
  chain_.anchor(base::Ticks(0));
  pass(24'000, speech_, 0);
  chain_.cut(24'000);
  chain_.drop(20'000);
  chain_.cut(20'000);
  chain_.fill(30'000);
  for (std::size_t at = 30'000; at < 94'000; at += 4'000) {
    pass(4'000, speech_, at);
  }
  const auto heard = finish(94'000);
  EXPECT_NEAR(test::measure_delay(speech_, heard, 1'000).samples, 0, 0.05);
}

TEST_F(ChainTest, ReachesWhatIsDueAtAnyRate) {
  input(44'100);
  chain_.anchor(base::Ticks(0));
  const auto slow = test::sine(440, 44'100, 44'100, 0.5);
  pass(44'100, slow, 0);
  const auto heard = finish(48'000);
  const auto wanted = test::sine(440, 48'000, 48'000, 0.5);
  EXPECT_NEAR(test::measure_delay(wanted, heard, 40).samples, 0, 0.1);
}

}  // namespace
}  // namespace xg2g::audio
