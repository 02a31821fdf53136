// SPDX-License-Identifier: MIT
#include "remux/psi_filter.h"

#include <algorithm>
#include <utility>

#include "ts/packetizer.h"

namespace xg2g::remux {

using ts::Packet;

namespace {

/// PIDs that may be gathered at a time in search of a PMT.
constexpr std::size_t kMostSought = 64;

/// The relay of `pid`, a new one where there is none.
PmtRelay& relay_in(std::vector<PmtRelay>& relays, std::uint16_t pid) {
  const auto known = std::ranges::find(relays, pid, &PmtRelay::pid);
  return known != relays.end() ? *known : relays.emplace_back(pid);
}

/// A PMT that is not in force yet (current_next_indicator 0) and announces
/// what will not leave.
bool is_next_pmt(std::span<const std::uint8_t> section) noexcept {
  return section.size() > 5 && section[0] == ts::kPmtTableId &&
         (section[5] & 0x01) == 0;
}

}  // namespace

PsiFilter::PsiFilter(std::uint8_t profile_and_level,
                     std::function<bool(std::uint16_t)> is_adts,
                     EventLog& events, ContinuityStore& continuity,
                     ts::PacketOutput& output)
    : announcer_(profile_and_level, std::move(is_adts)),
      events_(&events),
      continuity_(&continuity),
      output_(&output) {}

bool PsiFilter::read_pat(const Packet& packet) {
  if (packet.transport_error()) return false;
  const auto step =
      pat_continuity_.step(packet.continuity_counter(), packet.has_payload(),
                           packet.discontinuity());
  if (step == ts::ContinuityStep::kDuplicate) return false;
  if (step == ts::ContinuityStep::kLoss) pat_reader_.lose();
  pat_reader_.push(packet.payload(), packet.unit_start());
  bool updated = false;
  for (auto section = pat_reader_.next(); !section.empty();
       section = pat_reader_.next()) {
    const MapChange change = map_.push_pat(section);
    if (change == MapChange::kDamaged) count_error(packet.pid());
    if (change == MapChange::kUpdated) updated = true;
  }
  if (!updated) return false;
  events_->add(EventType::kPrograms, packet.pid(),
               static_cast<std::int64_t>(map_.programs().size()));
  drop_relays();
  invalidate();
  return true;
}

bool PsiFilter::read_pmt(const Packet& packet) {
  PmtRelay& relay = relay_of(packet.pid());
  const std::uint64_t broken = relay.broken();
  relay.push(packet);
  if (relay.broken() != broken) {
    count_error(packet.pid());
    if (relay.replaces()) mend(relay, {});
  }
  bool updated = false;
  for (auto section = relay.next_section(); !section.empty();
       section = relay.next_section()) {
    updated = take(relay, section) || updated;
  }
  if (updated) invalidate();
  return updated;
}

/// Reads a section and keeps it for its turn; true if it changed the map.
bool PsiFilter::take(PmtRelay& relay, std::span<const std::uint8_t> section) {
  const MapChange change = map_.push_pmt(relay.pid(), section);
  if (change == MapChange::kDamaged) {
    count_error(relay.pid());
    mend(relay, section);
    return false;
  }
  relay.keep(section);
  const Program* program = map_.find(relay.pid(), section);
  if (program == nullptr) return false;
  relay.know();
  if (change != MapChange::kUpdated) return false;
  events_->add(EventType::kPmt, relay.pid(), program->number);
  return true;
}

/// PMTs must not stop where they are damaged: the one that is known stands for
/// them.
void PsiFilter::mend(PmtRelay& relay, std::span<const std::uint8_t> section) {
  const Program* program = map_.guess(relay.pid(), section);
  if (program == nullptr) return;
  relay.keep(program->section);
  relay.mend();
}

bool PsiFilter::read_ahead(const Packet& packet) {
  if (ahead_.empty()) ahead_ = relays_;
  PmtRelay& relay = relay_in(ahead_, packet.pid());
  relay.push(packet);
  relay.replaced();  // its packets and sections have their turn later
  bool updated = false;
  for (auto section = relay.next_section(); !section.empty();
       section = relay.next_section()) {
    updated =
        map_.push_pmt(relay.pid(), section) == MapChange::kUpdated || updated;
  }
  if (updated) invalidate();
  return updated;
}

bool PsiFilter::seeks() const noexcept {
  return !map_.named() && relays_.size() < kMostSought;
}

bool PsiFilter::reads(std::uint16_t pid) const noexcept {
  const auto relay = std::ranges::find(relays_, pid, &PmtRelay::pid);
  return map_.uses(pid) || (relay != relays_.end() && relay->waits());
}

void PsiFilter::write_pmt(std::uint16_t pid) {
  write(relay_of(pid));
  if (reads(pid)) return;
  std::erase_if(relays_, [&](const PmtRelay& r) { return r.pid() == pid; });
}

void PsiFilter::write_pmts() {
  for (PmtRelay& relay : relays_) write(relay);
}

void PsiFilter::write(PmtRelay& relay) {
  if (relay.waits()) {
    write_pcrs(relay);
    return relay.strip_pcrs();
  }
  if (!relay.replaces() && !alters(relay)) {
    output_->write(relay.packets());
    return relay.passed();
  }
  write_pcrs(relay);
  auto rest = relay.sections();
  while (!rest.empty()) {
    const auto section = rest.first(ts::section_size(rest));
    const Program* program = map_.find_current(relay.pid(), section);
    if (program != nullptr && !is_next_pmt(section)) {
      (void)announcer_.update(*program);
      write_section(relay, announcer_.section(*program));
    } else if (!is_next_pmt(section)) {
      write_section(relay, section);
    }
    rest = rest.subspan(section.size());
  }
  relay.replaced();
}

/// PCRs leave at their place, whatever becomes of their packets.
void PsiFilter::write_pcrs(const PmtRelay& relay) {
  const auto packets = relay.packets();
  for (std::size_t at = 0; at < packets.size(); at += ts::kPacketSize) {
    const Packet packet = ts::packet_at(packets, at);
    if (!packet.has_pcr()) continue;
    continuity_->write_pcr(packet, relay.last_passed(), *output_);
  }
}

void PsiFilter::write_section(PmtRelay& relay,
                              std::span<const std::uint8_t> section) {
  ts::Packetizer(relay.pid(),
                 continuity_->adopt(relay.pid(), relay.last_passed()), *output_)
      .section(section);
}

/// Makes the announcements of a PMT PID; true if one is not what came in.
bool PsiFilter::alters(const PmtRelay& relay) {
  bool altered = relay.mends() || continuity_->find(relay.pid()) != nullptr;
  for (const Program& program : map_.programs()) {
    if (program.pmt_pid != relay.pid() || !program.pmt) continue;
    (void)announcer_.update(program);
    altered = altered || announcer_.alters(program);
  }
  return altered;
}

void PsiFilter::announce_changes() {
  invalidate();
  for (const Program& program : map_.programs()) {
    if (!program.pmt) continue;
    if (announcer_.announced(program.number) == nullptr) continue;
    if (!announcer_.update(program)) continue;
    write_section(relay_of(program.pmt_pid), announcer_.section(program));
  }
}

PmtRelay& PsiFilter::relay_of(std::uint16_t pid) {
  return relay_in(relays_, pid);
}

/// Ends PIDs that carry PMTs no more, with what waits on them.
void PsiFilter::drop_relays() {
  std::erase_if(relays_, [this](const PmtRelay& relay) {
    const bool used = std::ranges::any_of(
        map_.programs(),
        [&](const Program& p) { return p.pmt_pid == relay.pid(); });
    if (!used && !relay.replaces()) output_->write(relay.packets());
    return !used;
  });
}

void PsiFilter::count_error(std::uint16_t pid) {
  ++errors_;
  events_->add(EventType::kPsiError, pid, 0);
}

void PsiFilter::finish() {
  for (PmtRelay& relay : relays_) {
    if (!relay.replaces()) output_->write(relay.packets());
    relay.replaced();
  }
}

void PsiFilter::reset() {
  map_ = {};
  pat_reader_ = {};
  pat_continuity_ = {};
  relays_.clear();
  ahead_.clear();
  invalidate();
}

}  // namespace xg2g::remux
