// SPDX-License-Identifier: MIT
#include "codec_alone.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "audio/libav.h"
#include "support/encode.h"
#include "support/stream_reader.h"

namespace xg2g::bench {
namespace {

using audio::Frame;
using audio::Packet;
using Context = audio::CodecContext;

Context open_decoder() {
  const AVCodec* codec = avcodec_find_decoder_by_name("mp2float");
  Context context(avcodec_alloc_context3(codec));
  if (avcodec_open2(context.get(), codec, nullptr) < 0) return nullptr;
  return context;
}

Context open_encoder() {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
  Context context(avcodec_alloc_context3(codec));
  context->sample_rate = 48'000;
  context->sample_fmt = AV_SAMPLE_FMT_FLTP;
  context->bit_rate = 192'000;
  av_channel_layout_default(&context->ch_layout, 2);
  AVDictionary* options = nullptr;
  av_dict_set(&options, "aac_coder", "fast", 0);
  const int answer = avcodec_open2(context.get(), codec, &options);
  av_dict_free(&options);
  return answer < 0 ? nullptr : std::move(context);
}

/// Blocks of 1024 samples out of frames of 1152.
class Encoding {
 public:
  Encoding() : encoder_(open_encoder()) {
    block_->nb_samples = encoder_->frame_size;
    block_->format = encoder_->sample_fmt;
    block_->sample_rate = encoder_->sample_rate;
    av_channel_layout_copy(&block_->ch_layout, &encoder_->ch_layout);
    av_frame_get_buffer(block_.get(), 0);
  }

  std::size_t push(const AVFrame& frame) {
    std::size_t bytes = 0;
    for (int at = 0; at < frame.nb_samples;) {
      const int count =
          std::min(frame.nb_samples - at, block_->nb_samples - fill_);
      for (int c = 0; c < 2; ++c) {
        std::memcpy(block_->data[c] + fill_ * 4, frame.data[c] + at * 4,
                    static_cast<std::size_t>(count) * 4);
      }
      at += count;
      fill_ += count;
      if (fill_ == block_->nb_samples) bytes += encode();
    }
    return bytes;
  }

 private:
  std::size_t encode() {
    fill_ = 0;
    std::size_t bytes = 0;
    (void)avcodec_send_frame(encoder_.get(), block_.get());
    while (avcodec_receive_packet(encoder_.get(), packet_.get()) >= 0) {
      bytes += static_cast<std::size_t>(packet_->size);
      av_packet_unref(packet_.get());
    }
    return bytes;
  }

  Context encoder_;
  Frame block_{av_frame_alloc()};
  Packet packet_{av_packet_alloc()};
  int fill_ = 0;
};

}  // namespace

CodecsAlone::CodecsAlone(const Stream& stream) {
  const test::StreamReader reader(stream.bytes);
  test::Bytes file;
  for (const auto& unit : reader.pes(stream.audio_pid)) {
    test::put(file, unit.payload);
  }
  for (auto& unit : test::cut_frames(file)) {
    bytes_ += unit.bytes.size();
    unit.bytes.resize(unit.bytes.size() + AV_INPUT_BUFFER_PADDING_SIZE);
    frames_.push_back(std::move(unit.bytes));
  }
}

std::size_t CodecsAlone::run() const {
  const Context decoder = open_decoder();
  const Frame frame(av_frame_alloc());
  const Packet packet(av_packet_alloc());
  Encoding encoding;
  std::size_t written = 0;
  for (const test::Bytes& bytes : frames_) {
    packet->data = const_cast<std::uint8_t*>(bytes.data());
    packet->size =
        static_cast<int>(bytes.size()) - AV_INPUT_BUFFER_PADDING_SIZE;
    (void)avcodec_send_packet(decoder.get(), packet.get());
    while (avcodec_receive_frame(decoder.get(), frame.get()) >= 0) {
      written += encoding.push(*frame);
    }
  }
  return written;
}

}  // namespace xg2g::bench
