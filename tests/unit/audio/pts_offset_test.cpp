// SPDX-License-Identifier: MIT
#include "audio/pts_offset.h"

#include <gtest/gtest.h>

namespace xg2g::audio {
namespace {

TEST(PtsOffset, IsNothingAtFirst) {
  const PtsOffset offset;
  EXPECT_EQ(offset.median(), 0);
  EXPECT_EQ(offset.low(), 0);
  EXPECT_EQ(offset.high(), 0);
  EXPECT_FALSE(offset.full());
}

TEST(PtsOffset, TellsMedianAndQuartiles) {
  PtsOffset offset;
  for (const int value : {5, -3, 9, 1, 7}) offset.add(value);
  EXPECT_EQ(offset.median(), 5);
  EXPECT_EQ(offset.low(), 1);
  EXPECT_EQ(offset.high(), 7);
  EXPECT_EQ(offset.count(), 5U);
}

TEST(PtsOffset, SpreadsNothingBeforeFourAreKnown) {
  PtsOffset offset;
  for (const int value : {0, 100, 50}) offset.add(value);
  EXPECT_EQ(offset.low(), offset.median());
  EXPECT_EQ(offset.high(), offset.median());
}

TEST(PtsOffset, IsNotMovedByOneThatLies) {
  PtsOffset offset;
  for (int i = 0; i < 40; ++i) offset.add(i % 8 == 3 ? 1'000'000 : 2);
  EXPECT_EQ(offset.median(), 2);
  EXPECT_EQ(offset.low(), 2);
  EXPECT_EQ(offset.high(), 2);
}

TEST(PtsOffset, ForgetsTheOldestBehindItsMemory) {
  PtsOffset offset;
  for (std::size_t i = 0; i < PtsOffset::kMemory; ++i) offset.add(100);
  EXPECT_TRUE(offset.full());
  for (std::size_t i = 0; i < PtsOffset::kMemory; ++i) offset.add(-7);
  EXPECT_EQ(offset.low(), -7);
  EXPECT_EQ(offset.high(), -7);
  offset.clear();
  EXPECT_EQ(offset.count(), 0U);
  EXPECT_EQ(offset.median(), 0);
}

}  // namespace
}  // namespace xg2g::audio
