// SPDX-License-Identifier: MIT
#include "records.h"

#include <algorithm>

namespace xg2g::ffi {

using remux::EventType;
using remux::StreamState;

static_assert(XG2G_CODEC_TRUEHD == static_cast<int>(es::Codec::kTrueHd));
static_assert(XG2G_STREAM_UNTIMED == static_cast<int>(StreamState::kUntimed));
static_assert(XG2G_EVENT_PSI_ERROR == static_cast<int>(EventType::kPsiError));

xg2g_remux_stats make_stats(const remux::Stats& stats) noexcept {
  xg2g_remux_stats record{};
  record.programs = stats.programs;
  record.streams = stats.streams;
  record.packet_size = stats.packet_size;
  record.bytes_in = stats.bytes_in;
  record.bytes_out = stats.bytes_out;
  record.bytes_dropped = stats.bytes_dropped;
  record.sync_losses = stats.sync_losses;
  record.packets = stats.packets.packets;
  record.transport_errors = stats.packets.transport_errors;
  record.continuity_errors = stats.packets.continuity_errors;
  record.duplicates = stats.packets.duplicates;
  record.psi_errors = stats.psi_errors;
  record.scrambled_packets = stats.scrambled_packets;
  record.frames_in = stats.audio.frames_in;
  record.frames_out = stats.audio.frames_out;
  record.frames_concealed = stats.audio.concealed;
  record.gaps = stats.audio.gaps;
  record.overlaps = stats.audio.overlaps;
  record.discontinuities = stats.audio.discontinuities;
  record.events_dropped = stats.events_dropped;
  record.stream_time = stats.time.count();
  return record;
}

xg2g_remux_stream make_stream(const remux::StreamReport& report) noexcept {
  xg2g_remux_stream record{};
  record.program_number = report.program_number;
  record.pmt_pid = report.pmt_pid;
  record.pcr_pid = report.pcr_pid;
  record.pid = report.pid;
  record.stream_type_in = report.stream_type_in;
  record.stream_type_out = report.stream_type_out;
  record.codec = static_cast<std::uint8_t>(report.codec);
  record.state = static_cast<std::uint8_t>(report.state);
  record.layer = report.header.layer;
  record.channels = report.header.channels;
  record.lfe = report.header.lfe ? 1 : 0;
  record.audio_type = report.audio_type;
  record.sample_rate = report.header.sample_rate;
  std::ranges::copy(report.language, record.language);
  const std::size_t length =
      std::min(report.kind.size(), sizeof record.kind - 1);
  std::ranges::copy(report.kind.substr(0, length), record.kind);
  record.packets = report.packets;
  record.continuity_errors = report.continuity_errors;
  record.frames_in = report.audio.frames_in;
  record.frames_out = report.audio.frames_out;
  record.frames_concealed = report.audio.concealed;
  record.gaps = report.audio.gaps;
  record.overlaps = report.audio.overlaps;
  record.discontinuities = report.audio.discontinuities;
  record.av_offset =
      report.av_offset ? report.av_offset->count() : XG2G_NO_AV_OFFSET;
  return record;
}

xg2g_remux_event make_event(const remux::Event& event) noexcept {
  xg2g_remux_event record{};
  record.type = static_cast<std::uint16_t>(event.type);
  record.pid = event.pid;
  record.value = event.value;
  record.packet = event.packet;
  return record;
}

}  // namespace xg2g::ffi
