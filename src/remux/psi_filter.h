// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "remux/announcer.h"
#include "remux/continuity_store.h"
#include "remux/event_log.h"
#include "remux/pmt_relay.h"
#include "remux/program_map.h"
#include "ts/continuity.h"
#include "ts/packet.h"
#include "ts/packet_output.h"
#include "ts/section_reader.h"

namespace xg2g::remux {

/// Reads PAT and PMTs, and writes the PMTs that leave in their place.
class PsiFilter {
 public:
  /// `profile_and_level` of the AAC; `is_adts` says which PIDs carry it.
  PsiFilter(std::uint8_t profile_and_level,
            std::function<bool(std::uint16_t)> is_adts, EventLog& events,
            ContinuityStore& continuity, ts::PacketOutput& output);

  /// Reads a packet of the PAT, which always passes. True if the map changed.
  [[nodiscard]] bool read_pat(const ts::Packet& packet);
  /// Reads a packet of a PMT PID, which waits for write_pmt(). True if the map
  /// changed.
  [[nodiscard]] bool read_pmt(const ts::Packet& packet);
  /// Reads a packet that is to come to read_pmt() later: what it says counts
  /// from now on. True if the map changed.
  [[nodiscard]] bool read_ahead(const ts::Packet& packet);
  /// Says that what was read ahead comes to read_pmt() now.
  void catch_up() noexcept { ahead_.clear(); }
  /// True while a PMT that no PAT has named is looked for.
  [[nodiscard]] bool seeks() const noexcept;
  /// True if PMTs are read on this PID, or one is under way.
  [[nodiscard]] bool reads(std::uint16_t pid) const noexcept;
  /// Writes what has come on a PMT PID, as it came or announced anew; nothing
  /// but PCRs while the first section is under way.
  void write_pmt(std::uint16_t pid);
  /// The same for every PMT PID.
  void write_pmts();

  /// Says that what is_adts answers, or the map, has changed.
  void invalidate() noexcept { announcer_.invalidate(); }
  /// Where what a PMT that went out said is no longer true, writes it again.
  void announce_changes();

  /// Writes what still waits.
  void finish();
  /// Forgets the stream, keeps what the next one must continue.
  void reset();

  [[nodiscard]] const ProgramMap& map() const noexcept { return map_; }
  [[nodiscard]] const Announcer& announcer() const noexcept {
    return announcer_;
  }
  /// Damaged sections.
  [[nodiscard]] std::uint64_t errors() const noexcept { return errors_; }

 private:
  [[nodiscard]] PmtRelay& relay_of(std::uint16_t pid);
  [[nodiscard]] bool take(PmtRelay& relay,
                          std::span<const std::uint8_t> section);
  void mend(PmtRelay& relay, std::span<const std::uint8_t> section);
  [[nodiscard]] bool alters(const PmtRelay& relay);
  void write(PmtRelay& relay);
  void write_pcrs(const PmtRelay& relay);
  void write_section(PmtRelay& relay, std::span<const std::uint8_t> section);
  void drop_relays();
  void count_error(std::uint16_t pid);

  Announcer announcer_;
  EventLog* events_;
  ContinuityStore* continuity_;
  ts::PacketOutput* output_;

  ProgramMap map_;
  ts::SectionReader pat_reader_;
  ts::Continuity pat_continuity_;
  std::vector<PmtRelay> relays_;
  std::vector<PmtRelay> ahead_;  ///< As they will be; empty where none is.
  std::uint64_t errors_ = 0;
};

}  // namespace xg2g::remux
