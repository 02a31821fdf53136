// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <vector>

#include "base/timestamp.h"
#include "support/bytes.h"
#include "support/stream_builder.h"

namespace xg2g::demo {

/// A PES packet and the window in which its bytes must arrive.
struct Delivery {
  base::ClockTicks earliest{};
  base::ClockTicks deadline{};
  test::Bytes packets;  ///< Whole transport packets.
};

/// Writes a stream of a constant bit rate: tables and clock when they are due,
/// then whatever is most urgent, then null packets.
class Multiplexer {
 public:
  using Section = std::function<std::vector<test::Bytes>(base::ClockTicks)>;

  Multiplexer(int bit_rate, base::ClockTicks start)
      : bit_rate_(bit_rate), start_(start) {}

  /// Repeats the sections that `make` gives for the time, every `interval`.
  void add_table(std::uint16_t pid, base::ClockTicks interval, Section make);
  /// Writes PCR on `pid` every `interval`.
  void add_clock(std::uint16_t pid, base::ClockTicks interval);
  /// Deliveries of one PID leave in the order they were added.
  void add(std::uint16_t pid, Delivery delivery);

  /// Writes until `end`. Throws where a deadline was missed.
  [[nodiscard]] test::Bytes run(base::ClockTicks end);

 private:
  struct Table {
    std::uint16_t pid;
    base::ClockTicks interval;
    base::ClockTicks next;
    Section make;
    test::StreamBuilder builder;
    test::Bytes waiting;
  };
  struct Queue {
    std::deque<Delivery> deliveries;
    std::size_t at = 0;
    std::uint8_t next_counter = 0;
  };

  [[nodiscard]] base::ClockTicks now() const;
  bool write_clock();
  bool write_table();
  bool write_delivery();
  void write_from(Queue& queue);

  std::int64_t bit_rate_;
  base::ClockTicks start_;
  std::uint16_t clock_pid_ = 0x1FFF;
  base::ClockTicks clock_interval_{};
  base::ClockTicks next_clock_{};
  std::vector<Table> tables_;
  std::map<std::uint16_t, Queue> queues_;
  test::StreamBuilder out_;
};

}  // namespace xg2g::demo
