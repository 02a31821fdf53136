// SPDX-License-Identifier: MIT
#include "remux/audio_streams.h"

#include <algorithm>

namespace xg2g::remux {
namespace {

constexpr base::ClockTicks kRestSpacing = std::chrono::seconds(1);

void add(audio::TrackCounters& sum, const audio::TrackCounters& more) noexcept {
  sum.frames_in += more.frames_in;
  sum.frames_out += more.frames_out;
  sum.concealed += more.concealed;
  sum.gaps += more.gaps;
  sum.overlaps += more.overlaps;
  sum.discontinuities += more.discontinuities;
  sum.untimed += more.untimed;
}

}  // namespace

void AudioStreams::update(const std::map<std::uint16_t, StreamKind>& selected,
                          const PidTable& pids) {
  const auto gone = [&](const auto& stream) {
    return !selected.contains(stream->pid());
  };
  for (const auto& stream : streams_) {
    if (!gone(stream)) continue;
    stream->finish();
    retire(*stream);
  }
  std::erase_if(streams_, gone);
  for (const auto& [pid, kind] : selected) {
    if (AudioStream* known = find(pid)) {
      if (known->kind() != kind) known->announce(kind);
      continue;
    }
    const auto place = std::ranges::lower_bound(
        streams_, pid, {}, [](const auto& s) { return s->pid(); });
    streams_.insert(place, std::make_unique<AudioStream>(pid, kind, *context_));
    if (pids[pid].scrambled) find(pid)->expect_scrambled();
  }
}

void AudioStreams::foresee(std::span<const std::uint8_t> packets) {
  for (std::size_t at = 0; at < packets.size(); at += ts::kPacketSize) {
    const ts::Packet packet = ts::packet_at(packets, at);
    AudioStream* stream = find(packet.pid());
    if (stream != nullptr) stream->foresee(packet);
  }
}

AudioStream* AudioStreams::find(std::uint16_t pid) const noexcept {
  const auto place = std::ranges::lower_bound(
      streams_, pid, {}, [](const auto& s) { return s->pid(); });
  const bool found = place != streams_.end() && (*place)->pid() == pid;
  return found ? place->get() : nullptr;
}

void AudioStreams::tell_scrambled(const ProgramMap& map, base::ClockTicks now) {
  std::vector<AudioStream*> told;
  for (const auto& stream : streams_) {
    if (stream->untold()) told.push_back(stream.get());
  }
  if (told.empty()) return;
  const auto is_near = [&, first = told](const auto& stream) {
    return std::ranges::any_of(first, [&](const AudioStream* other) {
      return map.together(stream->pid(), other->pid());
    });
  };
  for (const auto& stream : streams_) {
    if (stream->is_blank() && is_near(stream)) stream->expect_scrambled();
    if (!stream->is_interrupted(now) || !is_near(stream)) continue;
    stream->become_scrambled();
    told.push_back(stream.get());
  }
  for (AudioStream* stream : told) stream->tell_scrambled();
  context_->announce();
  for (AudioStream* stream : told) stream->let_go();
}

void AudioStreams::rest(base::ClockTicks now) {
  if (!rest_due(now)) return;
  next_rest_ = now + kRestSpacing;
  for (const auto& stream : streams_) stream->rest(now);
}

void AudioStreams::finish() {
  for (const auto& stream : streams_) stream->finish();
}

void AudioStreams::clear() noexcept {
  for (const auto& stream : streams_) retire(*stream);
  streams_.clear();
}

void AudioStreams::retire(const AudioStream& stream) noexcept {
  add(retired_, stream.counters());
  retired_scrambled_ += stream.scrambled_packets();
}

audio::TrackCounters AudioStreams::counters() const noexcept {
  audio::TrackCounters sum = retired_;
  for (const auto& stream : streams_) add(sum, stream->counters());
  return sum;
}

std::uint64_t AudioStreams::scrambled_packets() const noexcept {
  std::uint64_t sum = retired_scrambled_;
  for (const auto& stream : streams_) sum += stream->scrambled_packets();
  return sum;
}

}  // namespace xg2g::remux
