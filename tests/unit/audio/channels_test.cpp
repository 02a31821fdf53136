// SPDX-License-Identifier: MIT
#include "audio/channels.h"

#include <gtest/gtest.h>

#include <vector>

namespace xg2g::audio {
namespace {

TEST(OutputLayout, HasAsManyRolesAsChannels) {
  for (const int channels : {1, 2, 3, 4, 5, 6, 8}) {
    EXPECT_EQ(output_layout(channels).count,
              static_cast<std::size_t>(channels));
  }
}

TEST(OutputLayout, HasTheChannelsOfTheAacConfigurations) {
  EXPECT_TRUE(output_layout(1).has(Role::kCentre));
  EXPECT_FALSE(output_layout(2).has(Role::kCentre));
  EXPECT_TRUE(output_layout(4).has(Role::kBackCentre));
  EXPECT_FALSE(output_layout(5).has(Role::kLfe));
  EXPECT_TRUE(output_layout(6).has(Role::kLfe));
  EXPECT_TRUE(output_layout(8).has(Role::kSideLeft));
}

TEST(Layout, StandsInWhereNoRoleIsKnown) {
  EXPECT_EQ(or_usual({{}, 6}), output_layout(6));
  EXPECT_EQ(or_usual({{}, 12}).count, 12U);
  EXPECT_TRUE(or_usual({{}, 12}).has(Role::kLeft));
  EXPECT_EQ(or_usual({{}, 0}).count, 0U);
  const Layout known = {{Role::kNone, Role::kLfe}, 2};
  EXPECT_EQ(or_usual(known), known);
}

TEST(Planar, SlicesAllChannelsAlike) {
  const std::vector<float> samples = {0, 1, 2, 3};
  Planar planar;
  planar.channels[0] = samples.data();
  planar.count = 4;
  const Planar slice = planar.slice(1, 2);
  EXPECT_EQ(slice.count, 2U);
  EXPECT_EQ(slice.channels[0][0], 1);
  EXPECT_EQ(slice.channels[1], nullptr);
}

}  // namespace
}  // namespace xg2g::audio
