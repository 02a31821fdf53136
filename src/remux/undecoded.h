// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "es/frame_header.h"
#include "es/pes_reader.h"
#include "ts/packet.h"

namespace xg2g::remux {

/// Sound that is known and not decoded, where a PES packet begins with it: DTS,
/// AC-4, TrueHD, and MPEG audio in free format, with what its header says,
/// where `announced` is MPEG audio: anything might begin with its syncword.
[[nodiscard]] std::optional<es::FrameHeader> find_undecoded(
    const es::PesPiece& piece, es::Codec announced) noexcept;
/// The same of a transport packet that is not scrambled.
[[nodiscard]] std::optional<es::FrameHeader> find_undecoded(
    const ts::Packet& packet, es::Codec announced);

}  // namespace xg2g::remux
