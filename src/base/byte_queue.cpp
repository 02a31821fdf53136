// SPDX-License-Identifier: MIT
#include "base/byte_queue.h"

#include <cassert>

namespace xg2g::base {

void ByteQueue::append(std::span<const std::uint8_t> bytes) {
  const bool would_grow = bytes_.size() + bytes.size() > bytes_.capacity();
  if (front_ > 0 && (would_grow || front_ >= size())) {
    bytes_.erase(bytes_.begin(),
                 bytes_.begin() + static_cast<std::ptrdiff_t>(front_));
    front_ = 0;
  }
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void ByteQueue::consume(std::size_t count) noexcept {
  assert(count <= size());
  front_ += count;
  if (front_ == bytes_.size()) clear();
}

void ByteQueue::erase(std::size_t offset, std::size_t count) noexcept {
  assert(offset + count <= size());
  const auto first =
      bytes_.begin() + static_cast<std::ptrdiff_t>(front_ + offset);
  bytes_.erase(first, first + static_cast<std::ptrdiff_t>(count));
}

void ByteQueue::clear() noexcept {
  bytes_.clear();
  front_ = 0;
}

}  // namespace xg2g::base
