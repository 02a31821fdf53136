// SPDX-License-Identifier: MIT
#include "remux/pes_backlog.h"

#include <algorithm>

namespace xg2g::remux {
namespace {

/// More than PES packets of sound take. PES_packet_length ends at 64 KiB.
constexpr std::size_t kMostBytes = std::size_t{128} * 1024;

}  // namespace

void PesBacklog::push(const ts::Packet& packet, std::size_t size) {
  if (packets_.size() >= kMostBytes) clear();
  if (packet.unit_start()) starts_.push_back({.position = end_});
  end_ += size;
  if (starts_.empty() || !packet.has_payload()) return;
  packets_.append(packet.bytes());
  starts_.back().size += ts::kPacketSize;
}

void PesBacklog::trim(std::size_t size) noexcept {
  const std::uint64_t used = end_ - std::min<std::uint64_t>(size, end_);
  std::size_t gone = 0;
  while (gone + 1 < starts_.size() && starts_[gone + 1].position <= used) {
    packets_.consume(starts_[gone].size);
    ++gone;
  }
  starts_.erase(starts_.begin(),
                starts_.begin() + static_cast<std::ptrdiff_t>(gone));
}

void PesBacklog::clear() noexcept {
  starts_.clear();
  packets_.clear();
}

}  // namespace xg2g::remux
