// SPDX-License-Identifier: MIT
#include "audio/sound_path.h"

#include <gtest/gtest.h>

#include "track_run.h"

namespace xg2g::audio {
namespace {

std::unique_ptr<SoundPath> open(SoundPast past = {}) {
  auto opened = SoundPath::open({}, std::move(past));
  EXPECT_TRUE(opened.ok());
  return std::move(opened.value());
}

/// Pushes half a second of MP2; how many frames leave.
std::uint64_t run(SoundPath& path) {
  std::uint64_t pts = 900'000;
  for (const CodedUnit& unit : mp2(speech(2, 0.5))) {
    path.push(unit.view(pts));
    pts += 2'160;
  }
  path.flush();
  std::uint64_t frames = 0;
  while (path.next()) ++frames;
  return frames;
}

TEST(SoundPath, GivesAacForSound) {
  const auto path = open();
  EXPECT_EQ(run(*path), 24U);
  EXPECT_FALSE(path->converts());
  EXPECT_EQ(path->counters().frames_out, 24U);
}

TEST(SoundPath, HandsOnWhatLasts) {
  SoundPast past;
  {
    const auto path = open();
    (void)run(*path);
    past = path->past();
  }
  EXPECT_EQ(past.mode, SoundPast::Mode::kEncodes);
  EXPECT_FALSE(past.latm);
  const auto next = open(std::move(past));
  EXPECT_EQ(next->counters().frames_out, 24U);
  EXPECT_EQ(run(*next), 24U);
  EXPECT_EQ(next->counters().frames_out, 48U);
  EXPECT_EQ(next->counters().frames_in, 40U);
}

}  // namespace
}  // namespace xg2g::audio
