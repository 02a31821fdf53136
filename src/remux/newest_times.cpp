// SPDX-License-Identifier: MIT
#include "remux/newest_times.h"

#include <algorithm>

#include "es/pes_header.h"

namespace xg2g::remux {

void NewestTimes::follow(std::vector<std::uint16_t> pids) {
  std::ranges::sort(pids);
  pids.erase(std::unique(pids.begin(), pids.end()), pids.end());
  std::vector<Entry> entries;
  entries.reserve(pids.size());
  for (const std::uint16_t pid : pids) entries.push_back({pid, find(pid)});
  entries_ = std::move(entries);
}

void NewestTimes::read(const ts::Packet& packet) noexcept {
  if (packet.transport_error()) return;
  if (packet.has_payload() && packet.scrambled()) return forget(packet.pid());
  if (!packet.unit_start()) return;
  const auto payload = packet.payload();
  if (!es::pes_header_size(payload)) return;
  const es::PesHeader header = es::read_pes_header(payload);
  Entry* entry = entry_of(packet.pid());
  if (entry == nullptr || !header.pts) return;
  entry->times = {header.pts, header.decoding_time()};
}

void NewestTimes::set(std::uint16_t pid, std::uint64_t pts) noexcept {
  if (Entry* entry = entry_of(pid)) entry->times = {pts, pts};
}

void NewestTimes::forget(std::uint16_t pid) noexcept {
  if (Entry* entry = entry_of(pid)) entry->times = {};
}

NewestTimes::Times NewestTimes::find(std::uint16_t pid) const noexcept {
  const auto place = std::ranges::lower_bound(entries_, pid, {}, &Entry::pid);
  const bool found = place != entries_.end() && place->pid == pid;
  return found ? place->times : Times{};
}

NewestTimes::Entry* NewestTimes::entry_of(std::uint16_t pid) noexcept {
  const auto place = std::ranges::lower_bound(entries_, pid, {}, &Entry::pid);
  const bool found = place != entries_.end() && place->pid == pid;
  return found ? &*place : nullptr;
}

}  // namespace xg2g::remux
