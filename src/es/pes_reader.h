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
  /// True where `bytes` are the first of a PES packet's payload.
  bool starts = false;
  /// The 33-bit PTS of that PES packet, if it has one.
  std::optional<std::uint64_t> pts;
  std::uint8_t stream_id = 0;
};

/// Takes PES headers off the payload of one PID (ISO/IEC 13818-1, 2.4.3.6).
///
/// Headers may be cut over packets. Bytes past PES_packet_length are dropped;
/// with length 0 the PES packet runs to the next. Before the first PES packet,
/// and after lose() until the next one where the header was hit, bytes are
/// dropped.
class PesReader {
 public:
  /// Takes one transport packet's payload; `unit_start` is its
  /// payload_unit_start_indicator.
  [[nodiscard]] PesPiece push(std::span<const std::uint8_t> payload,
                              bool unit_start);
  /// Says that packets were lost: PES_packet_length no longer bounds this one.
  void lose() noexcept;
  void reset() noexcept;

 private:
  enum class State : std::uint8_t { kIdle, kHeader, kPayload };
};

}  // namespace xg2g::es
