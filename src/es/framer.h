// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/byte_queue.h"
#include "es/codec.h"
#include "es/frame_header.h"
#include "es/pes_reader.h"

namespace xg2g::es {

/// One whole audio frame; for E-AC-3 an independent frame of substream 0 with
/// the dependent frames that follow it.
struct AccessUnit {
  std::span<const std::uint8_t> bytes;  ///< Valid until push() or reset().
  FrameHeader header;                   ///< Of its first frame.
  std::optional<std::uint64_t> pts;     ///< 33 bits; of its first sample.
  /// Frames that were lost before it, as far as the bytes that are missing
  /// tell; 0 where nothing is known to be missing.
  std::uint32_t missing = 0;
};

/// Cuts an elementary stream into audio frames, whatever the codec turns out
/// to be: the payload decides, the announcement only spares the wait for a
/// second header.
class Framer {
 public:
  explicit Framer(Codec announced);

  void push(const PesPiece& piece);
  /// Says that `packets` transport packets are missing here.
  void lose(unsigned packets);
  /// The next whole frame, or nothing until more is pushed.
  [[nodiscard]] std::optional<AccessUnit> next();
  /// Says that nothing follows: what waited only for a header behind it is
  /// ready for next().
  void finish();
  void reset();

  /// The codec that was found, kUnknown until one is.
  [[nodiscard]] Codec codec() const noexcept;
  /// Bytes that were no part of any frame.
  [[nodiscard]] std::uint64_t skipped() const noexcept;
};

}  // namespace xg2g::es
