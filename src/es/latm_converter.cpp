// SPDX-License-Identifier: MIT
#include "es/latm_converter.h"

#include <algorithm>

#include "es/audio_specific_config.h"
#include "es/latm_header.h"

namespace xg2g::es {
namespace {

constexpr std::size_t kMaxSubFrames = 64;  // numSubFrames has 6 bits
constexpr std::size_t kBufferSize =
    kLoasMaxSize + kMaxSubFrames * kAdtsHeaderSize;

/// ISO/IEC 14496-3, 1.7.3.1, LatmGetValue().
std::uint32_t read_value(base::BitReader& reader) noexcept {
  const std::uint32_t bytes = reader.read(2) + 1;
  return reader.read(8 * bytes);
}

/// ISO/IEC 14496-3, 1.7.3.1, PayloadLengthInfo() of frameLengthType 0: bytes.
std::size_t read_payload_length(base::BitReader& reader) noexcept {
  std::size_t length = 0;
  std::uint32_t part = 255;
  while (part == 255 && reader.ok()) {
    part = reader.read(8);
    length += part;
  }
  return length;
}

// ISO/IEC 14496-3, 1.6.5: SBR at up to twice this rate may be inside without
// being signalled, and only decoding would tell.
constexpr std::uint32_t kMaxImplicitSbrRate = 24'000;

/// What ADTS says of a stream, if it can say all of it.
std::optional<AdtsFormat> to_adts(const AudioSpecificConfig& config) noexcept {
  const auto index = aac_sample_rate_index(config.sample_rate);
  const bool plain =
      config.whole && config.object_type == kAotAacLc && !config.sbr &&
      !config.ps && !config.short_frames && !config.depends_on_core_coder &&
      (config.no_sbr || config.sample_rate > kMaxImplicitSbrRate);
  if (!plain || !index || aac_channels(config.channel_configuration) == 0) {
    return std::nullopt;
  }
  return AdtsFormat{*index,
                    static_cast<std::uint8_t>(config.channel_configuration)};
}

/// Reads the AudioSpecificConfig of a layer; with audioMuxVersion 1 its length
/// stands in front of it.
std::optional<AudioSpecificConfig> read_config(
    base::BitReader& reader, bool audio_mux_version) noexcept {
  if (!audio_mux_version) {
    return parse_audio_specific_config(reader, std::nullopt);
  }
  const std::size_t length = read_value(reader);
  const std::size_t start = reader.position();
  auto config = parse_audio_specific_config(reader, length);
  const std::size_t taken = reader.position() - start;
  if (taken > length) return std::nullopt;
  reader.skip(length - taken);  // fillBits
  return config;
}

void skip_other_data_length(base::BitReader& reader,
                            bool audio_mux_version) noexcept {
  if (audio_mux_version) {
    (void)read_value(reader);  // otherDataLenBits
    return;
  }
  bool escape = true;
  while (escape && reader.ok()) {
    escape = reader.flag();  // otherDataLenEsc
    reader.skip(8);
  }
}

}  // namespace

LatmConverter::LatmConverter() : buffer_(kBufferSize) {
  frames_.reserve(kMaxSubFrames);
}

LatmConverter::Kind LatmConverter::push(std::span<const std::uint8_t> unit) {
  frames_.clear();
  filled_ = 0;
  const auto header = parse_latm_header(unit);
  if (!header || unit.size() < header->size) return Kind::kUnknown;

  // ISO/IEC 14496-3, 1.7.3.1, AudioMuxElement(1)
  base::BitReader reader(unit.first(header->size).subspan(kLoasHeaderSize));
  const bool use_same_stream_mux = reader.flag();
  if (!use_same_stream_mux && !accept(read_mux_config(reader))) {
    return Kind::kUnknown;
  }
  if (!config_) return Kind::kUnknown;
  if (!config_->convertible) return Kind::kNeedsDecoding;
  for (unsigned i = 0; i < config_->sub_frames; ++i) {
    if (take_frame(reader)) continue;
    frames_.clear();
    return Kind::kUnknown;
  }
  return Kind::kConvertible;
}

bool LatmConverter::accept(const std::optional<MuxConfig>& carried) noexcept {
  if (!carried) return false;
  if (config_ && *carried != *config_) {
    seen_ = carried == candidate_ ? seen_ + 1 : 1;
    candidate_ = carried;
    if (seen_ < kConfirmations) return false;
  }
  config_ = carried;
  candidate_.reset();
  return true;
}

void LatmConverter::reset() noexcept {
  config_.reset();
  candidate_.reset();
  frames_.clear();
}

std::uint32_t LatmConverter::sample_rate() const noexcept {
  if (!config_ || !config_->convertible) return 0;
  return aac_sample_rate(config_->format.sample_rate_index);
}

std::uint8_t LatmConverter::channels() const noexcept {
  if (!config_ || !config_->convertible) return 0;
  return aac_channels(config_->format.channel_configuration);
}

/// ISO/IEC 14496-3, 1.7.3.1, StreamMuxConfig(). What cannot be converted is
/// not read to its end.
std::optional<LatmConverter::MuxConfig> LatmConverter::read_mux_config(
    base::BitReader& reader) noexcept {
  MuxConfig config;
  const bool audio_mux_version = reader.flag();
  const bool audio_mux_version_a = audio_mux_version && reader.flag();
  if (audio_mux_version_a) return config;           // reserved
  if (audio_mux_version) (void)read_value(reader);  // taraBufferFullness
  const bool same_time_framing = reader.flag();
  config.sub_frames = reader.read(6) + 1;
  const std::uint32_t programs = reader.read(4) + 1;
  const std::uint32_t layers = reader.read(3) + 1;
  if (!reader.ok()) return std::nullopt;
  if (!same_time_framing || programs != 1 || layers != 1) return config;

  const bool described = read_layer(reader, audio_mux_version, config);
  if (!reader.ok()) return std::nullopt;
  config.convertible = described;
  return config;
}

bool LatmConverter::read_layer(base::BitReader& reader, bool audio_mux_version,
                               MuxConfig& config) noexcept {
  const auto audio = read_config(reader, audio_mux_version);
  const auto format = audio ? to_adts(*audio) : std::nullopt;
  if (!format) return false;
  config.format = *format;
  const std::uint32_t frame_length_type = reader.read(3);
  if (frame_length_type != 0) return false;
  reader.skip(8);  // latmBufferFullness
  if (reader.flag()) skip_other_data_length(reader, audio_mux_version);
  if (reader.flag()) reader.skip(8);  // crcCheckSum
  return true;
}

bool LatmConverter::take_frame(base::BitReader& reader) {
  const std::size_t size = read_payload_length(reader);
  if (!reader.ok() || size == 0 || size > kAdtsMaxPayload ||
      size > reader.remaining() / 8) {
    return false;
  }
  const auto header = make_adts_header(config_->format, size);
  const auto frame = std::span(buffer_).subspan(filled_, header.size() + size);
  auto out = std::copy(header.begin(), header.end(), frame.begin());
  for (; out != frame.end(); ++out) {
    *out = static_cast<std::uint8_t>(reader.read(8));
  }
  filled_ += frame.size();
  frames_.emplace_back(frame);
  return true;
}

}  // namespace xg2g::es
