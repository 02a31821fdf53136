// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace xg2g::base {

/// A first-in, first-out queue of bytes whose content is always one contiguous
/// view. Appending moves the content to the front when that makes room, so a
/// queue whose fill is bounded stops allocating once it has seen its maximum.
class ByteQueue {
 public:
  ByteQueue() = default;
  /// Reserves room for `capacity` bytes at once.
  explicit ByteQueue(std::size_t capacity) { bytes_.reserve(capacity); }

  void append(std::span<const std::uint8_t> bytes);
  /// Removes `count` bytes (at most size()) from the front.
  void consume(std::size_t count) noexcept;
  /// Removes `count` bytes from `offset` on, which must be there.
  void erase(std::size_t offset, std::size_t count) noexcept;
  void clear() noexcept;

  /// Valid until the next append(), consume() or clear().
  [[nodiscard]] std::span<const std::uint8_t> view() const noexcept {
    return std::span(bytes_).subspan(front_);
  }
  [[nodiscard]] std::size_t size() const noexcept {
    return bytes_.size() - front_;
  }
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t front_ = 0;
};

}  // namespace xg2g::base
