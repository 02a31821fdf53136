// SPDX-License-Identifier: MIT
#include "ts/packet_output.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace xg2g::ts {
namespace {

constexpr std::size_t whole_packets(std::size_t bytes) noexcept {
  return bytes - bytes % kPacketSize;
}

/// What std::ranges::copy() inlines moves 16 bytes at a time, half as fast.
void copy_to(std::span<std::uint8_t> to,
             std::span<const std::uint8_t> from) noexcept {
  if (!from.empty()) std::memcpy(to.data(), from.data(), from.size());
}

}  // namespace

void PacketOutput::open(std::span<std::uint8_t> buffer) {
  buffer_ = buffer.first(whole_packets(buffer.size()));
  taken_ = std::min(queue_.size(), buffer_.size());
  filled_ = taken_;
  copy_to(buffer_, queue_.view().first(taken_));
}

std::size_t PacketOutput::close() noexcept {
  queue_.consume(taken_);
  taken_ = 0;
  buffer_ = {};
  return std::exchange(filled_, 0);
}

void PacketOutput::close_and_keep() {
  base::ByteQueue kept;
  kept.append(buffer_.first(filled_));
  kept.append(queue_.view().subspan(taken_));
  queue_ = std::move(kept);
  cancel();
}

void PacketOutput::cancel() noexcept {
  taken_ = 0;
  filled_ = 0;
  buffer_ = {};
}

void PacketOutput::write(std::span<const std::uint8_t> packets) {
  assert(packets.size() % kPacketSize == 0);
  written_ += packets.size();
  if (queue_.size() == taken_) {
    const std::size_t fits = std::min(packets.size(), buffer_.size() - filled_);
    copy_to(buffer_.subspan(filled_), packets.first(fits));
    filled_ += fits;
    packets = packets.subspan(fits);
  }
  if (!packets.empty()) queue_.append(packets);
}

}  // namespace xg2g::ts
