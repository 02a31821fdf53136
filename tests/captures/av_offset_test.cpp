// SPDX-License-Identifier: MIT
//
// How far sound is ahead of the picture, against what others read from the
// same packets.

#include <gtest/gtest.h>

#include "capture_run.h"
#include "support/stream_reader.h"

namespace xg2g::test {
namespace {

constexpr char kCapture[] = "bbcnews_206.ts";
constexpr std::uint16_t kPicture = 0x1F5;
constexpr std::uint16_t kSound = 0x1F6;

// The last PES headers of the capture, as ffprobe 5.1 gives them with
// `-show_entries packet=pts,dts` for the picture, whose PES packets hold one
// frame each; the sound's hold nine, and the ninth that ffprobe counts up to,
// 1222827169, begins 8 x 2160 ticks before that: at 1222809889.
constexpr std::int64_t kPictureDts = 1'222'881'886;
constexpr std::int64_t kMp2Pts = 1'222'809'889;
// The last AAC frame, as ffprobe gives it for what xg2g-remux writes.
constexpr std::int64_t kAacPts = 1'222'825'729;

TEST(AvOffsetOfACapture, IsThatOfTheAacToThePicture) {
  CaptureRun run = run_capture(kCapture);
  if (run.in.empty()) GTEST_SKIP() << "needs the captures";
  EXPECT_EQ(run.streams[kSound].av_offset, kAacPts - kPictureDts);
  EXPECT_EQ(run.streams[kPicture].av_offset, XG2G_NO_AV_OFFSET);
  const StreamReader out(run.out);
  EXPECT_EQ(out.pes(kSound).back().pts, kAacPts);
  EXPECT_EQ(out.pes(kPicture).back().dts, kPictureDts);
}

TEST(AvOffsetOfACapture, IsThatOfSoundThatPasses) {
  xg2g_remux_options options = default_options();
  options.languages = "xxx";
  CaptureRun run = run_capture(kCapture, 65'536, options);
  if (run.in.empty()) GTEST_SKIP() << "needs the captures";
  EXPECT_EQ(run.streams[kSound].state, XG2G_STREAM_NOT_SELECTED);
  EXPECT_EQ(run.streams[kSound].av_offset, kMp2Pts - kPictureDts);
}

}  // namespace
}  // namespace xg2g::test
