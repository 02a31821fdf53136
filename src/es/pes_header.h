// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace xg2g::es {

/// What stands before an elementary stream's bytes in a PES packet (ISO/IEC
/// 13818-1, 2.4.3.6).
struct PesHeader {
  std::uint8_t stream_id = 0;
  std::size_t packet_length = 0;     ///< Of all behind the field; 0 for open.
  std::optional<std::uint64_t> pts;  ///< 33 bits.
  std::optional<std::uint64_t> dts;  ///< 33 bits; never without a PTS.

  /// When the access unit is decoded: at its PTS where no DTS says otherwise
  /// (2.4.3.7).
  [[nodiscard]] std::optional<std::uint64_t> decoding_time() const noexcept {
    return dts ? dts : pts;
  }
};

/// Bytes of the PES header that begins with `bytes`, as far as these tell: if
/// there are fewer, the answer is no less than what it takes to tell more.
/// Nothing where no PES packet that carries an elementary stream begins so.
[[nodiscard]] std::optional<std::size_t> pes_header_size(
    std::span<const std::uint8_t> bytes) noexcept;

/// Reads a header that pes_header_size() has not refused. A timestamp that goes
/// on past the end of `bytes` or of the header is none; of fewer than nine
/// bytes nothing is read.
[[nodiscard]] PesHeader read_pes_header(
    std::span<const std::uint8_t> bytes) noexcept;

}  // namespace xg2g::es
