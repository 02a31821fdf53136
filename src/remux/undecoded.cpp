// SPDX-License-Identifier: MIT
#include "remux/undecoded.h"

#include "es/mpeg_audio_header.h"

namespace xg2g::remux {

std::optional<es::FrameHeader> find_undecoded(const es::PesPiece& piece,
                                              es::Codec announced) noexcept {
  if (!piece.starts) return std::nullopt;
  const auto codec = es::recognize_undecoded(piece.bytes);
  if (codec != es::Codec::kUnknown) return es::FrameHeader{.codec = codec};
  if (announced != es::Codec::kMpegAudio) return std::nullopt;
  return es::parse_free_format_header(piece.bytes);
}

std::optional<es::FrameHeader> find_undecoded(const ts::Packet& packet,
                                              es::Codec announced) {
  if (packet.scrambled() || packet.transport_error()) return std::nullopt;
  es::PesReader reader;
  return find_undecoded(reader.push(packet.payload(), packet.unit_start()),
                        announced);
}

}  // namespace xg2g::remux
