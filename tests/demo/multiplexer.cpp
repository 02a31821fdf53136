// SPDX-License-Identifier: MIT
#include "demo/multiplexer.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace xg2g::demo {
namespace {

using base::ClockTicks;
using test::kPacketSize;

/// Moves the first packet of `from` to the stream.
void write_first(test::Bytes& from, test::StreamBuilder& out) {
  out.raw(test::View(from).first(kPacketSize));
  from.erase(from.begin(), from.begin() + kPacketSize);
}

}  // namespace

void Multiplexer::add_table(std::uint16_t pid, ClockTicks interval,
                            Section make) {
  tables_.push_back({pid, interval, start_, std::move(make), {}, {}});
}

void Multiplexer::add_clock(std::uint16_t pid, ClockTicks interval) {
  clock_pid_ = pid;
  clock_interval_ = interval;
  next_clock_ = start_;
}

void Multiplexer::add(std::uint16_t pid, Delivery delivery) {
  queues_[pid].deliveries.push_back(std::move(delivery));
}

test::Bytes Multiplexer::run(ClockTicks end) {
  while (now() < end) {
    if (write_clock() || write_table() || write_delivery()) continue;
    out_.null();
  }
  return out_.take();
}

/// When the next packet's first byte arrives.
ClockTicks Multiplexer::now() const {
  const auto bits = static_cast<std::int64_t>(out_.bytes().size()) * 8;
  return start_ + ClockTicks(bits * 27'000'000 / bit_rate_);
}

bool Multiplexer::write_clock() {
  if (now() < next_clock_) return false;
  next_clock_ += clock_interval_;
  // PCR is the time of its field's last byte (ISO/IEC 13818-1, 2.4.3.5).
  constexpr std::int64_t kLastByte = 11;
  const ClockTicks value =
      now() + ClockTicks(kLastByte * 8 * 27'000'000 / bit_rate_);
  out_.continuity(clock_pid_, queues_[clock_pid_].next_counter);
  out_.pcr(clock_pid_, static_cast<std::uint64_t>(value.count()));
  return true;
}

bool Multiplexer::write_table() {
  for (Table& table : tables_) {
    if (table.waiting.empty() && now() >= table.next) {
      table.builder.sections(table.pid, table.make(now()));
      table.waiting = table.builder.take();
      table.next += table.interval;
    }
    if (table.waiting.empty()) continue;
    write_first(table.waiting, out_);
    return true;
  }
  return false;
}

bool Multiplexer::write_delivery() {
  Queue* urgent = nullptr;
  for (auto& [pid, queue] : queues_) {
    if (queue.deliveries.empty()) continue;
    const Delivery& first = queue.deliveries.front();
    if (first.earliest > now()) continue;
    if (urgent == nullptr ||
        first.deadline < urgent->deliveries.front().deadline) {
      urgent = &queue;
    }
  }
  if (urgent == nullptr) return false;
  write_from(*urgent);
  return true;
}

void Multiplexer::write_from(Queue& queue) {
  const Delivery& first = queue.deliveries.front();
  const test::View packet =
      test::View(first.packets).subspan(queue.at, kPacketSize);
  out_.raw(packet);
  queue.next_counter = (packet[3] + 1) & 15;
  queue.at += kPacketSize;
  if (queue.at < first.packets.size()) return;
  if (now() > first.deadline) {
    throw std::runtime_error("the bit rate is too low for this stream");
  }
  queue.deliveries.pop_front();
  queue.at = 0;
}

}  // namespace xg2g::demo
