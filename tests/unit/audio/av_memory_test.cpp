// SPDX-License-Identifier: MIT
#include "audio/av_memory.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>

namespace xg2g::audio {
namespace {

bool aligned(const void* block) {
  return reinterpret_cast<std::uintptr_t>(block) % 64 == 0;
}

TEST(AvMemory, AlignsEveryBlock) {
  for (const std::size_t size : {0U, 1U, 64U, 65U, 1'000U, 70'000U}) {
    void* block = avpool_malloc(size);
    EXPECT_TRUE(aligned(block)) << size;
    std::memset(block, 1, size);
    avpool_free(block);
  }
}

TEST(AvMemory, HandsAFreedBlockOutAgain) {
  AvPool pool;
  const PoolScope scope(pool);
  void* first = avpool_malloc(1'000);
  avpool_free(first);
  EXPECT_GE(pool.kept(), 1'000U);
  void* second = avpool_malloc(990);
  EXPECT_EQ(second, first);
  EXPECT_EQ(pool.kept(), 0U);
  avpool_free(second);
}

TEST(AvMemory, FitsEverySizeIntoItsClass) {
  AvPool pool;
  const PoolScope scope(pool);
  for (std::size_t size = 1; size <= AvPool::kLargest + 1; size += 61) {
    void* block = avpool_malloc(size);
    const std::size_t before = pool.kept();
    avpool_free(block);
    if (size <= AvPool::kLargest && pool.kept() > before) {
      EXPECT_GE(pool.kept() - before, size);
    }
    EXPECT_LE(pool.kept(), AvPool::kLimit);
  }
}

TEST(AvMemory, KeepsNothingLargeAndNothingOverItsLimit) {
  AvPool pool;
  const PoolScope scope(pool);
  avpool_free(avpool_malloc(AvPool::kLargest + 1));
  EXPECT_EQ(pool.kept(), 0U);
  void* blocks[20];
  for (void*& block : blocks) block = avpool_malloc(AvPool::kLargest);
  for (void* block : blocks) avpool_free(block);
  EXPECT_EQ(pool.kept(), AvPool::kLimit);
}

TEST(AvMemory, KeepsNothingOutsideOfAScope) {
  AvPool pool;
  void* block = nullptr;
  {
    const PoolScope scope(pool);
    block = avpool_malloc(100);
  }
  avpool_free(block);
  EXPECT_EQ(pool.kept(), 0U);
}

TEST(AvMemory, TakesABlockFromElsewhere) {
  void* block = avpool_malloc(100);
  AvPool pool;
  const PoolScope scope(pool);
  avpool_free(block);
  EXPECT_GE(pool.kept(), 100U);
}

TEST(AvMemory, NestsScopes) {
  AvPool outer;
  AvPool inner;
  const PoolScope outer_scope(outer);
  {
    const PoolScope inner_scope(inner);
    avpool_free(avpool_malloc(100));
  }
  EXPECT_GT(inner.kept(), 0U);
  avpool_free(avpool_malloc(100));
  EXPECT_GT(outer.kept(), 0U);
}

TEST(AvMemory, KeepsTheContentWhenABlockGrows) {
  AvPool pool;
  const PoolScope scope(pool);
  auto* block = static_cast<std::uint8_t*>(avpool_realloc(nullptr, 1));
  for (std::size_t size = 1; size < 200'000; size = size * 3 + 1) {
    block = static_cast<std::uint8_t*>(avpool_realloc(block, size));
    ASSERT_TRUE(aligned(block));
    std::memset(block + size / 3, static_cast<int>(size & 0xFF), 1);
    EXPECT_EQ(block[size / 3], size & 0xFF);
  }
  block[0] = 77;
  block = static_cast<std::uint8_t*>(avpool_realloc(block, 10));
  EXPECT_EQ(block[0], 77);
  avpool_free(block);
}

TEST(AvMemory, AnswersNothingWhereThereIsNone) {
  EXPECT_EQ(avpool_malloc(SIZE_MAX), nullptr);
  EXPECT_EQ(avpool_memalign(4'096, 10), nullptr);
  void* block = nullptr;
  EXPECT_NE(avpool_posix_memalign(&block, 64, SIZE_MAX - 10), 0);
  avpool_free(nullptr);
}

TEST(AvMemory, KnowsThatTheSystemHadNone) {
  AvPool pool;
  const PoolScope scope(pool);
  avpool_free(avpool_malloc(100));
  EXPECT_FALSE(pool.take_failure());
  EXPECT_EQ(avpool_malloc(SIZE_MAX), nullptr);
  EXPECT_TRUE(pool.take_failure());
  EXPECT_FALSE(pool.take_failure());
}

}  // namespace
}  // namespace xg2g::audio
