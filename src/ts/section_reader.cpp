// SPDX-License-Identifier: MIT
#include "ts/section_reader.h"

namespace xg2g::ts {
namespace {

/// Behind the last section of a packet (ISO/IEC 13818-1, 2.4.4).
constexpr std::uint8_t kStuffing = 0xFF;

}  // namespace

void SectionReader::push(std::span<const std::uint8_t> payload,
                         bool unit_start) {
  bytes_.erase(bytes_.begin(),
               bytes_.begin() + static_cast<std::ptrdiff_t>(front_));
  front_ = 0;
  if (payload.empty()) return;
  if (unit_start) {
    const std::size_t pointer = payload[0];
    payload = payload.subspan(1);
    if (pointer > payload.size()) {
      lose();
      return;
    }
    if (started_) {
      const auto tail = payload.first(pointer);
      bytes_.insert(bytes_.end(), tail.begin(), tail.end());
    }
    drop_partial();
    payload = payload.subspan(pointer);
    started_ = true;
  }
  if (!started_) return;
  bytes_.insert(bytes_.end(), payload.begin(), payload.end());
}

std::span<const std::uint8_t> SectionReader::next() noexcept {
  const auto rest = std::span<const std::uint8_t>(bytes_).subspan(front_);
  if (rest.empty()) return {};
  if (rest[0] == kStuffing) {
    front_ = bytes_.size();
    started_ = false;
    return {};
  }
  if (rest.size() < 3) return {};
  const std::size_t size = section_size(rest);
  if (size > kLongestSection) {
    lose();
    return {};
  }
  if (rest.size() < size) return {};
  front_ += size;
  return rest.first(size);
}

bool SectionReader::gathering() const noexcept {
  return started_ && front_ < bytes_.size();
}

void SectionReader::lose() noexcept {
  drop_partial();
  bytes_.resize(end_of_whole());
  started_ = false;
}

/// Removes a section that the next one has cut short.
void SectionReader::drop_partial() noexcept {
  const std::size_t end = end_of_whole();
  if (end < bytes_.size() && bytes_[end] != kStuffing) ++broken_;
  bytes_.resize(end);
}

/// Where the last whole section ends.
std::size_t SectionReader::end_of_whole() const noexcept {
  std::size_t end = front_;
  const auto bytes = std::span<const std::uint8_t>(bytes_);
  while (bytes.size() - end >= 3 && bytes[end] != kStuffing) {
    const std::size_t size = section_size(bytes.subspan(end));
    if (size > kLongestSection || bytes.size() - end < size) break;
    end += size;
  }
  return end;
}

}  // namespace xg2g::ts
