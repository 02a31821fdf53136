// SPDX-License-Identifier: MIT
#include "remux/program_map.h"

#include <algorithm>

namespace xg2g::remux {
namespace {

/// No multiplex has as many; it bounds what a hostile PAT can make us keep.
constexpr std::size_t kMostPrograms = 512;

}  // namespace

MapChange ProgramMap::push_pat(std::span<const std::uint8_t> section) {
  for (const auto& [number, known] : pat_sections_) {
    if (std::ranges::equal(known, section)) return MapChange::kNone;
  }
  const auto pat = ts::parse_pat(section);
  if (!pat) return MapChange::kDamaged;
  if (!pat->current) return MapChange::kNone;
  const bool other_table =
      !pat_.empty() &&
      (pat_.begin()->second.version_number != pat->version_number ||
       pat_.begin()->second.last_section_number != pat->last_section_number ||
       pat_.contains(pat->section_number));
  if (other_table) {
    pat_.clear();
    pat_sections_.clear();
  }
  pat_[pat->section_number] = *pat;
  pat_sections_[pat->section_number].assign(section.begin(), section.end());
  if (pat_.size() <= pat->last_section_number) return MapChange::kNone;
  apply_pat();
  return MapChange::kUpdated;
}

/// The program of `entry`. One that is known keeps its PMT, on another PID
/// until the first one there has come.
Program ProgramMap::carry_over(const ts::PatEntry& entry) const {
  const auto known =
      std::ranges::find(programs_, entry.program_number, &Program::number);
  if (known == programs_.end()) {
    return {entry.program_number, entry.pid, {}, {}};
  }
  if (known->pmt_pid == entry.pid) return *known;
  return {entry.program_number, entry.pid, known->pmt, {}};
}

/// Takes over the programs of all sections.
void ProgramMap::apply_pat() {
  std::vector<Program> programs;
  for (const auto& [number, pat] : pat_) {
    for (const ts::PatEntry& entry : pat.entries) {
      if (entry.program_number == 0) continue;  // network_PID
      if (programs.size() == kMostPrograms) break;
      programs.push_back(carry_over(entry));
    }
  }
  programs_ = std::move(programs);
  has_pat_ = true;
}

MapChange ProgramMap::push_pmt(std::uint16_t pid,
                               std::span<const std::uint8_t> section) {
  if (find(pid, section) != nullptr) return MapChange::kNone;
  constexpr std::uint8_t kPmtTableId = 0x02;
  if (section[0] != kPmtTableId) return MapChange::kNone;
  auto pmt = ts::parse_pmt(section);
  if (!pmt) return MapChange::kDamaged;
  if (!pmt->current) return MapChange::kNone;
  const auto program = std::ranges::find_if(programs_, [&](const Program& p) {
    return p.pmt_pid == pid && p.number == pmt->program_number;
  });
  if (program == programs_.end()) return MapChange::kNone;
  program->pmt = std::move(pmt);
  program->section.assign(section.begin(), section.end());
  return MapChange::kUpdated;
}

const Program* ProgramMap::find(
    std::uint16_t pmt_pid,
    std::span<const std::uint8_t> section) const noexcept {
  const auto found = std::ranges::find_if(programs_, [&](const Program& p) {
    return p.pmt_pid == pmt_pid && std::ranges::equal(p.section, section);
  });
  return found == programs_.end() ? nullptr : &*found;
}

bool ProgramMap::complete() const noexcept {
  return has_pat_ && std::ranges::all_of(programs_, [](const Program& p) {
           return p.pmt.has_value();
         });
}

bool ProgramMap::together(std::uint16_t one,
                          std::uint16_t other) const noexcept {
  return std::ranges::any_of(programs_, [&](const Program& program) {
    if (!program.pmt) return false;
    const auto& streams = program.pmt->streams;
    const auto has = [&](std::uint16_t pid) {
      return std::ranges::find(streams, pid, &ts::PmtStream::pid) !=
             streams.end();
    };
    return has(one) && has(other);
  });
}

}  // namespace xg2g::remux
