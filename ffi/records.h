// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "remux/event_log.h"
#include "remux/report.h"
#include "xg2g/transcoder.h"

namespace xg2g::ffi {

/// What the core reports, as the records of the C header.
[[nodiscard]] xg2g_remux_stats make_stats(const remux::Stats& stats) noexcept;
[[nodiscard]] xg2g_remux_stream make_stream(
    const remux::StreamReport& report) noexcept;
[[nodiscard]] xg2g_remux_event make_event(const remux::Event& event) noexcept;

/// True where the caller's record is there and says how large it is.
template <typename Record>
[[nodiscard]] bool can_give(const Record* record) noexcept {
  return record != nullptr && record->struct_size > sizeof(std::uint32_t);
}

/// Copies as much of `full` as the caller's record has room for, and leaves
/// its struct_size. False where it has none.
template <typename Record>
[[nodiscard]] bool give(Record* record, const Record& full) noexcept {
  if (!can_give(record)) return false;
  const std::uint32_t size = record->struct_size;
  std::memcpy(record, &full, std::min<std::size_t>(size, sizeof full));
  record->struct_size = size;
  return true;
}

}  // namespace xg2g::ffi
