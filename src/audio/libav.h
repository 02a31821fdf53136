// SPDX-License-Identifier: MIT
#pragma once

#include <cerrno>
#include <memory>
#include <new>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>
#include <libavutil/downmix_info.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
}

namespace xg2g::audio {

/// Hands on what libav* answers, but throws where it is that memory is out:
/// that says nothing of the sound.
inline int checked(int answer) {
  if (answer == AVERROR(ENOMEM)) throw std::bad_alloc();
  return answer;
}

/// Raises every message of a context above what any log level lets through:
/// the library prints nothing and leaves the process's log level alone. Only
/// the low 8 bits of a level count, so it is no larger.
inline constexpr int kSilence = 128;

struct CodecContextFree {
  void operator()(AVCodecContext* context) const noexcept {
    avcodec_free_context(&context);
  }
};
using CodecContext = std::unique_ptr<AVCodecContext, CodecContextFree>;

struct FrameFree {
  void operator()(AVFrame* frame) const noexcept { av_frame_free(&frame); }
};
using Frame = std::unique_ptr<AVFrame, FrameFree>;

struct PacketFree {
  void operator()(AVPacket* packet) const noexcept { av_packet_free(&packet); }
};
using Packet = std::unique_ptr<AVPacket, PacketFree>;

struct SwrFree {
  void operator()(SwrContext* context) const noexcept { swr_free(&context); }
};
using Swr = std::unique_ptr<SwrContext, SwrFree>;

/// Options for avcodec_open2().
class Options {
 public:
  Options() = default;
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  ~Options() { av_dict_free(&entries_); }

  void set(const char* key, const char* value) {
    (void)checked(av_dict_set(&entries_, key, value, 0));
  }
  [[nodiscard]] AVDictionary** get() noexcept { return &entries_; }

 private:
  AVDictionary* entries_ = nullptr;
};

}  // namespace xg2g::audio
