// SPDX-License-Identifier: MIT
#include "demo/encoder.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>
}

namespace xg2g::demo {
namespace {

constexpr int kSampleRate = 48'000;

struct Deleter {
  void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
  void operator()(AVFrame* p) const { av_frame_free(&p); }
  void operator()(AVPacket* p) const { av_packet_free(&p); }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

void check(int code, const char* what) {
  if (code < 0) throw std::runtime_error(what);
}

Owned<AVCodecContext> make_context(const std::string& name) {
  const AVCodec* codec = avcodec_find_encoder_by_name(name.c_str());
  if (codec == nullptr) {
    throw std::runtime_error("libavcodec has no encoder " + name);
  }
  return Owned<AVCodecContext>(avcodec_alloc_context3(codec));
}

Owned<AVCodecContext> open_picture(int bit_rate) {
  Owned<AVCodecContext> context = make_context("mpeg2video");
  context->width = Picture::kWidth;
  context->height = Picture::kHeight;
  context->pix_fmt = AV_PIX_FMT_YUV420P;
  context->sample_aspect_ratio = {16, 15};
  context->time_base = {1, Picture::kRate};
  context->framerate = {Picture::kRate, 1};
  context->gop_size = 12;
  context->max_b_frames = 2;
  context->bit_rate = bit_rate;
  context->rc_min_rate = bit_rate;
  context->rc_max_rate = bit_rate;
  context->rc_buffer_size = bit_rate / 2;
  context->thread_count = 1;
  check(avcodec_open2(context.get(), context->codec, nullptr), "mpeg2video");
  return context;
}

Owned<AVCodecContext> open_sound(const std::string& name, int bit_rate,
                                 std::size_t channels) {
  Owned<AVCodecContext> context = make_context(name);
  context->sample_rate = kSampleRate;
  context->time_base = {1, kSampleRate};
  context->bit_rate = bit_rate;
  context->sample_fmt = name == "mp2" ? AV_SAMPLE_FMT_S16 : AV_SAMPLE_FMT_FLTP;
  const AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO;
  const AVChannelLayout surround = AV_CHANNEL_LAYOUT_5POINT1;
  context->ch_layout = channels == 6 ? surround : stereo;
  check(avcodec_open2(context.get(), context->codec, nullptr), "sound encoder");
  return context;
}

/// Sends one frame, or the end, and takes what comes out.
void encode(AVCodecContext& context, const AVFrame* frame,
            std::vector<AccessUnit>& out) {
  check(avcodec_send_frame(&context, frame), "encoding failed");
  const Owned<AVPacket> packet(av_packet_alloc());
  while (avcodec_receive_packet(&context, packet.get()) >= 0) {
    const auto to_ticks = [&](std::int64_t time) {
      return base::Ticks(
          av_rescale_q(time, context.time_base, AVRational{1, 90'000}));
    };
    out.push_back({to_ticks(packet->pts), to_ticks(packet->dts),
                   (packet->flags & AV_PKT_FLAG_KEY) != 0,
                   test::Bytes(packet->data, packet->data + packet->size)});
    av_packet_unref(packet.get());
  }
}

Owned<AVFrame> make_picture_frame() {
  Owned<AVFrame> frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = Picture::kWidth;
  frame->height = Picture::kHeight;
  check(av_frame_get_buffer(frame.get(), 0), "no memory for a picture");
  return frame;
}

/// A frame of the encoder's own size, which is that of an access unit.
Owned<AVFrame> make_sound_frame(const AVCodecContext& context) {
  Owned<AVFrame> frame(av_frame_alloc());
  frame->format = context.sample_fmt;
  frame->nb_samples = context.frame_size;
  frame->sample_rate = context.sample_rate;
  check(av_channel_layout_copy(&frame->ch_layout, &context.ch_layout),
        "no memory for a layout");
  check(av_frame_get_buffer(frame.get(), 0), "no memory for sound");
  return frame;
}

void put_sample(AVFrame& frame, std::size_t channel, int n, float value) {
  if (frame.format == AV_SAMPLE_FMT_FLTP) {
    reinterpret_cast<float*>(frame.extended_data[channel])[n] = value;
    return;
  }
  const auto channels = static_cast<std::size_t>(frame.ch_layout.nb_channels);
  auto* samples = reinterpret_cast<std::int16_t*>(frame.extended_data[0]);
  samples[static_cast<std::size_t>(n) * channels + channel] =
      static_cast<std::int16_t>(std::lrint(value * 32'767.0F));
}

void fill(AVFrame& frame, const std::vector<test::Samples>& channels,
          std::size_t from) {
  for (std::size_t channel = 0; channel < channels.size(); ++channel) {
    for (int n = 0; n < frame.nb_samples; ++n) {
      const std::size_t at = from + static_cast<std::size_t>(n);
      const test::Samples& samples = channels[channel];
      put_sample(frame, channel, n, at < samples.size() ? samples[at] : 0.0F);
    }
  }
}

}  // namespace

std::vector<AccessUnit> encode_picture(
    int count, int bit_rate, const std::function<void(int, Picture&)>& draw) {
  const Owned<AVCodecContext> context = open_picture(bit_rate);
  const Owned<AVFrame> frame = make_picture_frame();
  std::vector<AccessUnit> out;
  for (int n = 0; n < count; ++n) {
    check(av_frame_make_writable(frame.get()), "no memory for a picture");
    Picture picture{
        {frame->data[0], frame->data[1], frame->data[2]},
        {frame->linesize[0], frame->linesize[1], frame->linesize[2]}};
    draw(n, picture);
    frame->pts = n;
    encode(*context, frame.get(), out);
  }
  encode(*context, nullptr, out);
  return out;
}

std::vector<AccessUnit> encode_sound(
    const std::string& encoder, int bit_rate,
    const std::vector<test::Samples>& channels) {
  const Owned<AVCodecContext> context =
      open_sound(encoder, bit_rate, channels.size());
  std::vector<AccessUnit> out;
  const auto step = static_cast<std::size_t>(context->frame_size);
  for (std::size_t at = 0; at < channels.at(0).size(); at += step) {
    const Owned<AVFrame> frame = make_sound_frame(*context);
    fill(*frame, channels, at);
    frame->pts = static_cast<std::int64_t>(at);
    encode(*context, frame.get(), out);
  }
  encode(*context, nullptr, out);
  return out;
}

}  // namespace xg2g::demo
