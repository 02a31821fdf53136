// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/byte_queue.h"
#include "base/timestamp.h"
#include "es/framer.h"

namespace xg2g::audio {

/// Holds access units back until it is known when they are to be heard.
///
/// At the start, and behind a loss, they wait for one that has a PTS; the first
/// of them then gets the PTS that is counted back from there. LATM waits for
/// its configuration besides. Where there is no more room, or sound of a second
/// waits, they go as they are.
class UnitGate {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{128} * 1024;
  static constexpr base::ClockTicks kLongest = std::chrono::seconds(1);

  struct Unit {
    es::AccessUnit unit;
    base::ClockTicks length;  ///< 0 where it is not known.
    /// It came before anything that it could be decoded by.
    bool opaque = false;
  };

  UnitGate();

  /// Takes a copy of the next one. `settled` says that nothing but time is
  /// missing to decode it and all before it.
  void push(const Unit& unit, bool settled);
  /// The next one that need not wait. Its bytes are valid until push().
  [[nodiscard]] std::optional<Unit> next();
  /// Says how long those are whose length was not known.
  void set_length(base::ClockTicks length) noexcept;
  /// Says that one that next() gave is left out: where the one behind it has no
  /// PTS, it gets the one that is counted from there.
  void leave_out(const Unit& unit) noexcept;
  /// Forgets all, which count as dropped.
  void reset() noexcept;

  /// Units that were dropped since the last call.
  [[nodiscard]] std::uint64_t take_dropped() noexcept {
    return std::exchange(dropped_, 0);
  }

 private:
  [[nodiscard]] std::size_t waiting() const noexcept {
    return units_.size() - first_;
  }
  void drop_all() noexcept;
  [[nodiscard]] bool full() const noexcept;
  [[nodiscard]] bool timed() const noexcept;
  void count_back() noexcept;

  std::vector<Unit> units_;  ///< Their bytes stand in bytes_.
  std::size_t first_ = 0;    ///< Of those that were not given.
  base::ByteQueue bytes_;
  std::size_t given_ = 0;  ///< Bytes.
  bool settled_ = true;
  bool needs_pts_ = true;
  std::optional<std::uint64_t> pts_;  ///< Of the next one, by leave_out().
  std::uint64_t dropped_ = 0;
};

}  // namespace xg2g::audio
