// SPDX-License-Identifier: MIT
#include "remux/report.h"

#include "audio/ffmpeg_version.h"
#include "remux/stream_kind.h"
#include "ts/audio_label.h"

namespace xg2g::remux {
namespace {

/// The state of a stream that nobody looks into.
StreamState unseen_state(const StreamKind& kind) noexcept {
  if (kind.handling == Handling::kDecode) return StreamState::kNotSelected;
  if (kind.handling == Handling::kEncrypted) return StreamState::kScrambled;
  if (kind.codec == es::Codec::kAacAdts) return StreamState::kAac;
  return kind.codec == es::Codec::kUnknown ? StreamState::kOther
                                           : StreamState::kUnsupported;
}

void add_audio(StreamReport& report, const AudioStream& stream) {
  report.codec = stream.codec() != es::Codec::kUnknown ? stream.codec()
                                                       : stream.kind().codec;
  report.state = stream.state();
  report.header = stream.header();
  report.audio = stream.counters();
  const bool watched = stream.kind().handling == Handling::kWatch;
  if (watched && report.state == StreamState::kWaiting) {
    report.state = unseen_state(stream.kind());
  }
}

/// When the newest picture of a program that left is decoded; of several, the
/// first in its PMT tells.
std::optional<std::uint64_t> picture_time(const ts::Pmt& pmt,
                                          const NewestTimes& times) {
  for (const ts::PmtStream& stream : pmt.streams) {
    const Medium medium = classify(stream, pmt.program_info).medium;
    if (medium != Medium::kPicture) continue;
    if (const auto time = times.find(stream.pid).decoding) return time;
  }
  return std::nullopt;
}

void add_offset(StreamReport& report, Medium medium, const ts::Pmt& pmt,
                const NewestTimes& times) {
  const bool sound =
      medium == Medium::kSound || report.codec != es::Codec::kUnknown;
  const auto pts = times.find(report.pid).pts;
  const auto picture = picture_time(pmt, times);
  if (!sound || !pts || !picture) return;
  report.av_offset = base::distance(*picture, *pts);
}

}  // namespace

const char* ffmpeg_version() noexcept { return audio::ffmpeg_version(); }

StreamReport report_stream(const Program& program, std::size_t index,
                           const Announcer& announcer,
                           const AudioStreams& streams, const PidTable& pids,
                           const NewestTimes& times) {
  const ts::PmtStream& in = program.pmt->streams[index];
  const StreamKind kind = classify(in, program.pmt->program_info);
  const ts::AudioLabel label =
      ts::audio_label_of(in, program.pmt->program_info);
  StreamReport report{.program_number = program.number,
                      .pmt_pid = program.pmt_pid,
                      .pcr_pid = program.pmt->pcr_pid,
                      .pid = in.pid,
                      .stream_type_in = in.stream_type,
                      .stream_type_out = in.stream_type,
                      .audio_type = label.audio_type,
                      .language = label.language(),
                      .state = unseen_state(kind),
                      .codec = kind.codec,
                      .header = {},
                      .kind = kind.name,
                      .packets = pids[in.pid].packets,
                      .continuity_errors = pids[in.pid].continuity_errors,
                      .audio = {},
                      .av_offset = {}};
  if (const AudioStream* stream = streams.find(in.pid)) {
    add_audio(report, *stream);
  }
  add_offset(report, kind.medium, *program.pmt, times);
  const ts::Pmt* out = announcer.announced(program.number);
  if (out != nullptr && index < out->streams.size()) {
    report.stream_type_out = out->streams[index].stream_type;
  }
  const auto name = codec_name(report.codec, report.header.layer);
  if (!name.empty()) report.kind = name;
  return report;
}

}  // namespace xg2g::remux
