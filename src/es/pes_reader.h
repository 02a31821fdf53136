// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace xg2g::es {

/// What one transport packet adds to an elementary stream.
struct PesPiece {
  /// Elementary stream bytes, a view into the payload that was pushed.
  std::span<const std::uint8_t> bytes;
  /// What stands behind them, past PES_packet_length.
  std::span<const std::uint8_t> surplus = {};
  /// True where `bytes` are the first of a PES packet's payload.
  bool starts = false;
  /// The 33-bit PTS of that PES packet, if it has one; only where it starts.
  std::optional<std::uint64_t> pts = {};
  /// True where it is the first since discontinue(); only where it starts.
  bool discontinuity = false;
  std::uint8_t stream_id = 0;
};

/// Takes PES headers off the payload of one PID (ISO/IEC 13818-1, 2.4.3.6).
///
/// Headers may be cut over packets. Bytes past PES_packet_length are told
/// apart; with length 0 the PES packet runs to the next. Before the first PES
/// packet, and after lose() until the next one where the header was hit, bytes
/// are dropped.
class PesReader {
 public:
  /// Takes one transport packet's payload; `unit_start` is its
  /// payload_unit_start_indicator.
  [[nodiscard]] PesPiece push(std::span<const std::uint8_t> payload,
                              bool unit_start);
  /// Says that packets were lost: PES_packet_length no longer bounds this one.
  void lose() noexcept;
  /// Says that the timestamps of PES packets that begin from here on are of
  /// another time base (discontinuity_indicator, 2.4.3.5).
  void discontinue() noexcept { discontinuity_ = true; }
  /// Forgets the PES packet that is under way.
  void reset() noexcept;

 private:
  enum class State : std::uint8_t { kIdle, kHeader, kPayload };

  /// Moves what belongs to the header out of `payload`; answers the rest.
  std::span<const std::uint8_t> take_header(
      std::span<const std::uint8_t> payload) noexcept;
  /// Looks at the header once another part of it is whole.
  void check_header() noexcept;
  void open_payload() noexcept;

  // PES_packet_length counts from byte six on, PES_header_data_length to 255
  // from byte nine on (ISO/IEC 13818-1, 2.4.3.6).
  static constexpr std::size_t kBeforeLength = 6;
  static constexpr std::size_t kMaxHeaderSize = 9 + 255;

  State state_ = State::kIdle;
  std::array<std::uint8_t, kMaxHeaderSize> header_{};
  std::size_t filled_ = 0;
  std::size_t wanted_ = 0;  ///< Bytes of header_ until check_header() is due.
  bool starts_ = false;     ///< The payload's first byte has not come yet.
  std::optional<std::uint64_t> pts_;
  std::optional<std::size_t> left_;  ///< Nothing: to the next PES packet.
  bool discontinuity_ = false;       ///< No PES packet began since.
  bool begins_anew_ = false;         ///< Of the PES packet under way.
  std::uint8_t stream_id_ = 0;
};

}  // namespace xg2g::es
