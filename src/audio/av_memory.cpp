// SPDX-License-Identifier: MIT
#include "audio/av_memory.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace xg2g::audio {
namespace {

/// What libav* aligns to, and the room in front of a block for its header.
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kUnpooled = AvPool::kClasses;

struct Header {
  std::size_t capacity;
  std::size_t index;  ///< Size class, or kUnpooled.
};
static_assert(sizeof(Header) <= kAlignment);

thread_local AvPool* current = nullptr;

/// Four classes an octave from 64 bytes on: 64, 80, 96, 112, 128, 160...
constexpr std::size_t capacity_of(std::size_t index) noexcept {
  return (4 + index % 4) << (4 + index / 4);
}
static_assert(capacity_of(0) == 64 &&
              capacity_of(AvPool::kClasses - 1) == AvPool::kLargest);

constexpr std::size_t class_of(std::size_t size) noexcept {
  if (size > AvPool::kLargest) return kUnpooled;
  const std::size_t least = std::max<std::size_t>(size, 64);
  const auto octave = static_cast<std::size_t>(std::bit_width(least)) - 7;
  std::size_t index = 4 * octave;
  while (capacity_of(index) < size) ++index;
  return index;
}

Header* header_of(void* block) noexcept {
  return reinterpret_cast<Header*>(static_cast<std::uint8_t*>(block) -
                                   kAlignment);
}

void* allocate(std::size_t size) noexcept {
  const std::size_t index = class_of(size);
  if (index != kUnpooled && current != nullptr) {
    if (void* block = current->take(index)) return block;
  }
  const std::size_t capacity = index == kUnpooled ? size : capacity_of(index);
  void* memory = nullptr;
  if (capacity > SIZE_MAX - kAlignment ||
      posix_memalign(&memory, kAlignment, kAlignment + capacity) != 0) {
    if (current != nullptr) current->fail();
    return nullptr;
  }
  new (memory) Header{capacity, index};
  return static_cast<std::uint8_t*>(memory) + kAlignment;
}

void release(void* block) noexcept {
  if (block == nullptr) return;
  const std::size_t index = header_of(block)->index;
  if (index != kUnpooled && current != nullptr && current->keep(block, index)) {
    return;
  }
  std::free(header_of(block));
}

}  // namespace

AvPool::~AvPool() {
  for (Free*& list : free_) {
    while (list != nullptr)
      std::free(header_of(std::exchange(list, list->next)));
  }
}

void* AvPool::take(std::size_t index) noexcept {
  Free* const block = free_[index];
  if (block == nullptr) return nullptr;
  free_[index] = block->next;
  kept_ -= capacity_of(index);
  return block;
}

bool AvPool::keep(void* block, std::size_t index) noexcept {
  if (kept_ + capacity_of(index) > kLimit) return false;
  free_[index] = new (block) Free{free_[index]};
  kept_ += capacity_of(index);
  return true;
}

PoolScope::PoolScope(AvPool& pool) noexcept
    : outer_(std::exchange(current, &pool)) {}

PoolScope::~PoolScope() { current = outer_; }

}  // namespace xg2g::audio

using xg2g::audio::allocate;
using xg2g::audio::header_of;
using xg2g::audio::release;

void* avpool_malloc(std::size_t size) { return allocate(size); }

void* avpool_memalign(std::size_t alignment, std::size_t size) {
  return alignment <= xg2g::audio::kAlignment ? allocate(size) : nullptr;
}

int avpool_posix_memalign(void** block, std::size_t alignment,
                          std::size_t size) {
  *block = avpool_memalign(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}

void* avpool_realloc(void* block, std::size_t size) {
  if (block == nullptr) return allocate(size);
  const std::size_t capacity = header_of(block)->capacity;
  // Blocks from the system shrink for real, so that large ones do not stay.
  const bool pooled = header_of(block)->index != xg2g::audio::kUnpooled;
  if (size <= capacity && (pooled || size > capacity / 2)) return block;
  void* moved = allocate(size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, block, std::min(size, capacity));
  release(block);
  return moved;
}

void avpool_free(void* block) { release(block); }
