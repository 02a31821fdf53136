// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/timestamp.h"
#include "es/codec.h"
#include "remux/announcer.h"
#include "remux/audio_stream.h"
#include "remux/audio_streams.h"
#include "remux/newest_times.h"
#include "remux/pid_table.h"
#include "remux/program_map.h"

namespace xg2g::remux {

/// Counters since the handle was opened, and the size of the stream now.
struct Stats {
  std::uint32_t programs = 0;
  std::uint32_t streams = 0;
  std::uint32_t packet_size = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
  std::uint64_t bytes_dropped = 0;
  std::uint64_t sync_losses = 0;
  std::uint64_t psi_errors = 0;
  std::uint64_t scrambled_packets = 0;
  std::uint64_t events_dropped = 0;
  PacketCounters packets;
  audio::TrackCounters audio;
  base::ClockTicks time{};
};

/// One elementary stream of the program map, for people.
struct StreamReport {
  std::uint16_t program_number = 0;
  std::uint16_t pmt_pid = 0;
  std::uint16_t pcr_pid = 0;
  std::uint16_t pid = 0;
  std::uint8_t stream_type_in = 0;
  std::uint8_t stream_type_out = 0;
  std::uint8_t audio_type = 0;
  std::array<char, 4> language{};
  StreamState state = StreamState::kOther;
  es::Codec codec = es::Codec::kUnknown;
  es::FrameHeader header;
  std::string_view kind;
  std::uint64_t packets = 0;
  std::uint64_t continuity_errors = 0;
  audio::TrackCounters audio;
  /// PTS of the newest sound that left less the decoding time of the newest
  /// picture; nothing where one of them is not known.
  std::optional<base::Ticks> av_offset;
};

/// audio::ffmpeg_version(), for those who see no further than this layer.
[[nodiscard]] const char* ffmpeg_version() noexcept;

/// The report of the stream at `index` of a program's PMT.
[[nodiscard]] StreamReport report_stream(const Program& program,
                                         std::size_t index,
                                         const Announcer& announcer,
                                         const AudioStreams& streams,
                                         const PidTable& pids,
                                         const NewestTimes& times);

}  // namespace xg2g::remux
