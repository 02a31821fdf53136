// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>

#include "base/byte_queue.h"
#include "ts/continuity.h"
#include "ts/packet.h"
#include "ts/section_reader.h"

namespace xg2g::remux {

/// One PID that carries PMT sections: its sections for reading, and its
/// packets until it is known whether they pass or are replaced.
class PmtRelay {
 public:
  explicit PmtRelay(std::uint16_t pid) noexcept : pid_(pid) {}

  [[nodiscard]] std::uint16_t pid() const noexcept { return pid_; }

  /// Takes a packet; next_section() then gives the sections it completes.
  void push(const ts::Packet& packet);
  [[nodiscard]] std::span<const std::uint8_t> next_section() noexcept {
    return reader_.next();
  }
  /// Keeps a section to be written in its turn.
  void keep(std::span<const std::uint8_t> section) {
    sections_.append(section);
  }

  /// True while a PMT is under way and none was known() before: packets wait,
  /// within a bound.
  [[nodiscard]] bool waits() const noexcept;
  /// Takes what must not wait out of the packets that do.
  void strip_pcrs();
  /// Says that the PMT of a program came on this PID: nothing waits any more.
  void know() noexcept { known_ = true; }
  /// Says that a section was damaged, and one that is known kept for it.
  void mend() noexcept { mends_ = true; }
  [[nodiscard]] bool mends() const noexcept { return mends_; }
  /// The packets since they were last written, as they came.
  [[nodiscard]] std::span<const std::uint8_t> packets() const noexcept {
    return packets_.view();
  }
  /// The sections kept since then, one behind the other.
  [[nodiscard]] std::span<const std::uint8_t> sections() const noexcept {
    return sections_.view();
  }
  /// Says that the packets were written as they came.
  void passed() noexcept;
  /// Says that something was written in their place. From then on nothing
  /// passes: continuity_counter is our own.
  void replaced() noexcept;

  [[nodiscard]] bool replaces() const noexcept { return replaces_; }
  /// continuity_counter of the last packet that was written as it came.
  [[nodiscard]] std::uint8_t last_passed() const noexcept {
    return last_passed_;
  }

  /// Sections that were begun and never became whole.
  [[nodiscard]] std::uint64_t broken() const noexcept {
    return reader_.broken();
  }

 private:
  std::uint16_t pid_;
  ts::Continuity continuity_;
  ts::SectionReader reader_;
  base::ByteQueue packets_;
  base::ByteQueue sections_;
  bool known_ = false;
  bool mends_ = false;
  bool replaces_ = false;
  std::uint8_t last_passed_ = 0x0F;
};

}  // namespace xg2g::remux
