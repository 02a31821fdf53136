// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "audio/channels.h"
#include "audio/matrix.h"
#include "es/frame_header.h"

namespace xg2g::audio {

/// One decoded frame.
struct Decoded {
  Planar sound;  ///< Full scale is 1. Valid until the decoder's next call.
  int rate = 0;  ///< Hz.
  Layout layout;
  MixLevels levels;
};

/// Decodes the frames of one codec: MPEG audio, AC-3, E-AC-3, AAC.
class Decoder {
 public:
  /// Opens the decoder for frames like `header`; nullptr where there is none.
  /// A/52 dynamic range control is applied to `drc_percent`.
  [[nodiscard]] static std::unique_ptr<Decoder> open(
      const es::FrameHeader& header, int drc_percent);
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ~Decoder();

  /// True if frames like `header` are this decoder's.
  [[nodiscard]] bool decodes(const es::FrameHeader& header) const noexcept;
  /// Decodes one access unit. Nothing where it is damaged, which its CRC, the
  /// decoder or samples that are no sound tell. Dependent frames of E-AC-3 that
  /// cannot be decoded are left out.
  [[nodiscard]] std::optional<Decoded> decode(
      std::span<const std::uint8_t> bytes);
  /// Forgets the frames before: the next one does not continue them.
  void reset() noexcept;
  /// Believes the CRC again. Where every one of many frames in a row has a
  /// wrong one, it is not looked at for as long as the sound is good.
  void trust_crc() noexcept;

 private:
  struct Libav;

  Decoder(es::Codec codec, std::uint8_t layer, std::unique_ptr<Libav> libav);
  [[nodiscard]] std::optional<Decoded> decode_unit(
      std::span<const std::uint8_t> bytes);
  [[nodiscard]] std::optional<Decoded> decode_frames(
      std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool load(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool run();
  [[nodiscard]] std::optional<Decoded> describe() const noexcept;

  es::Codec codec_;
  std::uint8_t layer_;
  std::unique_ptr<Libav> libav_;
  int damaged_in_a_row_ = 0;  ///< Stays where the CRC is not believed.
  /// Dependent frames of the units that were decoded with them, and of those
  /// that could not be.
  unsigned decodable_ = 0;
  unsigned undecodable_ = 0;
  unsigned undecoded_ = 0;  ///< Units whose dependent frames were left out.
};

}  // namespace xg2g::audio
