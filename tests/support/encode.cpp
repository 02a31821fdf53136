// SPDX-License-Identifier: MIT
#include "support/encode.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <span>

#include "audio/libav.h"

namespace xg2g::test {
namespace {

using audio::Frame;
using audio::Packet;
using Context = audio::CodecContext;

Context open_encoder(const Coding& coding, std::size_t channels) {
  const AVCodec* codec = avcodec_find_encoder_by_name(coding.encoder.c_str());
  if (codec == nullptr) return nullptr;
  Context context(avcodec_alloc_context3(codec));
  context->log_level_offset = audio::kSilence;
  context->sample_rate = coding.sample_rate;
  context->bit_rate = coding.bit_rate;
  const bool mp2 = coding.encoder == "mp2";
  context->sample_fmt = mp2 ? AV_SAMPLE_FMT_S16 : AV_SAMPLE_FMT_FLTP;
  av_channel_layout_default(&context->ch_layout, static_cast<int>(channels));
  AVDictionary* options = nullptr;
  for (const auto& [key, value] : coding.options) {
    av_dict_set(&options, key.c_str(), value.c_str(), 0);
  }
  const int answer = avcodec_open2(context.get(), codec, &options);
  av_dict_free(&options);
  return answer < 0 ? nullptr : std::move(context);
}

Frame make_frame(const AVCodecContext& context) {
  Frame frame(av_frame_alloc());
  frame->nb_samples = context.frame_size;
  frame->format = context.sample_fmt;
  frame->sample_rate = context.sample_rate;
  av_channel_layout_copy(&frame->ch_layout, &context.ch_layout);
  av_frame_get_buffer(frame.get(), 0);
  return frame;
}

void fill_frame(const Sound& sound, std::size_t first, AVFrame& frame) {
  const auto count = static_cast<std::size_t>(frame.nb_samples);
  for (std::size_t c = 0; c < sound.size(); ++c) {
    const float* from = sound[c].data() + first;
    if (frame.format == AV_SAMPLE_FMT_FLTP) {
      std::memcpy(frame.extended_data[c], from, count * sizeof(float));
      continue;
    }
    auto* to = reinterpret_cast<std::int16_t*>(frame.data[0]) + c;
    for (std::size_t i = 0; i < count; ++i) {
      const float value = std::clamp(from[i] * 32768.0F, -32768.0F, 32767.0F);
      to[i * sound.size()] = static_cast<std::int16_t>(std::lrint(value));
    }
  }
}

Bytes with_adts_header(const AVCodecContext& context,
                       std::span<const std::uint8_t> payload) {
  const unsigned config =
      (unsigned{context.extradata[0]} << 8) | unsigned{context.extradata[1]};
  const es::AdtsFormat format = {static_cast<std::uint8_t>(config >> 7 & 15),
                                 static_cast<std::uint8_t>(config >> 3 & 15)};
  const auto header = es::make_adts_header(format, payload.size());
  Bytes bytes(header.begin(), header.end());
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  return bytes;
}

void take_packets(AVCodecContext& context, std::vector<CodedUnit>& units) {
  const Packet packet(av_packet_alloc());
  while (avcodec_receive_packet(&context, packet.get()) >= 0) {
    const std::span payload(packet->data,
                            static_cast<std::size_t>(packet->size));
    CodedUnit unit;
    unit.bytes = context.codec_id == AV_CODEC_ID_AAC
                     ? with_adts_header(context, payload)
                     : Bytes(payload.begin(), payload.end());
    unit.header =
        es::parse_frame_header(unit.bytes).value_or(es::FrameHeader{});
    units.push_back(std::move(unit));
    av_packet_unref(packet.get());
  }
}

const char* decoder_name(const es::FrameHeader& header) {
  switch (header.codec) {
    case es::Codec::kMpegAudio:
      return header.layer == 3 ? "mp3float" : "mp2float";
    case es::Codec::kAc3:
      return "ac3";
    case es::Codec::kEac3:
      return "eac3";
    case es::Codec::kAacLatm:
      return "aac_latm";
    default:
      return "aac";
  }
}

Sound decode_with(const char* name, std::size_t count,
                  const std::function<const Bytes&(std::size_t)>& unit) {
  const AVCodec* codec = avcodec_find_decoder_by_name(name);
  const Context context(avcodec_alloc_context3(codec));
  context->log_level_offset = audio::kSilence;
  if (avcodec_open2(context.get(), codec, nullptr) < 0) return {};
  const Frame frame(av_frame_alloc());
  const Packet packet(av_packet_alloc());
  Sound sound;
  for (std::size_t i = 0; i < count; ++i) {
    av_new_packet(packet.get(), static_cast<int>(unit(i).size()));
    std::copy(unit(i).begin(), unit(i).end(), packet->data);
    (void)avcodec_send_packet(context.get(), packet.get());
    av_packet_unref(packet.get());
    while (avcodec_receive_frame(context.get(), frame.get()) >= 0) {
      sound.resize(static_cast<std::size_t>(frame->ch_layout.nb_channels));
      for (std::size_t c = 0; c < sound.size(); ++c) {
        const auto* from = reinterpret_cast<float*>(frame->extended_data[c]);
        sound[c].insert(sound[c].end(), from, from + frame->nb_samples);
      }
    }
  }
  return sound;
}

}  // namespace

std::vector<CodedUnit> encode(const Coding& coding, const Sound& sound) {
  std::vector<CodedUnit> units;
  const Context context = open_encoder(coding, sound.size());
  if (!context) return units;
  const auto size = static_cast<std::size_t>(context->frame_size);
  for (std::size_t at = 0; at + size <= sound[0].size(); at += size) {
    const Frame frame = make_frame(*context);
    fill_frame(sound, at, *frame);
    if (avcodec_send_frame(context.get(), frame.get()) < 0) return {};
    take_packets(*context, units);
  }
  (void)avcodec_send_frame(context.get(), nullptr);
  take_packets(*context, units);
  return units;
}

std::vector<CodedUnit> cut_frames(const Bytes& file) {
  std::vector<CodedUnit> units;
  std::span<const std::uint8_t> rest(file);
  while (const auto header = es::parse_frame_header(rest)) {
    if (header->size > rest.size()) break;
    const auto bytes = rest.first(header->size);
    units.push_back({Bytes(bytes.begin(), bytes.end()), *header});
    rest = rest.subspan(header->size);
  }
  return units;
}

Sound decode(const std::vector<CodedUnit>& units) {
  if (units.empty()) return {};
  return decode_with(
      decoder_name(units.front().header), units.size(),
      [&](std::size_t i) -> const Bytes& { return units[i].bytes; });
}

Sound decode_adts(const std::vector<Bytes>& frames) {
  return decode_with("aac", frames.size(),
                     [&](std::size_t i) -> const Bytes& { return frames[i]; });
}

}  // namespace xg2g::test
