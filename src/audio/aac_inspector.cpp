// SPDX-License-Identifier: MIT
#include "audio/aac_inspector.h"

#include <algorithm>
#include <span>

#include "es/adts_header.h"

namespace xg2g::audio {
namespace {

/// SBR that no header tells of is where the core has no higher rate (ISO/IEC
/// 14496-3, 4.6.18.2.6).
constexpr std::uint32_t kHighestImplicitCore = 24'000;
/// Frames until mono that a decoder gives as stereo is taken for mono: PS has
/// begun by then, if there is any.
constexpr unsigned kMostFrames = 48;
/// Bytes without a frame after which none is expected.
constexpr std::size_t kMostBytes = std::size_t{64} * 1024;

bool is_same_core(const es::FrameHeader& a, const es::FrameHeader& b) noexcept {
  return a.sample_rate == b.sample_rate && a.channels == b.channels;
}

/// True where both channels are the same: libavcodec gives mono with SBR as
/// stereo, for there may be PS.
bool is_twice_the_same(const Planar& sound) noexcept {
  return std::ranges::equal(std::span(sound.channels[0], sound.count),
                            std::span(sound.channels[1], sound.count));
}

}  // namespace

bool AacInspector::push(const es::PesPiece& piece) {
  if (!search_) {
    if (searched_ && !is_news(piece)) return false;
    search_ = std::make_unique<Search>();
    searched_ = true;
  }
  search_->framer.push(piece);
  search_->bytes += piece.bytes.size();
  while (const auto unit = search_->framer.next()) {
    if (!inspect(*unit)) continue;
    search_.reset();
    return true;
  }
  if (search_->bytes > kMostBytes && search_->frames == 0) search_.reset();
  return false;
}

/// True where a PES packet begins with the header of another core.
bool AacInspector::is_news(const es::PesPiece& piece) const noexcept {
  if (!piece.starts) return false;
  const auto header = es::parse_adts_header(piece.bytes);
  return header && !is_same_core(*header, core_);
}

/// True where nothing more is to be learned from what follows.
bool AacInspector::inspect(const es::AccessUnit& unit) {
  if (unit.header.codec != es::Codec::kAacAdts) return false;
  ++search_->frames;
  core_ = unit.header;
  header_ = unit.header;
  return unit.header.sample_rate > kHighestImplicitCore || measure(unit) ||
         search_->frames >= kMostFrames;
}

/// Decodes a unit; true where header_ says what comes out.
bool AacInspector::measure(const es::AccessUnit& unit) {
  auto& decoder = search_->decoder;
  if (!decoder) decoder = Decoder::open(unit.header, 0);
  if (!decoder) return true;
  const auto decoded = decoder->decode(unit.bytes);
  if (!decoded) return false;
  header_.sample_rate = static_cast<std::uint32_t>(decoded->rate);
  const bool mono = core_.channels == 1 && decoded->layout.count == 2;
  if (mono && is_twice_the_same(decoded->sound)) return false;
  header_.channels = static_cast<std::uint8_t>(decoded->layout.count);
  header_.lfe = decoded->layout.has(Role::kLfe);
  return true;
}

}  // namespace xg2g::audio
