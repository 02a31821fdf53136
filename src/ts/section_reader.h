// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace xg2g::ts {

/// The longest section there is (ISO/IEC 13818-1, 2.4.4.11): 4,096 bytes.
inline constexpr std::size_t kLongestSection = 4096;

/// The size in bytes of the section that starts with these, at least three.
[[nodiscard]] constexpr std::size_t section_size(
    std::span<const std::uint8_t> bytes) noexcept {
  return 3U + (static_cast<std::size_t>(bytes[1] & 0x0F) << 8 | bytes[2]);
}

/// Gathers the sections of one PID from packet payloads (2.4.4): sections over
/// several packets, several in one packet, pointer_field, stuffing.
///
/// push(), then next() until it is empty.
class SectionReader {
 public:
  /// Takes one packet's payload; `unit_start` is its
  /// payload_unit_start_indicator.
  void push(std::span<const std::uint8_t> payload, bool unit_start);
  /// A whole section, its CRC_32 unchecked; empty when more is needed. Valid
  /// until the next push().
  [[nodiscard]] std::span<const std::uint8_t> next() noexcept;
  /// Says that packets were lost: what was being gathered is dropped.
  void lose() noexcept;
  /// True between the first and the last packet of a section.
  [[nodiscard]] bool gathering() const noexcept;
  /// The same, of a section with this table_id.
  [[nodiscard]] bool gathering(std::uint8_t table_id) const noexcept {
    return gathering() && bytes_[front_] == table_id;
  }
  /// Sections that were begun and never became whole.
  [[nodiscard]] std::uint64_t broken() const noexcept { return broken_; }

 private:
  void drop_partial() noexcept;
  [[nodiscard]] std::size_t end_of_whole() const noexcept;

  std::vector<std::uint8_t> bytes_;
  std::size_t front_ = 0;  ///< What next() has given.
  bool started_ = false;
  std::uint64_t broken_ = 0;
};

}  // namespace xg2g::ts
