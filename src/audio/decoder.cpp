// SPDX-License-Identifier: MIT
#include "audio/decoder.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>
#include <string>

#include "audio/libav.h"
#include "audio/peak.h"
#include "es/ac3_header.h"
#include "es/mpeg_audio_header.h"

namespace xg2g::audio {

struct Decoder::Libav {
  CodecContext context;
  Packet packet;
  Frame frame;
  Frame spare;
};

namespace {

/// More than any codec can ask for: E-AC-3 with 8 dependent frames.
constexpr std::size_t kLargestUnit = 64 * 1024;
/// No frame of any codec is longer.
constexpr int kMostSamples = 8192;
/// 24 dB over full scale is no sound, and neither are NaN and infinities.
constexpr float kLoudest = 16.0F;
/// So many damaged frames in a row mean that the CRC itself is wrong.
constexpr int kCrcDistrust = 32;
/// Dependent frames of a unit that libavcodec decodes.
constexpr unsigned kMostDependents = 1;
/// So many units later those that were not decoded are tried again.
constexpr unsigned kDependentsRetry = 256;
/// So many damaged frames in a row mean that dependent ones became others.
constexpr int kDependentsDistrust = 4;

/// What libavcodec is to recognize. Of layer I it checks the wrong bits where
/// it is joint stereo: that CRC is for layer1_crc_holds().
constexpr int recognition(std::uint8_t layer) noexcept {
  return layer == 1 ? AV_EF_EXPLODE : AV_EF_CRCCHECK | AV_EF_EXPLODE;
}

AVCodecID codec_id(es::Codec codec, std::uint8_t layer) noexcept {
  switch (codec) {
    case es::Codec::kMpegAudio:
      return layer == 1   ? AV_CODEC_ID_MP1
             : layer == 3 ? AV_CODEC_ID_MP3
                          : AV_CODEC_ID_MP2;
    case es::Codec::kAc3:
      return AV_CODEC_ID_AC3;
    case es::Codec::kEac3:
      return AV_CODEC_ID_EAC3;
    case es::Codec::kAacLatm:
      return AV_CODEC_ID_AAC_LATM;
    case es::Codec::kAacAdts:
      return AV_CODEC_ID_AAC;
    default:
      return AV_CODEC_ID_NONE;
  }
}

/// The decoder that gives planar floats.
const AVCodec* find_codec(AVCodecID id) noexcept {
  switch (id) {
    case AV_CODEC_ID_MP1:
      return avcodec_find_decoder_by_name("mp1float");
    case AV_CODEC_ID_MP2:
      return avcodec_find_decoder_by_name("mp2float");
    case AV_CODEC_ID_MP3:
      return avcodec_find_decoder_by_name("mp3float");
    case AV_CODEC_ID_AC3:
      return avcodec_find_decoder_by_name("ac3");
    default:
      return avcodec_find_decoder(id);
  }
}

CodecContext open_context(const es::FrameHeader& header, int drc_percent) {
  const AVCodecID id = codec_id(header.codec, header.layer);
  const AVCodec* codec = find_codec(id);
  if (codec == nullptr) return nullptr;
  CodecContext context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  context->log_level_offset = kSilence;
  context->err_recognition = recognition(header.layer);
  Options options;
  if (id == AV_CODEC_ID_AC3 || id == AV_CODEC_ID_EAC3) {
    options.set("drc_scale", std::to_string(drc_percent / 100.0).c_str());
  }
  const int answer = avcodec_open2(context.get(), codec, options.get());
  if (checked(answer) < 0) return nullptr;
  return context;
}

Role role_of(AVChannel channel) noexcept {
  switch (channel) {
    case AV_CHAN_FRONT_LEFT:
    case AV_CHAN_STEREO_LEFT:
      return Role::kLeft;
    case AV_CHAN_FRONT_RIGHT:
    case AV_CHAN_STEREO_RIGHT:
      return Role::kRight;
    case AV_CHAN_FRONT_CENTER:
      return Role::kCentre;
    case AV_CHAN_LOW_FREQUENCY:
    case AV_CHAN_LOW_FREQUENCY_2:
      return Role::kLfe;
    case AV_CHAN_BACK_LEFT:
      return Role::kBackLeft;
    case AV_CHAN_BACK_RIGHT:
      return Role::kBackRight;
    case AV_CHAN_BACK_CENTER:
      return Role::kBackCentre;
    case AV_CHAN_SIDE_LEFT:
    case AV_CHAN_SURROUND_DIRECT_LEFT:
      return Role::kSideLeft;
    case AV_CHAN_SIDE_RIGHT:
    case AV_CHAN_SURROUND_DIRECT_RIGHT:
      return Role::kSideRight;
    case AV_CHAN_FRONT_LEFT_OF_CENTER:
    case AV_CHAN_WIDE_LEFT:
    case AV_CHAN_TOP_FRONT_LEFT:
    case AV_CHAN_TOP_BACK_LEFT:
    case AV_CHAN_TOP_SIDE_LEFT:
      return Role::kExtraLeft;
    case AV_CHAN_FRONT_RIGHT_OF_CENTER:
    case AV_CHAN_WIDE_RIGHT:
    case AV_CHAN_TOP_FRONT_RIGHT:
    case AV_CHAN_TOP_BACK_RIGHT:
    case AV_CHAN_TOP_SIDE_RIGHT:
      return Role::kExtraRight;
    case AV_CHAN_TOP_CENTER:
    case AV_CHAN_TOP_FRONT_CENTER:
    case AV_CHAN_TOP_BACK_CENTER:
      return Role::kExtraCentre;
    default:
      return Role::kNone;
  }
}

Layout layout_of(const AVChannelLayout& channels) noexcept {
  Layout layout;
  layout.count = static_cast<std::size_t>(channels.nb_channels);
  for (std::size_t i = 0; i < layout.count; ++i) {
    layout.roles[i] = role_of(av_channel_layout_channel_from_index(
        &channels, static_cast<unsigned>(i)));
  }
  return or_usual(layout);
}

/// True for what the E-AC-3 decoder stands in where a frame has no mixing
/// metadata (ETSI TS 102 366, E.1.3.1.14): that is not the stream's word.
bool stands_in(const AVDownmixInfo& info) noexcept {
  const auto is = [](double level, double decibels) {
    return std::abs(20 * std::log10(level) - decibels) < 0.1;
  };
  return is(info.center_mix_level, -4.5) && is(info.surround_mix_level, -6) &&
         is(info.center_mix_level_ltrt, -3) &&
         is(info.surround_mix_level_ltrt, -3);
}

MixLevels levels_of(const AVFrame& frame, AVCodecID id) noexcept {
  const AVFrameSideData* side =
      av_frame_get_side_data(&frame, AV_FRAME_DATA_DOWNMIX_INFO);
  if (side == nullptr) return {};
  AVDownmixInfo info;
  std::memcpy(&info, side->data, sizeof info);
  if (id == AV_CODEC_ID_EAC3 && stands_in(info)) return {};
  return {static_cast<float>(info.center_mix_level),
          static_cast<float>(info.surround_mix_level)};
}

/// An access unit of E-AC-3; of other codecs all is independent.
struct Substreams {
  std::span<const std::uint8_t> independent;
  unsigned dependents = 0;
};

Substreams find_substreams(std::span<const std::uint8_t> unit) noexcept {
  Substreams found{unit, 0};
  auto header = es::parse_ac3_header(unit);
  if (!header || header->codec != es::Codec::kEac3) return found;
  std::size_t end = std::min<std::size_t>(header->size, unit.size());
  found.independent = unit.first(end);
  while ((header = es::parse_ac3_header(unit.subspan(end))) &&
         header->dependent && header->size <= unit.size() - end) {
    end += header->size;
    ++found.dependents;
  }
  return found;
}

bool plausible(const AVFrame& frame) noexcept {
  return frame.format == AV_SAMPLE_FMT_FLTP && frame.nb_samples > 0 &&
         frame.nb_samples <= kMostSamples && frame.decode_error_flags == 0 &&
         frame.ch_layout.nb_channels > 0 &&
         frame.ch_layout.nb_channels <= static_cast<int>(kMaxInputs);
}

}  // namespace

std::unique_ptr<Decoder> Decoder::open(const es::FrameHeader& header,
                                       int drc_percent) {
  auto libav = std::make_unique<Libav>();
  libav->context = open_context(header, drc_percent);
  if (!libav->context) return nullptr;
  libav->packet.reset(av_packet_alloc());
  libav->frame.reset(av_frame_alloc());
  libav->spare.reset(av_frame_alloc());
  if (!libav->packet || !libav->frame || !libav->spare ||
      av_new_packet(libav->packet.get(), kLargestUnit) < 0) {
    throw std::bad_alloc();
  }
  return std::unique_ptr<Decoder>(
      new Decoder(header.codec, header.layer, std::move(libav)));
}

Decoder::Decoder(es::Codec codec, std::uint8_t layer,
                 std::unique_ptr<Libav> libav)
    : codec_(codec), layer_(layer), libav_(std::move(libav)) {}

Decoder::~Decoder() = default;

bool Decoder::decodes(const es::FrameHeader& header) const noexcept {
  return header.codec == codec_ && header.layer == layer_;
}

std::optional<Decoded> Decoder::decode(std::span<const std::uint8_t> bytes) {
  if (auto decoded = decode_unit(bytes)) {
    if (damaged_in_a_row_ < kCrcDistrust) damaged_in_a_row_ = 0;
    return decoded;
  }
  if (damaged_in_a_row_ >= kCrcDistrust) {
    trust_crc();  // It was not the CRC.
  } else if (++damaged_in_a_row_ == kCrcDistrust) {
    libav_->context->err_recognition = 0;
  }
  return {};
}

/// Where dependent frames cannot be decoded, the independent one is the sound,
/// as it is to older receivers.
std::optional<Decoded> Decoder::decode_unit(
    std::span<const std::uint8_t> bytes) {
  const Substreams it = find_substreams(bytes);
  if (it.dependents == 0) return decode_frames(bytes);
  // It may have been damage that looked like a codec of its own.
  if (undecodable_ != 0 && ++undecoded_ % kDependentsRetry == 0) {
    undecodable_ = 0;
  }
  if (it.dependents <= kMostDependents && it.dependents != undecodable_) {
    if (auto decoded = decode_frames(bytes)) {
      decodable_ = it.dependents;
      return decoded;
    }
    const bool damaged =
        it.dependents == decodable_ && damaged_in_a_row_ < kDependentsDistrust;
    if (damaged) return {};
  }
  auto decoded = decode_frames(it.independent);
  if (decoded) undecodable_ = it.dependents;
  return decoded;
}

std::optional<Decoded> Decoder::decode_frames(
    std::span<const std::uint8_t> bytes) {
  const bool checked = libav_->context->err_recognition != 0;
  const bool damaged = layer_ == 1 && checked && !es::layer1_crc_holds(bytes);
  if (damaged || !load(bytes) || !run()) return {};
  return describe();
}

void Decoder::reset() noexcept {
  avcodec_flush_buffers(libav_->context.get());
  trust_crc();
}

void Decoder::trust_crc() noexcept {
  damaged_in_a_row_ = 0;
  libav_->context->err_recognition = recognition(layer_);
}

/// Copies the unit to where the decoder may read past its end.
bool Decoder::load(std::span<const std::uint8_t> bytes) {
  if (bytes.empty() || bytes.size() > kLargestUnit) return false;
  AVPacket& packet = *libav_->packet;
  constexpr std::size_t kPadding = AV_INPUT_BUFFER_PADDING_SIZE;
  packet.data = packet.buf->data;
  packet.size = static_cast<int>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), packet.data);
  std::fill_n(packet.data + bytes.size(), kPadding, std::uint8_t{0});
  return true;
}

bool Decoder::run() {
  AVCodecContext* context = libav_->context.get();
  const bool sent =
      checked(avcodec_send_packet(context, libav_->packet.get())) >= 0;
  const bool got =
      sent && checked(avcodec_receive_frame(context, libav_->frame.get())) >= 0;
  // Whatever else was in the unit: one access unit is one frame.
  while (sent && avcodec_receive_frame(context, libav_->spare.get()) >= 0) {
  }
  return got;
}

std::optional<Decoded> Decoder::describe() const noexcept {
  const AVFrame& frame = *libav_->frame;
  if (!plausible(frame) || libav_->context->sample_rate <= 0) return {};
  Decoded decoded;
  // Not the frame's: MPEG audio's first one after a change has the old rate.
  decoded.rate = libav_->context->sample_rate;
  decoded.layout = layout_of(frame.ch_layout);
  decoded.levels = levels_of(frame, libav_->context->codec_id);
  decoded.sound.count = static_cast<std::size_t>(frame.nb_samples);
  for (std::size_t i = 0; i < decoded.layout.count; ++i) {
    const auto* samples =
        reinterpret_cast<const float*>(frame.extended_data[i]);
    if (!(peak_of(samples, decoded.sound.count) < kLoudest)) return {};
    decoded.sound.channels[i] = samples;
  }
  return decoded;
}

}  // namespace xg2g::audio
