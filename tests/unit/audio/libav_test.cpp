// SPDX-License-Identifier: MIT
#include "audio/libav.h"

#include <gtest/gtest.h>

namespace xg2g::audio {
namespace {

TEST(Checked, ThrowsOnlyWhereMemoryIsOut) {
  EXPECT_EQ(checked(0), 0);
  EXPECT_EQ(checked(17), 17);
  EXPECT_EQ(checked(AVERROR_INVALIDDATA), AVERROR_INVALIDDATA);
  EXPECT_THROW((void)checked(AVERROR(ENOMEM)), std::bad_alloc);
}

}  // namespace
}  // namespace xg2g::audio
