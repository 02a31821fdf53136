// SPDX-License-Identifier: MIT
#include "audio/frame_queue.h"

#include <gtest/gtest.h>

#include <vector>

namespace xg2g::audio {
namespace {

std::vector<std::uint8_t> frame(std::size_t number) {
  return std::vector<std::uint8_t>(number % 50 + 1,
                                   static_cast<std::uint8_t>(number));
}

TEST(FrameQueue, GivesFramesInOrderWithTheirTimes) {
  FrameQueue queue(100);
  for (std::size_t i = 0; i < 10; ++i) {
    queue.push(frame(i), base::Ticks(static_cast<int>(i)));
  }
  for (std::size_t i = 0; i < 10; ++i) {
    const auto popped = queue.pop();
    ASSERT_TRUE(popped);
    EXPECT_EQ(popped->pts.count(), static_cast<int>(i));
    const std::vector bytes(popped->bytes.begin(), popped->bytes.end());
    EXPECT_EQ(bytes, frame(i));
  }
  EXPECT_FALSE(queue.pop());
}

TEST(FrameQueue, LetsTheOldestGoWhenFull) {
  FrameQueue queue(100);
  for (std::size_t i = 0; i < FrameQueue::kLimit + 3; ++i) {
    queue.push(frame(i), base::Ticks(static_cast<int>(i)));
  }
  EXPECT_EQ(queue.pop()->pts.count(), 3);
  std::size_t left = 0;
  while (queue.pop()) ++left;
  EXPECT_EQ(left, FrameQueue::kLimit - 1);
}

}  // namespace
}  // namespace xg2g::audio
