// SPDX-License-Identifier: MIT
#include "remux/remuxer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "remux/first_look.h"
#include "remux/pmt_policy.h"
#include "remux/routes.h"
#include "remux/selection.h"
#include "ts/packetizer.h"

namespace xg2g::remux {
namespace {

using ts::Packet;

/// How long sound waits for the PMT that names it.
constexpr std::size_t kMostUnknown = std::size_t{512} * 1024;
constexpr base::ClockTicks kLongestUnknown = std::chrono::seconds(1);
/// How many packets behind the first PMT wait for sound or picture: 64 take
/// 20 ms of a stream of 5 Mbit/s.
constexpr std::size_t kMostGated = 64 * ts::kPacketSize;
constexpr base::ClockTicks kLongestGated = std::chrono::milliseconds(200);

template <typename Take>
void for_each_packet(std::span<const std::uint8_t> packets, Take take) {
  for (std::size_t at = 0; at < packets.size(); at += ts::kPacketSize) {
    take(ts::packet_at(packets, at));
  }
}

}  // namespace

Remuxer::Remuxer(Options options)
    : options_(std::move(options)),
      audio_context_{options_.format, continuity_,
                     events_,         times_,
                     output_,         [this] { psi_.announce_changes(); }},
      psi_(
          aac_profile_and_level(options_.format.sample_rate,
                                options_.format.channels),
          [this](std::uint16_t pid) { return carries_adts(pid); }, events_,
          continuity_, output_),
      streams_(audio_context_),
      unknown_(kMostUnknown, kLongestUnknown),
      gate_(kMostGated, kLongestGated) {
  pids_[ts::kPatPid].route = Route::kPat;
}

Remuxer::Answer Remuxer::process(std::span<const std::uint8_t> in,
                                 std::span<std::uint8_t> out) {
  if (ended_ && !in.empty()) reset();
  bytes_in_ += in.size();
  sync_.feed(in);
  return run(out, false);
}

Remuxer::Answer Remuxer::flush(std::span<std::uint8_t> out) {
  if (ended_) return run(out, false);
  sync_.finish();
  return run(out, true);
}

Remuxer::Answer Remuxer::run(std::span<std::uint8_t> out, bool ending) {
  output_.open(out);
  const std::uint64_t dropped = sync_.dropped();
  for (auto run = sync_.next_run(); !run.empty(); run = sync_.next_run()) {
    note_sync();
    route_run(run);
  }
  note_sync();
  bool not_ts = std::exchange(barren_, sync_.barren()) != sync_.barren();
  if (ending) {
    not_ts = not_ts || (!found_sync_ && sync_.dropped() != dropped);
    end_stream();
  }
  if (not_ts) {
    output_.close_and_keep();
    return {.bytes = 0, .not_ts = true};
  }
  return {.bytes = output_.close(), .not_ts = false};
}

void Remuxer::note_sync() {
  if (locks_ == sync_.locks() && losses_ == sync_.losses()) return;
  events_.at_packet(pids_.counters().packets);
  if (std::exchange(losses_, sync_.losses()) != sync_.losses()) {
    events_.add(EventType::kSyncLost, ts::kNullPid,
                static_cast<std::int64_t>(sync_.dropped()));
  }
  if (std::exchange(locks_, sync_.locks()) != sync_.locks()) {
    found_sync_ = true;
    events_.add(EventType::kSync, ts::kNullPid,
                static_cast<std::int64_t>(sync_.packet_size()));
  }
}

/// Packets in a row that pass leave as one block.
void Remuxer::route_run(std::span<const std::uint8_t> run) {
  std::size_t block = 0;
  for (std::size_t at = 0; at < run.size(); at += ts::kPacketSize) {
    const Packet packet = ts::packet_at(run, at);
    if (passes(packet)) continue;
    output_.write(run.subspan(block, at - block));
    block = at + ts::kPacketSize;
    route(packet);
  }
  output_.write(run.subspan(block));
}

/// Counts a packet, and reads what is to be read of one that passes; true if it
/// is such.
bool Remuxer::passes(const Packet& packet) {
  const PidState& pid = pids_.count(packet);
  if (!packet.plain() && look_closer(packet, pid.timed)) return false;
  return pid.route == Route::kPass && liveness_ != Liveness::kWaiting;
}

/// True where there is more to do than to let it pass. Out of line, so that the
/// loop over packets that pass keeps its registers.
[[gnu::noinline]] bool Remuxer::look_closer(const Packet& packet, bool timed) {
  if (packet.has_adaptation_field()) read_adaptation(packet);
  if (timed && packet.unit_start()) times_.read(packet);
  return streams_.rest_due(clock_.now());
}

/// Follows the PCRs, and time base discontinuities on their PID (2.4.3.5).
void Remuxer::read_adaptation(const Packet& packet) {
  if (packet.transport_error()) return;
  if (const auto pcr = packet.pcr()) clock_.push(packet.pid(), *pcr);
  if (!packet.discontinuity()) return;
  for (const Program& program : psi_.map().programs()) {
    if (!program.pmt || program.pmt->pcr_pid != packet.pid()) continue;
    for (const ts::PmtStream& stream : program.pmt->streams) {
      times_.forget(stream.pid);
      if (AudioStream* audio = streams_.find(stream.pid)) audio->discontinue();
    }
  }
}

void Remuxer::route(const Packet& packet) {
  events_.at_packet(pids_.counters().packets - 1);
  streams_.rest(clock_.now());
  if (liveness_ == Liveness::kWaiting) return wait_for_media(packet);
  dispatch(packet);
  if (!unknown_.empty() && unknown_.full(clock_.now())) stop_waiting();
}

// The way of a packet.
void Remuxer::dispatch(const Packet& packet) {
  switch (pids_[packet.pid()].route) {
    case Route::kPass:
      return output_.write(packet.bytes());
    case Route::kRenumber:
      return pass_renumbered(packet);
    case Route::kUnknown:
      return read_unknown(packet);
    case Route::kWaiting:
      return await_pmt(packet);
    case Route::kMedia:
      decide_liveness(Liveness::kOnAir);
      return pass_renumbered(packet);
    case Route::kPat:
      return read_pat(packet);
    case Route::kPmt:
      return read_pmt(packet);
    case Route::kAudio:
      return read_audio(packet);
  }
}

/// Before its PMT nothing is known of a PID: its packets pass, but where sound
/// may begin they wait.
void Remuxer::read_unknown(const Packet& packet) {
  PidState& pid = pids_[packet.pid()];
  FirstLook look = look_at(packet);
  if (packet.has_payload()) {
    // Where sound begins, it is for its stream to say whether that is true.
    pid.scrambled = packet.scrambled() && look != FirstLook::kMaybeSound;
  }
  if (pid.scrambled) look = FirstLook::kPicture;
  if (look == FirstLook::kMaybePmt && psi_.seeks()) {
    pid.route = Route::kPmt;
    return read_pmt(packet);
  }
  if (is_media(look)) media_begun_ = true;
  if (look != FirstLook::kMaybeSound || all_known_) {
    return pass_renumbered(packet);
  }
  pid.route = Route::kWaiting;
  pid.last_left = packet.counter_before();
  await_pmt(packet);
}

/// Keeps a packet until a PMT names its PID; its PCR leaves at its place.
void Remuxer::await_pmt(const Packet& packet) {
  if (!packet.has_pcr()) return unknown_.add(packet, clock_.now());
  continuity_.write_pcr(packet, pids_[packet.pid()].last_left, output_);
  if (!packet.has_payload()) return;
  unknown_.add(ts::without_time(packet).packet(), clock_.now());
}

/// Lets a packet pass, as it came unless others on its PID were replaced.
void Remuxer::pass_renumbered(const Packet& packet) {
  auto* counter = continuity_.find(packet.pid());
  if (counter == nullptr) return output_.write(packet.bytes());
  ts::Packetizer(packet.pid(), *counter, output_).renumbered(packet);
}

void Remuxer::read_pat(const Packet& packet) {
  const bool updated = psi_.read_pat(packet);
  if (updated) apply_map();
  output_.write(packet.bytes());
  if (updated) tell_all();
}

void Remuxer::read_pmt(const Packet& packet) {
  const std::uint64_t errors = psi_.errors();
  const bool updated = psi_.read_pmt(packet);
  if (psi_.errors() != errors && psi_.map().damaged()) release_in_order();
  if (updated) apply_map();
  if (updated && liveness_ == Liveness::kUnknown) {
    if (!media_begun_ && !media_seen(psi_.map(), pids_)) {
      liveness_ = Liveness::kWaiting;  // its end writes the PMT
      return;
    }
    decide_liveness(Liveness::kOnAir);
  }
  psi_.write_pmt(packet.pid());
  if (!psi_.reads(packet.pid())) pids_[packet.pid()].route = Route::kUnknown;
  if (updated) tell_all();
}

/// After a change of the map: programs that share a PID say the same of it at
/// once, and what waited for its PMT goes its way.
void Remuxer::tell_all() {
  if (liveness_ == Liveness::kOnAir) psi_.announce_changes();
  release_unknown();
}

void Remuxer::read_audio(const Packet& packet) {
  AudioStream* stream = streams_.find(packet.pid());
  if (stream == nullptr) return output_.write(packet.bytes());
  if (liveness_ != Liveness::kOnAir) decide_liveness(Liveness::kOnAir);
  stream->push(packet, clock_.now());
  if (stream->untold()) streams_.tell_scrambled(psi_.map(), clock_.now());
}

bool Remuxer::carries_adts(std::uint16_t pid) const {
  const AudioStream* stream = streams_.find(pid);
  if (stream == nullptr || !stream->carries_adts()) return false;
  return liveness_ == Liveness::kOnAir ||
         stream->state() != StreamState::kWaiting;
}

/// Follows what PAT and PMTs say now.
void Remuxer::apply_map() {
  streams_.update(select_audio(psi_.map(), options_), pids_);
  all_known_ = all_known_ || psi_.map().complete();
  times_.follow(set_routes(pids_, {.psi = psi_,
                                   .streams = streams_,
                                   .continuity = continuity_,
                                   .on_air = liveness_ == Liveness::kOnAir,
                                   .none_waits = all_known_}));
  streams_.foresee(unknown_.packets());
  streams_.foresee(gate_.packets());
  psi_.invalidate();
}

/// Keeps what follows the first PMT until a packet of sound or picture tells
/// that the service is on air, or too much has come without.
void Remuxer::wait_for_media(const Packet& packet) {
  Route& route = pids_[packet.pid()].route;
  const FirstLook look = look_at(packet);
  const bool sign =
      route == Route::kMedia || route == Route::kAudio || is_media(look);
  gate_.add(packet, clock_.now());
  if (look == FirstLook::kMaybePmt && route == Route::kUnknown &&
      psi_.seeks()) {
    route = Route::kPmt;
  }
  if (route == Route::kPmt && psi_.read_ahead(packet)) apply_map();
  if (sign) return decide_liveness(Liveness::kOnAir);
  if (gate_.full(clock_.now())) decide_liveness(Liveness::kOffAir);
}

void Remuxer::decide_liveness(Liveness liveness) {
  const Liveness before = std::exchange(liveness_, liveness);
  if (before == liveness) return;
  apply_map();
  if (before == Liveness::kOffAir) psi_.announce_changes();
  if (before != Liveness::kWaiting) return;
  psi_.write_pmts();
  release_unknown();
  psi_.catch_up();
  const base::ByteQueue gated = gate_.take();
  for_each_packet(gated.view(),
                  [&](const Packet& packet) { dispatch(packet); });
}

/// Lets packets go whose PID has been named since they came.
void Remuxer::release_unknown() {
  const base::ClockTicks since = unknown_.since();
  const base::ByteQueue waiting = unknown_.take();
  for_each_packet(waiting.view(), [&](const Packet& packet) {
    Route& route = pids_[packet.pid()].route;
    if (route == Route::kWaiting) {
      if (!all_known_) return unknown_.add(packet, since);
      route = pass_route(packet.pid(), continuity_);
    }
    dispatch(packet);
  });
}

/// Lets pass what waited for a PMT that came and is damaged: it leaves before
/// it does. What comes now waits for the next.
void Remuxer::release_in_order() {
  const base::ByteQueue waiting = unknown_.let_go();
  for_each_packet(waiting.view(), [&](const Packet& packet) {
    if (packet.has_payload()) {
      pids_[packet.pid()].last_left = packet.continuity_counter();
    }
    pass_renumbered(packet);
  });
}

/// Gives up waiting for PMTs: what no one has named passes.
void Remuxer::stop_waiting() {
  all_known_ = true;
  apply_map();
  release_unknown();
}

void Remuxer::end_stream() {
  if (liveness_ == Liveness::kWaiting) decide_liveness(Liveness::kOffAir);
  stop_waiting();
  psi_.finish();
  streams_.finish();
  ended_ = true;
}

void Remuxer::reset() {
  sync_.reset();
  continuity_.restart();
  pids_.reset();
  pids_[ts::kPatPid].route = Route::kPat;
  clock_.restart();
  psi_.reset();
  streams_.clear();
  times_.follow({});
  liveness_ = Liveness::kUnknown;
  media_begun_ = false;
  all_known_ = false;
  (void)unknown_.take();
  (void)gate_.take();
  found_sync_ = false;
  ended_ = false;
}

void Remuxer::abandon() noexcept {
  output_.cancel();
  reset();
}

Stats Remuxer::stats() const {
  Stats stats;
  stats.programs = static_cast<std::uint32_t>(psi_.map().programs().size());
  for (const Program& program : psi_.map().programs()) {
    if (!program.pmt) continue;
    stats.streams += static_cast<std::uint32_t>(program.pmt->streams.size());
  }
  stats.packet_size = static_cast<std::uint32_t>(sync_.packet_size());
  stats.bytes_in = bytes_in_;
  stats.bytes_out = output_.written();
  stats.bytes_dropped = sync_.dropped();
  stats.sync_losses = sync_.losses();
  stats.psi_errors = psi_.errors();
  stats.scrambled_packets = streams_.scrambled_packets();
  stats.events_dropped = events_.dropped();
  stats.packets = pids_.counters();
  stats.audio = streams_.counters();
  stats.time = clock_.now();
  return stats;
}

std::optional<StreamReport> Remuxer::stream(std::size_t index) const {
  for (const Program& program : psi_.map().programs()) {
    if (!program.pmt) continue;
    if (index < program.pmt->streams.size()) {
      return report_stream(program, index, psi_.announcer(), streams_, pids_,
                           times_);
    }
    index -= program.pmt->streams.size();
  }
  return std::nullopt;
}

}  // namespace xg2g::remux
