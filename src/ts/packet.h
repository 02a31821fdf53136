// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/timestamp.h"

namespace xg2g::ts {

inline constexpr std::size_t kPacketSize = 188;  // ISO/IEC 13818-1, 2.4.3.2
inline constexpr std::size_t kHeaderSize = 4;
inline constexpr std::uint8_t kSyncByte = 0x47;
inline constexpr std::size_t kPidCount = 8192;
inline constexpr std::uint16_t kPatPid = 0x0000;
inline constexpr std::uint16_t kNullPid = 0x1FFF;
/// PIDs from it to 0x1FFE may carry PMTs and streams (ISO/IEC 13818-1, table
/// 2-3). DVB reserves those below 0x0020, others do not.
inline constexpr std::uint16_t kFirstFreePid = 0x0010;

[[nodiscard]] constexpr bool is_free_pid(std::uint16_t pid) noexcept {
  return pid >= kFirstFreePid && pid != kNullPid;
}

using PacketBytes = std::span<const std::uint8_t, kPacketSize>;

/// A view of one transport packet (ISO/IEC 13818-1, 2.4.3.2 to 2.4.3.5).
class Packet {
 public:
  explicit Packet(PacketBytes bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] PacketBytes bytes() const noexcept { return bytes_; }
  [[nodiscard]] std::uint16_t pid() const noexcept {
    return static_cast<std::uint16_t>((bytes_[1] & 0x1F) << 8 | bytes_[2]);
  }
  [[nodiscard]] bool transport_error() const noexcept {
    return (bytes_[1] & 0x80) != 0;
  }
  [[nodiscard]] bool unit_start() const noexcept {
    return (bytes_[1] & 0x40) != 0;
  }
  [[nodiscard]] bool scrambled() const noexcept {
    return (bytes_[3] & 0xC0) != 0 && !taken_for_clear_;
  }
  /// The same packet, clear whatever its transport_scrambling_control says.
  [[nodiscard]] Packet taken_for_clear() const noexcept {
    Packet clear = *this;
    clear.taken_for_clear_ = true;
    return clear;
  }
  [[nodiscard]] bool has_adaptation_field() const noexcept {
    return (bytes_[3] & 0x20) != 0;
  }
  [[nodiscard]] bool has_payload() const noexcept {
    return (bytes_[3] & 0x10) != 0;
  }
  /// True where it goes on with a payload and has nothing else to say: neither
  /// payload_unit_start_indicator nor an adaptation_field. One test for both,
  /// since most packets are such.
  [[nodiscard]] bool plain() const noexcept {
    return ((bytes_[1] & 0x40) | (bytes_[3] & 0x20)) == 0;
  }
  [[nodiscard]] std::uint8_t continuity_counter() const noexcept {
    return bytes_[3] & 0x0F;
  }
  /// That of the packet before it on its PID, if none is missing: the same
  /// where it has no payload (2.4.3.3).
  [[nodiscard]] std::uint8_t counter_before() const noexcept {
    return static_cast<std::uint8_t>(
        (continuity_counter() - (has_payload() ? 1 : 0)) & 0x0F);
  }
  /// Empty where there is none, or its length leaves no room for it.
  [[nodiscard]] std::span<const std::uint8_t> payload() const noexcept;
  [[nodiscard]] bool discontinuity() const noexcept {
    return (adaptation_flags() & 0x80) != 0;
  }
  /// program_clock_reference, base x 300 + extension.
  [[nodiscard]] std::optional<base::ClockTicks> pcr() const noexcept;
  /// The six bytes that carry it, empty where there is none.
  [[nodiscard]] std::span<const std::uint8_t> pcr_bytes() const noexcept;
  /// True where there is one that can be relied on.
  [[nodiscard]] bool has_pcr() const noexcept {
    return !transport_error() && !pcr_bytes().empty();
  }

 private:
  /// The flags byte of the adaptation field, 0 where there is none.
  [[nodiscard]] std::uint8_t adaptation_flags() const noexcept {
    return has_adaptation_field() && bytes_[4] > 0 ? bytes_[5] : 0;
  }

  PacketBytes bytes_;
  bool taken_for_clear_ = false;
};

/// A packet that keeps its bytes.
class PacketCopy {
 public:
  explicit PacketCopy(const Packet& packet) noexcept;

  /// Puts stuffing in the place of the PCR.
  void remove_pcr() noexcept;
  /// The same, and clears discontinuity_indicator, which leaves with a PCR.
  void remove_time() noexcept;
  /// Valid as long as this is.
  [[nodiscard]] Packet packet() const noexcept {
    const Packet packet(bytes_);
    return clear_ ? packet.taken_for_clear() : packet;
  }

 private:
  std::array<std::uint8_t, kPacketSize> bytes_;
  bool clear_;
};

/// A copy without PCR and discontinuity_indicator, if it has a PCR.
[[nodiscard]] inline PacketCopy without_time(const Packet& packet) noexcept {
  PacketCopy copy(packet);
  copy.remove_time();
  return copy;
}

/// The packet that starts `offset` bytes into a run of whole packets.
[[nodiscard]] inline Packet packet_at(std::span<const std::uint8_t> run,
                                      std::size_t offset) noexcept {
  return Packet(run.subspan(offset).first<kPacketSize>());
}

}  // namespace xg2g::ts
