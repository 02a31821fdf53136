// SPDX-License-Identifier: MIT
#include "remux/program_map.h"

#include <algorithm>
#include <utility>

namespace xg2g::remux {
namespace {

/// No multiplex has as many; it bounds what a hostile PAT can make us keep.
constexpr std::size_t kMostPrograms = 512;

/// True where two PMT sections have one program_number.
bool is_same_program(std::span<const std::uint8_t> a,
                     std::span<const std::uint8_t> b) noexcept {
  constexpr std::size_t kAt = 3;
  constexpr std::size_t kSize = 2;
  return a.size() >= kAt + kSize && b.size() >= kAt + kSize &&
         std::ranges::equal(a.subspan(kAt, kSize), b.subspan(kAt, kSize));
}

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
  Program program{.number = entry.program_number, .pmt_pid = entry.pid};
  auto known =
      std::ranges::find(programs_, entry.program_number, &Program::number);
  if (known == programs_.end() && !named_) {
    known = std::ranges::find(programs_, entry.pid, &Program::pmt_pid);
    program.sure = false;
  }
  if (known == programs_.end()) return program;
  program.sure = program.sure && known->sure;
  program.pmt = known->pmt;
  if (known->pmt_pid == entry.pid) program.section = known->section;
  return program;
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
  if (programs.empty() && !named_) return;
  programs_ = std::move(programs);
  named_ = true;
}

MapChange ProgramMap::push_pmt(std::uint16_t pid,
                               std::span<const std::uint8_t> section) {
  const auto known = std::ranges::find_if(programs_, [&](const Program& p) {
    return p.pmt_pid == pid && std::ranges::equal(p.section, section);
  });
  if (known != programs_.end()) {
    const bool sure = std::exchange(known->sure, true);
    return sure ? MapChange::kNone : MapChange::kUpdated;
  }
  if (section[0] != ts::kPmtTableId) return MapChange::kNone;
  auto pmt = ts::parse_pmt(section);
  if (!pmt) return note_damage(pid);
  if (!pmt->current) return MapChange::kNone;
  Program* const program = owner(pid, pmt->program_number);
  if (program == nullptr) return MapChange::kNone;
  const bool again =
      program->pmt && program->pmt->program_number == pmt->program_number;
  program->sure = again || program->number == pmt->program_number;
  program->pmt = std::move(pmt);
  program->section.assign(section.begin(), section.end());
  return MapChange::kUpdated;
}

MapChange ProgramMap::note_damage(std::uint16_t pid) noexcept {
  MapChange change = MapChange::kNone;
  for (Program& program : programs_) {
    if (program.pmt_pid != pid) continue;
    program.damaged = true;
    change = MapChange::kDamaged;
  }
  return change;
}

/// The program that a PMT on `pid` with this program_number is of.
Program* ProgramMap::owner(std::uint16_t pid, std::uint16_t number) {
  const auto find = [&](auto matches) {
    const auto found = std::ranges::find_if(programs_, [&](const Program& p) {
      return p.pmt_pid == pid && matches(p);
    });
    return found == programs_.end() ? nullptr : &*found;
  };
  if (auto* own = find([&](const Program& p) { return p.number == number; })) {
    return own;
  }
  if (!named_) {
    if (programs_.size() == kMostPrograms) return nullptr;
    return &programs_.emplace_back(Program{.number = number, .pmt_pid = pid});
  }
  const auto has_it = [&](const Program& p) {
    return !p.section.empty() && p.pmt->program_number == number;
  };
  if (auto* foreign = find(has_it)) return foreign;
  return find([](const Program& p) { return p.section.empty(); });
}

const Program* ProgramMap::find(
    std::uint16_t pmt_pid,
    std::span<const std::uint8_t> section) const noexcept {
  const auto found = std::ranges::find_if(programs_, [&](const Program& p) {
    return p.pmt_pid == pmt_pid && std::ranges::equal(p.section, section);
  });
  return found == programs_.end() ? nullptr : &*found;
}

const Program* ProgramMap::find_current(
    std::uint16_t pmt_pid,
    std::span<const std::uint8_t> section) const noexcept {
  if (section.empty() || section[0] != ts::kPmtTableId) return nullptr;
  const auto found = std::ranges::find_if(programs_, [&](const Program& p) {
    return p.pmt_pid == pmt_pid && is_same_program(p.section, section);
  });
  return found == programs_.end() ? nullptr : &*found;
}

const Program* ProgramMap::guess(
    std::uint16_t pmt_pid,
    std::span<const std::uint8_t> section) const noexcept {
  const Program* first = nullptr;
  for (const Program& program : programs_) {
    if (program.pmt_pid != pmt_pid || program.section.empty()) continue;
    if (is_same_program(program.section, section)) return &program;
    if (first == nullptr) first = &program;
  }
  return first;
}

bool ProgramMap::complete() const noexcept {
  return named_ && std::ranges::all_of(programs_, [](const Program& p) {
           return p.pmt && p.sure;
         });
}

bool ProgramMap::damaged() const noexcept {
  return named_ && !complete() &&
         std::ranges::all_of(programs_, [](const Program& p) {
           return p.pmt.has_value() || p.damaged;
         });
}

bool ProgramMap::uses(std::uint16_t pmt_pid) const noexcept {
  return std::ranges::find(programs_, pmt_pid, &Program::pmt_pid) !=
         programs_.end();
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
