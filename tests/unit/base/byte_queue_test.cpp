// SPDX-License-Identifier: MIT
#include "base/byte_queue.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace xg2g::base {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes counting(std::size_t size, std::uint8_t first = 0) {
  Bytes bytes(size);
  std::iota(bytes.begin(), bytes.end(), first);
  return bytes;
}

Bytes content(const ByteQueue& queue) {
  return {queue.view().begin(), queue.view().end()};
}

TEST(ByteQueue, IsEmptyAtFirst) {
  const ByteQueue queue;
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.size(), 0U);
  EXPECT_TRUE(queue.view().empty());
}

TEST(ByteQueue, GivesBackWhatWentInInOrder) {
  ByteQueue queue;
  queue.append(Bytes{1, 2});
  queue.append(Bytes{3});
  EXPECT_EQ(content(queue), (Bytes{1, 2, 3}));
}

TEST(ByteQueue, ForgetsWhatWasConsumed) {
  ByteQueue queue;
  queue.append(Bytes{1, 2, 3});
  queue.consume(2);
  EXPECT_EQ(content(queue), (Bytes{3}));
  EXPECT_EQ(queue.size(), 1U);
}

TEST(ByteQueue, ClosesUpWhereBytesAreErased) {
  ByteQueue queue;
  queue.append(Bytes{1, 2, 3, 4, 5});
  queue.consume(1);
  queue.erase(1, 2);
  EXPECT_EQ(content(queue), (Bytes{2, 5}));
  queue.erase(0, 2);
  EXPECT_TRUE(queue.empty());
  queue.append(Bytes{6});
  EXPECT_EQ(content(queue), (Bytes{6}));
}

TEST(ByteQueue, TakesNothingAndGivesNothing) {
  ByteQueue queue;
  queue.append({});
  queue.consume(0);
  EXPECT_TRUE(queue.empty());
}

TEST(ByteQueue, IsEmptyAfterClear) {
  ByteQueue queue;
  queue.append(Bytes{1, 2, 3});
  queue.consume(1);
  queue.clear();
  EXPECT_TRUE(queue.empty());
  queue.append(Bytes{4});
  EXPECT_EQ(content(queue), (Bytes{4}));
}

TEST(ByteQueue, KeepsTheOrderWhateverTheSizes) {
  ByteQueue queue(64);
  const Bytes source = counting(10'000);
  Bytes out;
  std::size_t given = 0;
  for (std::size_t i = 0; given < source.size(); ++i) {
    const std::size_t in = std::min(i * 7 % 61, source.size() - given);
    queue.append(std::span(source).subspan(given, in));
    given += in;
    const auto front = queue.view().first(std::min(queue.size(), i * 5 % 59));
    out.insert(out.end(), front.begin(), front.end());
    queue.consume(front.size());
  }
  const Bytes rest = content(queue);
  out.insert(out.end(), rest.begin(), rest.end());
  EXPECT_EQ(out, source);
}

TEST(ByteQueue, StaysInItsReserveWhileTheFillIsBounded) {
  constexpr std::size_t kFill = 100;
  ByteQueue queue(kFill);
  queue.append(counting(kFill - 30));
  const std::uint8_t* const storage = queue.view().data();
  for (std::uint8_t i = 0; i < 200; ++i) {
    queue.append(counting(30, i));
    const std::uint8_t* const front = queue.view().data();
    EXPECT_GE(front, storage);
    EXPECT_LE(front + queue.size(), storage + kFill);
    queue.consume(30);
  }
}

TEST(ByteQueue, StopsGrowingOnceItHasSeenItsMaximum) {
  ByteQueue queue;
  queue.append(counting(100));
  queue.consume(70);
  queue.append(counting(70));
  const std::uint8_t* const storage = queue.view().data();
  for (int i = 0; i < 200; ++i) {
    queue.consume(7);
    queue.append(counting(7));
    EXPECT_GE(queue.view().data(), storage);
    EXPECT_LE(queue.view().data() + queue.size(), storage + 200);
  }
}

}  // namespace
}  // namespace xg2g::base
