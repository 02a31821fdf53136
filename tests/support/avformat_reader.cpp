// SPDX-License-Identifier: MIT
#include "support/avformat_reader.h"

#include <algorithm>
#include <cmath>
#include <cstring>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace xg2g::test {
namespace {

constexpr std::int64_t kTicks = 90'000;

struct Deleter {
  void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
  void operator()(AVFrame* p) const { av_frame_free(&p); }
  void operator()(AVPacket* p) const { av_packet_free(&p); }
  void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
  void operator()(AVIOContext* p) const {
    av_freep(&p->buffer);
    avio_context_free(&p);
  }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

/// Hands a view to libavformat piece by piece.
struct Source {
  View stream;
  std::size_t at = 0;
};

int read_source(void* opaque, std::uint8_t* out, int size) {
  auto& source = *static_cast<Source*>(opaque);
  const std::size_t left = source.stream.size() - source.at;
  const std::size_t count = std::min(left, static_cast<std::size_t>(size));
  if (count == 0) return AVERROR_EOF;
  std::memcpy(out, source.stream.data() + source.at, count);
  source.at += count;
  return static_cast<int>(count);
}

Owned<AVIOContext> open_source(Source& source) {
  constexpr int kBuffer = 1 << 16;
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kBuffer));
  return Owned<AVIOContext>(avio_alloc_context(buffer, kBuffer, 0, &source,
                                               read_source, nullptr, nullptr));
}

Owned<AVFormatContext> open_format(AVIOContext* io) {
  AVFormatContext* format = avformat_alloc_context();
  format->pb = io;
  if (avformat_open_input(&format, nullptr, av_find_input_format("mpegts"),
                          nullptr) < 0) {
    return nullptr;
  }
  Owned<AVFormatContext> owned(format);
  if (avformat_find_stream_info(format, nullptr) < 0) return nullptr;
  return owned;
}

AvStream describe(const AVStream& stream) {
  const AVDictionaryEntry* entry =
      av_dict_get(stream.metadata, "language", nullptr, 0);
  return {stream.id, avcodec_get_name(stream.codecpar->codec_id),
          entry != nullptr ? entry->value : ""};
}

Owned<AVCodecContext> open_decoder(const std::string& name) {
  const AVCodecDescriptor* found = avcodec_descriptor_get_by_name(name.c_str());
  if (found == nullptr || found->type != AVMEDIA_TYPE_AUDIO) return nullptr;
  const AVCodec* codec = avcodec_find_decoder(found->id);
  if (codec == nullptr) return nullptr;
  Owned<AVCodecContext> context(avcodec_alloc_context3(codec));
  context->pkt_timebase = {1, static_cast<int>(kTicks)};
  context->thread_count = 1;
  if (avcodec_open2(context.get(), codec, nullptr) < 0) return nullptr;
  return context;
}

float read_sample(const AVFrame& frame, int channel, int n) {
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  const std::uint8_t* plane = frame.extended_data[planar ? channel : 0];
  const int at = planar ? n : n * frame.ch_layout.nb_channels + channel;
  if (av_get_packed_sample_fmt(format) == AV_SAMPLE_FMT_FLT) {
    float value = 0;
    std::memcpy(&value, plane + at * 4, 4);
    return value;
  }
  std::int16_t value = 0;
  std::memcpy(&value, plane + at * 2, 2);
  return static_cast<float>(value) / 32'768.0F;
}

AvAudio read_frame(const AVFrame& frame) {
  AvAudio out{frame.pts, frame.sample_rate, {}};
  for (int channel = 0; channel < frame.ch_layout.nb_channels; ++channel) {
    Samples& samples = out.channels.emplace_back();
    for (int n = 0; n < frame.nb_samples; ++n) {
      samples.push_back(read_sample(frame, channel, n));
    }
  }
  return out;
}

Owned<AVPacket> make_packet(const AvUnit& unit) {
  Owned<AVPacket> packet(av_packet_alloc());
  if (av_new_packet(packet.get(), static_cast<int>(unit.bytes.size())) < 0) {
    return nullptr;
  }
  std::copy(unit.bytes.begin(), unit.bytes.end(), packet->data);
  packet->pts = unit.pts.value_or(AV_NOPTS_VALUE);
  return packet;
}

/// Sends one unit, or the end of the stream, and takes what comes out.
void decode_unit(AVCodecContext& decoder, const AVPacket* packet,
                 std::vector<AvAudio>& out) {
  // A damaged unit is an error here and silence there; both go on.
  if (avcodec_send_packet(&decoder, packet) < 0) return;
  const Owned<AVFrame> frame(av_frame_alloc());
  while (avcodec_receive_frame(&decoder, frame.get()) >= 0) {
    if (frame->pts != AV_NOPTS_VALUE) out.push_back(read_frame(*frame));
  }
}

/// Where a frame stands in samples. Rounding to 90 kHz makes neighbours seem
/// a sample apart or one over the other; then they touch.
std::size_t place(const AvAudio& frame, const AvTimeline& timeline) {
  const double exact = static_cast<double>(frame.pts - timeline.start) *
                       frame.sample_rate / static_cast<double>(kTicks);
  const auto at = static_cast<std::int64_t>(std::llround(exact));
  const auto end = static_cast<std::int64_t>(timeline.samples.size());
  return static_cast<std::size_t>(
      std::abs(at - end) <= 1 ? end : std::max<std::int64_t>(at, 0));
}

}  // namespace

std::optional<AvformatReader> AvformatReader::open(View stream) {
  av_log_set_level(AV_LOG_FATAL);
  Source source{stream};
  const Owned<AVIOContext> io = open_source(source);
  const Owned<AVFormatContext> format = open_format(io.get());
  if (!format || format->nb_streams == 0) return std::nullopt;

  AvformatReader out;
  const Owned<AVPacket> packet(av_packet_alloc());
  while (av_read_frame(format.get(), packet.get()) >= 0) {
    AvUnit unit;
    unit.pid = format->streams[packet->stream_index]->id;
    if (packet->pts != AV_NOPTS_VALUE) unit.pts = packet->pts;
    unit.bytes.assign(packet->data, packet->data + packet->size);
    out.units_.push_back(std::move(unit));
    av_packet_unref(packet.get());
  }
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    out.streams_.push_back(describe(*format->streams[i]));
  }
  return out;
}

const AvStream* AvformatReader::find(int pid) const {
  const auto found =
      std::find_if(streams_.begin(), streams_.end(),
                   [pid](const AvStream& stream) { return stream.pid == pid; });
  return found == streams_.end() ? nullptr : &*found;
}

std::vector<AvUnit> AvformatReader::units(int pid) const {
  std::vector<AvUnit> out;
  std::copy_if(units_.begin(), units_.end(), std::back_inserter(out),
               [pid](const AvUnit& unit) { return unit.pid == pid; });
  return out;
}

std::vector<AvAudio> AvformatReader::decode(int pid) const {
  std::vector<AvAudio> out;
  const AvStream* stream = find(pid);
  if (stream == nullptr) return out;
  const Owned<AVCodecContext> decoder = open_decoder(stream->codec);
  if (!decoder) return out;
  for (const AvUnit& unit : units(pid)) {
    decode_unit(*decoder, make_packet(unit).get(), out);
  }
  decode_unit(*decoder, nullptr, out);
  return out;
}

AvTimeline AvformatReader::timeline(int pid, std::size_t channel) const {
  AvTimeline out;
  for (const AvAudio& frame : decode(pid)) {
    if (channel >= frame.channels.size()) continue;
    if (out.sample_rate == 0) {
      out.start = frame.pts;
      out.sample_rate = frame.sample_rate;
    }
    const Samples& samples = frame.channels[channel];
    const std::size_t at = place(frame, out);
    out.samples.resize(std::max(out.samples.size(), at + samples.size()));
    std::copy(samples.begin(), samples.end(),
              out.samples.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return out;
}

Delay measure_delay(const AvTimeline& reference, const AvTimeline& other,
                    std::size_t reach) {
  const double ahead = static_cast<double>(other.start - reference.start) *
                       reference.sample_rate / static_cast<double>(kTicks);
  const auto shift = static_cast<std::int64_t>(std::llround(ahead));
  // What one has before the other starts is cut off.
  const auto from = [](const AvTimeline& timeline, std::int64_t skip) {
    const auto count =
        static_cast<std::size_t>(std::max<std::int64_t>(skip, 0));
    return std::span<const float>(timeline.samples)
        .subspan(std::min(count, timeline.samples.size()));
  };
  Delay out = measure_delay(from(reference, shift), from(other, -shift), reach);
  out.samples += ahead - static_cast<double>(shift);
  return out;
}

}  // namespace xg2g::test
