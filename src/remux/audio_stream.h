// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "audio/aac_inspector.h"
#include "audio/track.h"
#include "base/timestamp.h"
#include "es/framer.h"
#include "remux/audio_context.h"
#include "remux/audio_input.h"
#include "remux/held_packets.h"
#include "remux/pes_backlog.h"
#include "remux/pid_writer.h"
#include "remux/scrambling_bits.h"
#include "remux/stream_kind.h"
#include "remux/stream_state.h"
#include "remux/track_slot.h"
#include "remux/track_writer.h"
#include "ts/packet.h"
#include "ts/packet_order.h"

namespace xg2g::remux {

/// One PID that may carry sound which must become AAC.
///
/// Its payload decides. Until it has, packets are held where a codec that
/// becomes AAC was announced or a PES packet starts with one; then they are
/// either replaced by AAC, or they pass, held ones first.
class AudioStream {
 public:
  AudioStream(std::uint16_t pid, const StreamKind& kind, AudioContext& context);
  AudioStream(const AudioStream&) = delete;
  AudioStream& operator=(const AudioStream&) = delete;

  /// Takes the next packet of the PID; `now` is the stream's time.
  void push(const ts::Packet& packet, base::ClockTicks now);
  /// The PMT announces another kind now.
  void announce(const StreamKind& kind) noexcept;
  /// Looks at a packet that will be pushed once the PMT has left: what can be
  /// told from it need not be taken back.
  void foresee(const ts::Packet& packet);
  /// Says that it is scrambled until a packet shows otherwise.
  void expect_scrambled();
  /// Says that timestamps start anew behind the next packet.
  void discontinue();
  /// True if no packet has come that tells.
  [[nodiscard]] bool is_blank() const noexcept {
    return phase_ == Phase::kProbing && !shown_;
  }
  /// True where packets have been scrambled for so long that it is hardly an
  /// interruption.
  [[nodiscard]] bool is_interrupted(base::ClockTicks now) const noexcept;
  /// Says that they are none.
  void become_scrambled();
  /// True where it became scrambled and the PMT does not say so yet: packets
  /// wait for tell_scrambled() and let_go().
  [[nodiscard]] bool untold() const noexcept {
    return phase_ == Phase::kUntold;
  }
  /// Says that the PMT tells it next.
  void tell_scrambled() { change_state(StreamState::kScrambled); }
  /// Says that the PMT has told it.
  void let_go();
  /// Closes the track where no sound has come for long: what is in it leaves.
  /// To be called about once a second.
  void rest(base::ClockTicks now);
  /// Says that nothing follows: what is held and what is in the encoder leaves.
  void finish();

  [[nodiscard]] std::uint16_t pid() const noexcept { return pid_; }
  [[nodiscard]] StreamState state() const noexcept { return state_; }
  /// The codec found in the payload, kUnknown until then.
  [[nodiscard]] es::Codec codec() const noexcept { return codec_; }
  /// Of the last frame.
  [[nodiscard]] const es::FrameHeader& header() const noexcept {
    return header_;
  }
  [[nodiscard]] const StreamKind& kind() const noexcept { return kind_; }
  [[nodiscard]] audio::TrackCounters counters() const noexcept {
    return track_.counters();
  }
  [[nodiscard]] std::uint64_t scrambled_packets() const noexcept {
    return scrambled_packets_;
  }
  /// True where this PID carries AAC in ADTS, or will as far as anyone knows.
  [[nodiscard]] bool carries_adts() const noexcept {
    return remux::carries_adts(state_, kind_);
  }

 private:
  enum class Phase : std::uint8_t {
    kWatching,   ///< Passes; a look at each start of a PES packet.
    kProbing,    ///< Held until the codec is known.
    kReplacing,  ///< AAC leaves instead.
    kUntold,     ///< Scrambled: held until the PMT says so.
    kScrambled,  ///< Passes until it is clear.
  };

  void start(Phase phase) noexcept;
  void proceed(const ts::Packet& packet, base::ClockTicks now);
  void take(const ts::Packet& packet, base::ClockTicks now);
  void push_damaged(const ts::Packet& packet, base::ClockTicks now);
  void follow(const ts::Packet& packet);
  void follow_scrambling(const ts::Packet& packet, base::ClockTicks now);
  void become_clear();
  void watch(const ts::Packet& packet, base::ClockTicks now);
  /// ADTS where nothing was said of it is proved like what becomes ADTS.
  [[nodiscard]] bool needs_proof(es::Codec codec) const noexcept {
    if (codec != es::Codec::kAacAdts) return becomes_adts(codec);
    return kind_.codec != codec && codec_ != codec;
  }
  bool meets_undecoded(const es::PesPiece& piece);
  /// True where sound was announced and none was found, which may begin
  /// anywhere, or none that can be placed.
  [[nodiscard]] bool looks_again() const noexcept {
    const bool announced = kind_.handling == Handling::kDecode;
    return state_ == StreamState::kUntimed ||
           (announced && (state_ == StreamState::kUnrecognized ||
                          state_ == StreamState::kUnsupported ||
                          state_ == StreamState::kTooMany));
  }
  void look_again(const ts::Packet& packet, const es::PesPiece& piece);
  void probe(const ts::Packet& packet, base::ClockTicks now);
  void replace(const ts::Packet& packet, base::ClockTicks now);
  void take_ordered();
  void finish_order() {
    order_.finish();
    take_ordered();
  }
  void decide(base::ClockTicks now);
  [[nodiscard]] std::optional<es::AccessUnit> next_unit();
  void begin_replacing();
  void finish_track();
  void settle(StreamState state);
  /// Lets the packets pass for as long as the PMT stays as it is.
  void refuse(StreamState state) {
    refused_ = true;
    framer_.reset();
    settle(state);
  }
  void absorb(const ts::Packet& packet, base::ClockTicks now);
  void deliver(const es::AccessUnit& unit);
  void stop_replacing(const es::AccessUnit& unit);
  void drain();
  void write_ready() { writer_.write(track_.track(), output_.own_counter()); }
  void flush_track() {
    if (track_.flush()) write_ready();
  }
  void set_state(StreamState state);
  void change_state(StreamState state);
  void set_codec(es::Codec codec);

  std::uint16_t pid_;
  StreamKind kind_;
  AudioContext& context_;
  Phase phase_;
  StreamState state_ = StreamState::kWaiting;
  es::Codec codec_ = es::Codec::kUnknown;
  es::FrameHeader header_;

  PidWriter output_;
  ts::PacketOrder order_;  ///< Of the packets that are replaced.
  ScramblingBits bits_;
  AudioInput input_;
  es::Framer framer_;
  audio::AacInspector aac_;
  TrackWriter writer_;
  TrackSlot track_;

  PesBacklog backlog_;  ///< While AAC leaves.
  HeldPackets held_;
  bool refused_ = false;    ///< Was probed in vain.
  bool shown_ = false;      ///< Whether it is scrambled or clear.
  bool undecoded_ = false;  ///< So the last PES packet began.
  bool timed_ = false;      ///< A PTS came since sound began.
  std::uint64_t scrambled_packets_ = 0;
};

}  // namespace xg2g::remux
