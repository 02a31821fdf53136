// SPDX-License-Identifier: MIT
#include "audio/planar_buffer.h"

#include <gtest/gtest.h>

namespace xg2g::audio {
namespace {

TEST(PlanarBuffer, StartsSilentAndKeepsChannelsApart) {
  PlanarBuffer buffer(2, 10);
  EXPECT_EQ(buffer.channel(1)[9], 0);
  buffer.channel(0)[9] = 1;
  EXPECT_EQ(buffer.channel(1)[0], 0);
}

TEST(PlanarBuffer, ShowsAPartOfItself) {
  PlanarBuffer buffer(2, 10);
  buffer.channel(1)[3] = 5;
  const Planar view = buffer.view(3, 4);
  EXPECT_EQ(view.count, 4U);
  EXPECT_EQ(view.channels[1][0], 5);
  EXPECT_EQ(view.channels[2], nullptr);
}

}  // namespace
}  // namespace xg2g::audio
