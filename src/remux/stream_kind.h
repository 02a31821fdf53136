// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "es/codec.h"
#include "ts/pmt.h"

namespace xg2g::remux {

/// What is to be done with an elementary stream, as far as its PMT tells.
enum class Handling : std::uint8_t {
  kPass,       ///< Nothing here concerns us.
  kDecode,     ///< A codec that becomes AAC was announced.
  kWatch,      ///< Passes unless its payload turns out to be such a codec.
  kEncrypted,  ///< Frames that no one can decode: passes.
};

enum class Medium : std::uint8_t { kData, kSound, kPicture };

/// What a PMT announces an elementary stream to be.
struct StreamKind {
  Handling handling = Handling::kPass;
  es::Codec codec = es::Codec::kUnknown;  ///< The sound announced, if any.
  Medium medium = Medium::kData;
  std::string_view name;  ///< In a word, for people.

  friend bool operator==(const StreamKind&, const StreamKind&) = default;
};

/// Reads stream_type (ISO/IEC 13818-1, table 2-34; Blu-ray and ATSC values
/// besides) and descriptors; `program_info` is the PMT's outer loop.
[[nodiscard]] StreamKind classify(const ts::PmtStream& stream,
                                  std::span<const std::uint8_t> program_info);

[[nodiscard]] constexpr bool is_media(const StreamKind& kind) noexcept {
  return kind.medium != Medium::kData;
}

/// True for the codecs that become AAC in ADTS.
[[nodiscard]] constexpr bool becomes_adts(es::Codec codec) noexcept {
  return codec == es::Codec::kMpegAudio || codec == es::Codec::kAc3 ||
         codec == es::Codec::kEac3 || codec == es::Codec::kAacLatm;
}

/// The codec in a word, "" for none; `layer` tells MP1, MP2 and MP3 apart.
[[nodiscard]] std::string_view codec_name(es::Codec codec,
                                          std::uint8_t layer) noexcept;

}  // namespace xg2g::remux
