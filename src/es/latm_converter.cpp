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

// ISO/IEC 14496-3, 4.5.2.1.1: frameLengthFlag
constexpr std::uint32_t kShortFrameSamples = 960;

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

/// Where the AudioMuxElement(1) of a LOAS AudioSyncStream begins (ISO/IEC
/// 14496-3, 1.7.3.1); nothing where it is none, or not whole.
std::optional<base::BitReader> open_mux_element(
    std::span<const std::uint8_t> unit) noexcept {
  const auto header = parse_latm_header(unit);
  if (!header || unit.size() < header->size) return std::nullopt;
  return base::BitReader(unit.first(header->size).subspan(kLoasHeaderSize));
}

}  // namespace

LatmConverter::LatmConverter() : buffer_(kBufferSize) {
  frames_.reserve(kMaxSubFrames);
}

LatmConverter::State LatmConverter::learn(
    std::span<const std::uint8_t> unit) noexcept {
  if (auto reader = open_mux_element(unit); reader && !reader->flag()) {
    if (const auto carried = read_mux_config(*reader)) accept(*carried);
  }
  if (!config_) return State::kUnknown;
  return candidate_ ? State::kUndecided : State::kSettled;
}

void LatmConverter::accept(const MuxConfig& carried) noexcept {
  seen_ = candidate_ == carried ? seen_ + 1 : 1;
  const bool known = !config_ || carried == *config_;
  if (known || seen_ >= kConfirmations) {
    config_ = carried;
    candidate_.reset();
  } else {
    candidate_ = carried;
  }
}

bool LatmConverter::convert(std::span<const std::uint8_t> unit) {
  frames_.clear();
  filled_ = 0;
  auto reader = open_mux_element(unit);
  if (!reader || !convertible()) return false;
  const bool use_same_stream_mux = reader->flag();
  if (!use_same_stream_mux && !read_mux_config(*reader)) return false;
  for (unsigned i = 0; i < config_->sub_frames; ++i) {
    if (take_frame(*reader)) continue;
    frames_.clear();
    return false;
  }
  return true;
}

void LatmConverter::reset() noexcept {
  config_.reset();
  candidate_.reset();
  frames_.clear();
}

std::uint32_t LatmConverter::unit_samples() const noexcept {
  return config_ ? config_->sub_frames * config_->frame_samples : 0;
}

std::uint32_t LatmConverter::sample_rate() const noexcept {
  return config_ ? config_->sample_rate : 0;
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
  if (!audio) return false;
  config.sample_rate = audio->sample_rate;
  if (audio->short_frames) config.frame_samples = kShortFrameSamples;
  const auto format = to_adts(*audio);
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
