// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "remux/remuxer.h"
#include "support/bytes.h"

namespace xg2g::test {

/// The whole pipeline, as a caller with enough room drives it.
class Filter {
 public:
  explicit Filter(remux::Options options = {}) : remuxer_(std::move(options)) {}

  /// What leaves for `in`, in this very call and those that drain it.
  Bytes push(View in);
  /// What leaves at the end of the stream.
  Bytes flush();
  /// push(), then flush().
  Bytes run(View stream);
  /// True where the last push() or flush() said that it was no stream.
  [[nodiscard]] bool not_ts() const noexcept { return not_ts_; }

  [[nodiscard]] remux::Remuxer& remuxer() noexcept { return remuxer_; }
  [[nodiscard]] remux::Stats stats() const { return remuxer_.stats(); }
  /// The report of `pid`, of the first program that has it.
  [[nodiscard]] std::optional<remux::StreamReport> stream(
      std::uint16_t pid) const;
  /// Events of one type that wait; the others are dropped.
  [[nodiscard]] std::vector<remux::Event> events(remux::EventType type);

 private:
  remux::Remuxer remuxer_;
  bool not_ts_ = false;
};

/// The whole stream through a new filter.
[[nodiscard]] Bytes filter(View stream, remux::Options options = {});

/// The same with pieces of `piece` bytes and room for `room` in each call.
[[nodiscard]] Bytes filter_cut(View stream, std::size_t piece,
                               std::size_t room = std::size_t{64} * 1024);
/// The same with pieces of random sizes.
[[nodiscard]] Bytes filter_cut_at_random(View stream, std::uint32_t seed);

}  // namespace xg2g::test
