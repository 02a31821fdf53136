// SPDX-License-Identifier: MIT
#include "capture_run.h"

#include <algorithm>

#include "support/captures.h"
#include "support/encode.h"
#include "support/stream_reader.h"

namespace xg2g::test {
namespace {

constexpr std::size_t kPacket = 188;
/// For sound that becomes ready with one packet.
constexpr std::size_t kRoom = 65'536;
constexpr std::size_t kStrides[] = {188, 192, 204};

bool fits(View stream, std::size_t first, std::size_t stride) {
  for (std::size_t at = first; at + kPacket <= stream.size(); at += stride) {
    if (stream[at] != 0x47) return false;
  }
  return true;
}

Bytes take(View stream, std::size_t first, std::size_t stride) {
  Bytes out;
  for (std::size_t at = first; at + kPacket <= stream.size(); at += stride) {
    put(out, stream.subspan(at, kPacket));
  }
  return out;
}

/// Frame behind frame from the first PTS on.
AvTimeline decode_plainly(View packets, std::uint16_t pid,
                          std::size_t channel) {
  Bytes file;
  const auto units = StreamReader(packets).pes(pid);
  for (const ReadPes& unit : units) put(file, unit.payload);
  const std::vector<CodedUnit> frames = cut_frames(file);
  const Sound sound = decode(frames);
  if (channel >= sound.size() || !units.front().pts) return {};
  const auto rate = static_cast<int>(frames.front().header.sample_rate);
  return {static_cast<std::int64_t>(*units.front().pts), rate, sound[channel]};
}

}  // namespace

Bytes packets_of(View stream) {
  for (const std::size_t stride : kStrides) {
    for (std::size_t first = 0; first < stride; ++first) {
      if (fits(stream, first, stride)) return take(stream, first, stride);
    }
  }
  return {};
}

std::vector<std::uint16_t> CaptureRun::replaced() const {
  std::vector<std::uint16_t> pids;
  for (const auto& [pid, stream] : streams) {
    const bool announced = stream.stream_type_in != stream.stream_type_out &&
                           stream.state != XG2G_STREAM_AAC;
    if (stream.frames_out > 0 || announced) pids.push_back(pid);
  }
  return pids;
}

AvTimeline CaptureRun::sound_in(std::uint16_t pid, std::size_t channel) const {
  if (const auto reader = AvformatReader::open(packets)) {
    AvTimeline sound = reader->timeline(pid, channel);
    if (!sound.samples.empty()) return sound;
  }
  // libavformat goes by stream_type and descriptors, and not all have those.
  return decode_plainly(packets, pid, channel);
}

CaptureRun run_capture(std::string_view name, std::size_t piece,
                       const xg2g_remux_options& options) {
  CaptureRun run;
  const auto recorded = read_capture(name);
  if (!recorded) return run;
  run.in = *recorded;
  run.packets = packets_of(run.in);
  const Handle handle = open_handle(options);
  Bytes buffer(2 * piece + kRoom);
  for (View rest = run.in; !rest.empty();) {
    const View part = rest.first(std::min(piece, rest.size()));
    rest = rest.subspan(part.size());
    const int answer = xg2g_audio_remux_process(
        handle.get(), part.data(), part.size(), buffer.data(), buffer.size());
    run.worst = std::min(run.worst, answer);
    put(run.out,
        View(buffer).first(static_cast<std::size_t>(std::max(answer, 0))));
  }
  put(run.out, finish(handle));
  run.stats = stats_of(handle);
  xg2g_remux_stream stream{};
  stream.struct_size = sizeof stream;
  for (std::uint32_t n = 0;
       xg2g_audio_remux_stream(handle.get(), n, &stream) == XG2G_OK; ++n) {
    run.streams[stream.pid] = stream;
  }
  return run;
}

}  // namespace xg2g::test
