// SPDX-License-Identifier: MIT
#include "remux/audio_stream.h"

#include "remux/undecoded.h"
#include "ts/packetizer.h"

namespace xg2g::remux {
namespace {

using ts::Packet;

/// How long packets wait for their codec to be known.
constexpr std::size_t kMostHeld = std::size_t{512} * 1024;
constexpr base::ClockTicks kLongestHold = std::chrono::seconds(1);
/// How much scrambled sound is taken for an interruption.
constexpr std::size_t kMostScrambled = std::size_t{96} * 1024;
constexpr base::ClockTicks kLongestScrambled = std::chrono::seconds(1);

}  // namespace

AudioStream::AudioStream(std::uint16_t pid, const StreamKind& kind,
                         AudioContext& context)
    : pid_(pid),
      kind_(kind),
      context_(context),
      phase_(Phase::kWatching),
      output_(pid, context),
      framer_(kind.codec),
      writer_(pid, context),
      track_(context.format, context.tracks_left) {
  announce(kind);
}

void AudioStream::announce(const StreamKind& kind) noexcept {
  kind_ = kind;
  refused_ = false;
  if (phase_ == Phase::kWatching && state_ == StreamState::kWaiting &&
      kind.handling == Handling::kDecode) {
    phase_ = Phase::kProbing;
  }
}

void AudioStream::foresee(const Packet& packet) {
  if (phase_ != Phase::kProbing || !find_undecoded(packet, kind_.codec)) return;
  change_state(StreamState::kUnsupported);
  phase_ = Phase::kWatching;
}

void AudioStream::expect_scrambled() {
  bits_.believe();
  start(Phase::kScrambled);
  change_state(StreamState::kScrambled);
}

// Where nothing was promised, the bits are believed: nothing waits for that.
void AudioStream::push(const Packet& packet, base::ClockTicks now) {
  const bool promised =
      kind_.handling == Handling::kDecode || becomes_adts(codec_);
  if (bits_.passes(packet) || (!promised && !bits_.waits())) {
    return proceed(packet, now);
  }
  if (is_blank() && bits_.is_idle(packet)) {
    ++scrambled_packets_;
    return output_.pass(packet);
  }
  bits_.push(packet, now);
  if (!promised) bits_.believe();
  if (bits_.waits() && packet.has_pcr()) {
    output_.begin_behind(packet.counter_before());
    output_.pcr(packet);
    bits_.strip_pcr();
  }
  while (const auto next = bits_.next()) proceed(*next, now);
}

// A PCR leaves at its place, whatever becomes of the packet.
void AudioStream::proceed(const Packet& packet, base::ClockTicks now) {
  if (packet.transport_error()) return push_damaged(packet, now);
  if (phase_ != Phase::kReplacing || !packet.has_pcr()) {
    return take(packet, now);
  }
  output_.pcr(packet);
  ts::PacketCopy rest(packet);
  rest.remove_pcr();
  take(rest.packet(), now);
}

// The way of a packet: scrambling, continuity, then by phase.
void AudioStream::take(const Packet& packet, base::ClockTicks now) {
  if (packet.has_payload()) follow_scrambling(packet, now);
  if (phase_ == Phase::kReplacing) return replace(packet, now);
  follow(packet);
  if (phase_ == Phase::kUntold) return held_.add(packet, now, output_);
  if (phase_ == Phase::kScrambled) return output_.pass(packet);
  phase_ == Phase::kProbing ? probe(packet, now) : watch(packet, now);
}

void AudioStream::follow(const Packet& packet) {
  input_.follow(packet);
  output_.begin_behind(input_.before_first());
  if (packet.discontinuity()) discontinue();
}

/// Nothing in a packet with transport_error_indicator can be relied on.
void AudioStream::push_damaged(const Packet& packet, base::ClockTicks now) {
  if (phase_ == Phase::kReplacing && held_.empty()) return;
  if (held_.empty()) return output_.pass(packet);
  held_.add(packet, now, output_);
}

/// Changes between clear and scrambled. What is scrambled for less than a
/// second while sound is decoded is lost to it.
void AudioStream::follow_scrambling(const Packet& packet,
                                    base::ClockTicks now) {
  shown_ = true;
  if (packet.scrambled()) {
    ++scrambled_packets_;
    if (phase_ == Phase::kReplacing && held_.empty()) finish_order();
    if (phase_ == Phase::kUntold || phase_ == Phase::kScrambled) return;
    const bool enough = phase_ != Phase::kReplacing ||
                        held_.over(kMostScrambled, kLongestScrambled, now);
    if (enough) become_scrambled();
    return;
  }
  if (phase_ == Phase::kScrambled) become_clear();
  if (phase_ == Phase::kReplacing) held_.clear();
}

void AudioStream::become_scrambled() {
  flush_track();
  start(Phase::kUntold);
  if (carries_adts()) return;  // the PMT has something to take back
  tell_scrambled();
  let_go();
}

bool AudioStream::is_interrupted(base::ClockTicks now) const noexcept {
  return phase_ == Phase::kReplacing &&
         held_.over(kMostScrambled, kLongestScrambled / 2, now);
}

void AudioStream::let_go() {
  phase_ = Phase::kScrambled;
  held_.release(output_);
}

void AudioStream::become_clear() {
  start(kind_.handling == Handling::kDecode ? Phase::kProbing
                                            : Phase::kWatching);
  output_.await_pes();
  discontinue();
  const bool before = carries_adts();
  change_state(StreamState::kWaiting);
  // Other tracks become clear at about the same time: the PMT tells of all.
  if (carries_adts() != before) writer_.announce_next();
}

void AudioStream::start(Phase phase) noexcept {
  phase_ = phase;
  order_ = {};
  timed_ = false;
  input_.reset();
  framer_.reset();
}

void AudioStream::discontinue() {
  writer_.discontinue();
  input_.discontinue();
}

void AudioStream::watch(const Packet& packet, base::ClockTicks now) {
  const es::PesPiece piece = input_.read(packet, framer_);
  timed_ = timed_ || piece.pts;
  if (refused_ || piece.bytes.empty()) return output_.pass(packet);
  const bool aac =
      state_ == StreamState::kAac || kind_.codec == es::Codec::kAacAdts;
  if (aac && aac_.push(piece)) {
    header_ = aac_.header();
    settle(StreamState::kAac);
  }
  if (looks_again()) return look_again(packet, piece);
  if (!piece.starts) return output_.pass(packet);
  const auto header = es::parse_frame_header(piece.bytes);
  if (header && needs_proof(header->codec)) {
    framer_.reset();
    framer_.push(piece);
    phase_ = Phase::kProbing;
    held_.add(packet, now, output_);
    return decide(now);
  }
  if (header && header->codec == es::Codec::kAacAdts) {
    settle(StreamState::kAac);
  } else if (meets_undecoded(piece)) {
    settle(StreamState::kUnsupported);
  }
  output_.pass(packet);
}

/// True from where a PES packet begins with a codec that is not decoded.
bool AudioStream::meets_undecoded(const es::PesPiece& piece) {
  if (!piece.starts) return undecoded_;
  const auto header = find_undecoded(piece, kind_.codec);
  undecoded_ = header.has_value();
  if (!header) return false;
  header_ = *header;
  set_codec(header->codec);
  return true;
}

/// Lets packets pass until their payload is sound after all.
void AudioStream::look_again(const Packet& packet, const es::PesPiece& piece) {
  if (meets_undecoded(piece)) return output_.pass(packet);
  framer_.push(piece);
  const auto unit = next_unit();
  if (framer_.codec() == es::Codec::kAacAdts) settle(StreamState::kAac);
  if (!timed_ || !becomes_adts(framer_.codec())) return output_.pass(packet);
  begin_replacing();
  if (phase_ != Phase::kReplacing) return output_.pass(packet);
  output_.pcr(packet);
  if (unit) deliver(*unit);
  drain();
}

void AudioStream::probe(const Packet& packet, base::ClockTicks now) {
  const es::PesPiece piece = input_.read(packet, framer_);
  timed_ = timed_ || piece.pts;
  if (!packet.unit_start() && held_.empty()) return output_.pass(packet);
  held_.add(packet, now, output_);
  if (meets_undecoded(piece)) return settle(StreamState::kUnsupported);
  framer_.push(piece);
  decide(now);
}

/// The next unit that can be placed: before the first PTS there is none.
std::optional<es::AccessUnit> AudioStream::next_unit() {
  auto unit = framer_.next();
  while (unit && !timed_ && becomes_adts(unit->header.codec)) {
    header_ = unit->header;
    unit = framer_.next();
  }
  return unit;
}

/// Ends probing once the payload has told its codec and a PTS, or time is up.
void AudioStream::decide(base::ClockTicks now) {
  const auto unit = next_unit();
  const es::Codec found = framer_.codec();
  if (found == es::Codec::kAacAdts) {
    if (unit) header_ = unit->header;
    return settle(StreamState::kAac);
  }
  if (becomes_adts(found) && timed_) {
    begin_replacing();
    if (unit && phase_ == Phase::kReplacing) {
      deliver(*unit);
      drain();
    }
    return;
  }
  if (held_.over(kMostHeld, kLongestHold, now)) {
    if (becomes_adts(found)) return settle(StreamState::kUntimed);
    if (kind_.handling == Handling::kDecode) {
      return settle(StreamState::kUnrecognized);
    }
    refuse(StreamState::kOther);
  }
}

/// From here on AAC leaves.
void AudioStream::begin_replacing() {
  if (const auto refusal = track_.enter()) return refuse(*refusal);
  held_.clear();
  backlog_.clear();
  order_ = {};
  phase_ = Phase::kReplacing;
}

void AudioStream::rest(base::ClockTicks now) {
  if (state_ == StreamState::kTooMany) refused_ = !track_.has_room();
  if (!track_.rests(now)) return;
  if (phase_ == Phase::kReplacing) finish_track();
  track_.close();
}

/// Lets the packets pass, held ones first.
void AudioStream::settle(StreamState state) {
  if (state == StreamState::kAac) set_codec(es::Codec::kAacAdts);
  if (state == StreamState::kUntimed) set_codec(framer_.codec());
  set_state(state);
  writer_.announce();
  held_.release(output_);
  phase_ = Phase::kWatching;
}

void AudioStream::replace(const Packet& packet, base::ClockTicks now) {
  if (packet.has_payload() && packet.scrambled()) return absorb(packet, now);
  order_.push(packet);
  take_ordered();
}

void AudioStream::take_ordered() {
  while (const auto packet = order_.next()) {
    if (phase_ != Phase::kReplacing) {
      output_.pass(*packet);
      continue;
    }
    follow(*packet);
    const es::PesPiece piece = input_.read(*packet, framer_);
    backlog_.push(*packet, piece.bytes.size() + piece.surplus.size());
    framer_.push(piece);
    drain();
  }
  if (phase_ == Phase::kReplacing) return;
  order_.finish();
  while (const auto packet = order_.next()) output_.pass(*packet);
}

/// Keeps scrambled payload while it may soon be clear again.
void AudioStream::absorb(const Packet& packet, base::ClockTicks now) {
  follow(packet);
  input_.skip();
  held_.add(packet, now, output_);
}

void AudioStream::drain() {
  while (phase_ == Phase::kReplacing) {
    const auto unit = framer_.next();
    if (!unit) return backlog_.trim(framer_.pending());
    deliver(*unit);
  }
}

void AudioStream::deliver(const es::AccessUnit& unit) {
  if (unit.header.codec == es::Codec::kAacAdts) return stop_replacing(unit);
  if (const auto refusal = track_.enter()) return refuse(*refusal);
  header_ = unit.header;
  set_codec(unit.header.codec);
  writer_.follow(unit);
  audio::Track& track = track_.track();
  track.push(unit);
  set_state(track.converts() ? StreamState::kConverted
                             : StreamState::kTranscoded);
  write_ready();
}

/// Lets ADTS pass from the PES packet on in which `unit` begins.
void AudioStream::stop_replacing(const es::AccessUnit& unit) {
  flush_track();
  header_ = unit.header;
  backlog_.trim(framer_.pending() + unit.bytes.size());
  held_.assign(backlog_.packets());
  backlog_.clear();
  settle(StreamState::kAac);
}

void AudioStream::finish() {
  bits_.believe();
  while (const auto next = bits_.next()) proceed(*next, held_.since());
  if (phase_ != Phase::kReplacing) framer_.finish();
  if (phase_ == Phase::kProbing && !held_.empty()) {
    decide(held_.since());
    const bool sound = becomes_adts(framer_.codec());
    if (sound && phase_ == Phase::kProbing) settle(StreamState::kUntimed);
  }
  if (phase_ == Phase::kReplacing) {
    finish_track();
    held_.clear();
  }
  held_.release(output_);
}

/// Lets all leave that is on its way through the track.
void AudioStream::finish_track() {
  finish_order();
  framer_.finish();
  drain();
  flush_track();
}

/// Changes the state before the packets that it is about leave.
void AudioStream::set_state(StreamState state) {
  const bool before = carries_adts();
  change_state(state);
  if (carries_adts() != before) context_.announce();
}

void AudioStream::change_state(StreamState state) {
  if (state == state_) return;
  state_ = state;
  context_.events.add(EventType::kState, pid_, static_cast<int>(state));
}

void AudioStream::set_codec(es::Codec codec) {
  if (codec == codec_) return;
  codec_ = codec;
  context_.events.add(EventType::kCodec, pid_, static_cast<int>(codec));
}

}  // namespace xg2g::remux
