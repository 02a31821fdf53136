// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>

#include "audio/decoder.h"
#include "es/framer.h"
#include "es/pes_reader.h"

namespace xg2g::audio {

/// Finds what AAC in ADTS that passes decodes to: its headers tell of the core
/// alone, SBR and PS are found by decoding a frame.
class AacInspector {
 public:
  /// Takes what a packet adds to the elementary stream; true where header()
  /// has become another. Costs next to nothing until the headers change.
  bool push(const es::PesPiece& piece);
  /// Of an ADTS frame, with the rate and channels that leave a decoder.
  [[nodiscard]] const es::FrameHeader& header() const noexcept {
    return header_;
  }

 private:
  struct Search {
    es::Framer framer{es::Codec::kAacAdts};
    std::unique_ptr<Decoder> decoder;
    std::size_t bytes = 0;
    unsigned frames = 0;
  };

  [[nodiscard]] bool is_news(const es::PesPiece& piece) const noexcept;
  [[nodiscard]] bool inspect(const es::AccessUnit& unit);
  [[nodiscard]] bool measure(const es::AccessUnit& unit);

  std::unique_ptr<Search> search_;
  bool searched_ = false;
  es::FrameHeader core_;  ///< As ADTS headers have it.
  es::FrameHeader header_;
};

}  // namespace xg2g::audio
