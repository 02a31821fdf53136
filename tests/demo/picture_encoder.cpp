// SPDX-License-Identifier: MIT
#include "demo/picture_encoder.h"

#include <memory>
#include <stdexcept>

extern "C" {
#include <libavcodec/avcodec.h>
}

namespace xg2g::demo {
namespace {

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

Owned<AVCodecContext> open_encoder(int bit_rate) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MPEG2VIDEO);
  if (codec == nullptr) throw std::runtime_error("no MPEG-2 video encoder");
  Owned<AVCodecContext> context(avcodec_alloc_context3(codec));
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
  check(avcodec_open2(context.get(), codec, nullptr), "no MPEG-2 video");
  return context;
}

/// Sends one frame, or the end, and takes what comes out.
void encode(AVCodecContext& context, const AVFrame* frame,
            std::vector<EncodedPicture>& out) {
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

Owned<AVFrame> make_frame() {
  Owned<AVFrame> frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = Picture::kWidth;
  frame->height = Picture::kHeight;
  check(av_frame_get_buffer(frame.get(), 0), "no memory for a picture");
  return frame;
}

}  // namespace

std::vector<EncodedPicture> encode_picture(
    int count, int bit_rate, const std::function<void(int, Picture&)>& draw) {
  const Owned<AVCodecContext> context = open_encoder(bit_rate);
  const Owned<AVFrame> frame = make_frame();
  std::vector<EncodedPicture> out;
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

}  // namespace xg2g::demo
