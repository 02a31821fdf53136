// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "audio/channels.h"
#include "audio/format.h"
#include "base/result.h"
#include "es/adts_header.h"

namespace xg2g::audio {

/// Encodes blocks of sound as AAC-LC frames in ADTS.
///
/// The frame that the n-th call of encode() answers decodes to the block of
/// call n - kDelay: the first call answers none, the second one a frame that
/// stands before the first block and that its decoding needs.
class Encoder {
 public:
  static constexpr std::size_t kBlock = 1024;  // ISO/IEC 14496-3, 4.5.2.1
  static constexpr std::size_t kDelay = 2;

  /// The error says what libavcodec refused.
  [[nodiscard]] static base::Result<std::unique_ptr<Encoder>> open(
      const Format& format);
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;
  ~Encoder();

  /// Where the kBlock samples of a channel are to be put before encode().
  [[nodiscard]] float* channel(std::size_t index) noexcept;
  /// Encodes that block. The frame is valid until the next call; empty where
  /// there is none: at the first call, and where the encoder fails.
  [[nodiscard]] std::span<const std::uint8_t> encode();

 private:
  struct Libav;

  Encoder(std::unique_ptr<Libav> libav, es::AdtsFormat format);

  std::unique_ptr<Libav> libav_;
  es::AdtsFormat format_;
  std::array<std::uint8_t, es::kAdtsHeaderSize + es::kAdtsMaxPayload> out_{};
};

}  // namespace xg2g::audio
