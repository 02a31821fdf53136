// SPDX-License-Identifier: MIT
#include "audio/encoder.h"

#include <algorithm>
#include <new>
#include <string>
#include <utility>

#include "audio/libav.h"
#include "base/bit_reader.h"

namespace xg2g::audio {

struct Encoder::Libav {
  CodecContext context;
  Frame frame;
  Packet packet;
};

namespace {

/// The layouts that ADTS can name without a program_config_element, in
/// libavcodec's words; the order of channels is output_layout()'s.
AVChannelLayout channel_layout(int channels) noexcept {
  switch (channels) {
    case 1:
      return AV_CHANNEL_LAYOUT_MONO;
    case 2:
      return AV_CHANNEL_LAYOUT_STEREO;
    case 3:
      return AV_CHANNEL_LAYOUT_SURROUND;
    case 4:
      return AV_CHANNEL_LAYOUT_4POINT0;
    case 5:
      return AV_CHANNEL_LAYOUT_5POINT0_BACK;
    case 6:
      return AV_CHANNEL_LAYOUT_5POINT1_BACK;
    default:
      return AV_CHANNEL_LAYOUT_7POINT1;
  }
}

/// Gives each packet room for the largest one: blocks of one size come from
/// the pool again and again, those of a packet's own size would not.
int give_room(AVCodecContext*, AVPacket* packet, int) noexcept {
  constexpr int kPadding = AV_INPUT_BUFFER_PADDING_SIZE;
  constexpr int kRoom = static_cast<int>(es::kAdtsMaxPayload) + kPadding;
  if (packet->size > kRoom - kPadding) return AVERROR(EINVAL);
  packet->buf = av_buffer_alloc(kRoom);
  if (packet->buf == nullptr) return AVERROR(ENOMEM);
  packet->data = packet->buf->data;
  return 0;
}

CodecContext make_context(const AVCodec& codec, const Format& format) {
  CodecContext context(avcodec_alloc_context3(&codec));
  if (!context) throw std::bad_alloc();
  context->log_level_offset = kSilence;
  context->sample_rate = format.sample_rate;
  context->sample_fmt = AV_SAMPLE_FMT_FLTP;
  context->bit_rate = format.bit_rate;
  context->ch_layout = channel_layout(format.channels);
  context->get_encode_buffer = give_room;
  context->flags |= AV_CODEC_FLAG_BITEXACT;  // No name of the encoder inside.
  return context;
}

Frame make_frame(const AVCodecContext& context) {
  Frame frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  frame->nb_samples = static_cast<int>(Encoder::kBlock);
  frame->format = context.sample_fmt;
  frame->sample_rate = context.sample_rate;
  if (av_channel_layout_copy(&frame->ch_layout, &context.ch_layout) < 0 ||
      av_frame_get_buffer(frame.get(), 0) < 0) {
    throw std::bad_alloc();
  }
  return frame;
}

/// What ADTS repeats of the AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1).
es::AdtsFormat adts_format(const AVCodecContext& context) noexcept {
  base::BitReader reader(
      {context.extradata, static_cast<std::size_t>(context.extradata_size)});
  reader.skip(5);  // audioObjectType
  es::AdtsFormat format;
  format.sample_rate_index = static_cast<std::uint8_t>(reader.read(4));
  format.channel_configuration = static_cast<std::uint8_t>(reader.read(4));
  return format;
}

base::Error refused(const Format& format, const std::string& why) {
  return {"AAC-LC at " + std::to_string(format.sample_rate) + " Hz, " +
          std::to_string(format.channels) + " channels, " +
          std::to_string(format.bit_rate) + " bit/s: " + why};
}

std::string reason(int code) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(code, text.data(), text.size());
  return text.data();
}

}  // namespace

base::Result<std::unique_ptr<Encoder>> Encoder::open(const Format& format) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
  if (codec == nullptr) return refused(format, "no encoder in libavcodec");
  auto libav = std::make_unique<Libav>();
  libav->context = make_context(*codec, format);
  Options options;
  options.set("aac_coder", "fast");
  const int answer = avcodec_open2(libav->context.get(), codec, options.get());
  if (checked(answer) < 0) return refused(format, reason(answer));
  const es::AdtsFormat adts = adts_format(*libav->context);
  if (adts.channel_configuration == 0) {
    return refused(format, "its channels have no ADTS configuration");
  }
  libav->frame = make_frame(*libav->context);
  libav->packet.reset(av_packet_alloc());
  if (!libav->packet) throw std::bad_alloc();
  return std::unique_ptr<Encoder>(new Encoder(std::move(libav), adts));
}

Encoder::Encoder(std::unique_ptr<Libav> libav, es::AdtsFormat format)
    : libav_(std::move(libav)), format_(format) {}

Encoder::~Encoder() = default;

float* Encoder::channel(std::size_t index) noexcept {
  return reinterpret_cast<float*>(libav_->frame->extended_data[index]);
}

std::span<const std::uint8_t> Encoder::encode() {
  AVCodecContext* context = libav_->context.get();
  AVPacket& packet = *libav_->packet;
  if (checked(avcodec_send_frame(context, libav_->frame.get())) < 0 ||
      checked(avcodec_receive_packet(context, &packet)) < 0) {
    return {};
  }
  const auto size = static_cast<std::size_t>(packet.size);
  if (size > es::kAdtsMaxPayload) return {};
  const auto header = es::make_adts_header(format_, size);
  std::copy(header.begin(), header.end(), out_.begin());
  std::copy_n(packet.data, size, out_.begin() + es::kAdtsHeaderSize);
  av_packet_unref(&packet);
  return {out_.data(), es::kAdtsHeaderSize + size};
}

}  // namespace xg2g::audio
