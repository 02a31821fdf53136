// SPDX-License-Identifier: MIT
#include "audio/ffmpeg_version.h"

#include <gtest/gtest.h>

#include <cctype>

namespace xg2g::audio {
namespace {

TEST(FfmpegVersion, BeginsWithANumber) {
  EXPECT_TRUE(std::isdigit(ffmpeg_version()[0]) != 0) << ffmpeg_version();
}

TEST(FfmpegVersion, StaysWhereItIs) {
  EXPECT_EQ(ffmpeg_version(), ffmpeg_version());
}

TEST(ReleaseOf, TakesTheLetterOffATag) {
  EXPECT_STREQ(release_of("n7.1.5"), "7.1.5");
  EXPECT_STREQ(release_of("7.1.5"), "7.1.5");
  EXPECT_STREQ(release_of("7.1.5-0+deb13u1"), "7.1.5-0+deb13u1");
  EXPECT_STREQ(release_of("N-118000-gabcdef"), "N-118000-gabcdef");
  EXPECT_STREQ(release_of("nightly"), "nightly");
  EXPECT_STREQ(release_of("n"), "n");
  EXPECT_STREQ(release_of(""), "");
}

}  // namespace
}  // namespace xg2g::audio
