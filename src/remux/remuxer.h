// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "remux/audio_streams.h"
#include "remux/event_log.h"
#include "remux/newest_times.h"
#include "remux/options.h"
#include "remux/pid_table.h"
#include "remux/psi_filter.h"
#include "remux/report.h"
#include "remux/stream_clock.h"
#include "remux/waiting_room.h"
#include "ts/packet_output.h"
#include "ts/packet_sync.h"

namespace xg2g::remux {

/// The filter: packets in, packets out, in one order.
///
/// Each packet goes to the route its PID has in the program map: most pass as
/// they are, a run of them as one block; PMTs are announced anew where they
/// stand; audio becomes AAC. dispatch() is the place where the way of a packet
/// is written down.
class Remuxer {
 public:
  struct Answer {
    std::size_t bytes = 0;  ///< Written.
    bool not_ts = false;    ///< No sync was found; nothing was written.
  };

  explicit Remuxer(Options options);
  Remuxer(const Remuxer&) = delete;
  Remuxer& operator=(const Remuxer&) = delete;

  /// Takes all of `in`, writes what fits to `out`; the rest waits.
  [[nodiscard]] Answer process(std::span<const std::uint8_t> in,
                               std::span<std::uint8_t> out);
  /// Ends the stream; what comes then is a new one.
  [[nodiscard]] Answer flush(std::span<std::uint8_t> out);
  /// Forgets the stream; counters and the continuity of what leaves stay.
  void reset();
  /// The same, after a call that an exception has ended.
  void abandon() noexcept;

  [[nodiscard]] std::size_t pending() const noexcept {
    return output_.pending();
  }
  [[nodiscard]] Stats stats() const;
  /// The index-th elementary stream of the program map.
  [[nodiscard]] std::optional<StreamReport> stream(std::size_t index) const;
  [[nodiscard]] std::optional<Event> next_event() { return events_.take(); }

 private:
  /// Whether the service is on air. Until a first packet of sound or picture
  /// has come, no one can play the program, and its sound stays as announced.
  enum class Liveness : std::uint8_t { kUnknown, kWaiting, kOffAir, kOnAir };

  [[nodiscard]] Answer run(std::span<std::uint8_t> out, bool ending);
  void note_sync();
  void route_run(std::span<const std::uint8_t> run);
  [[nodiscard]] bool passes(const ts::Packet& packet);
  [[nodiscard]] bool look_closer(const ts::Packet& packet, bool timed);
  void read_adaptation(const ts::Packet& packet);
  void route(const ts::Packet& packet);
  void dispatch(const ts::Packet& packet);

  void read_unknown(const ts::Packet& packet);
  void await_pmt(const ts::Packet& packet);
  void pass_renumbered(const ts::Packet& packet);
  void read_pat(const ts::Packet& packet);
  void read_pmt(const ts::Packet& packet);
  void tell_all();
  void read_audio(const ts::Packet& packet);

  [[nodiscard]] bool carries_adts(std::uint16_t pid) const;

  void apply_map();
  void wait_for_media(const ts::Packet& packet);
  void decide_liveness(Liveness liveness);
  void release_unknown();
  void release_in_order();
  void stop_waiting();
  void end_stream();

  Options options_;
  EventLog events_;
  ts::PacketOutput output_;
  ContinuityStore continuity_;
  NewestTimes times_;
  AudioContext audio_context_;

  ts::PacketSync sync_;
  PidTable pids_;
  StreamClock clock_;
  PsiFilter psi_;
  AudioStreams streams_;

  Liveness liveness_ = Liveness::kUnknown;
  bool media_begun_ = false;  ///< Sound or picture came before any PMT.
  bool all_known_ = false;    ///< No PID waits to be named any more.
  WaitingRoom unknown_;       ///< PIDs that may be sound, before their PMT.
  WaitingRoom gate_;          ///< All that follows the first PMT.

  std::uint64_t bytes_in_ = 0;
  std::uint64_t barren_ = 0;
  std::uint64_t locks_ = 0;
  std::uint64_t losses_ = 0;
  bool found_sync_ = false;  ///< Since the stream began.
  bool ended_ = false;       ///< The next input starts a new stream.
};

}  // namespace xg2g::remux
