// SPDX-License-Identifier: MIT
#include "remux/announcer.h"

#include "remux/pmt_policy.h"

namespace xg2g::remux {
namespace {

constexpr unsigned kVersions = 32;  // version_number has 5 bits
constexpr std::size_t kMostRemembered = 1024;

}  // namespace

void Announcer::invalidate() noexcept {
  for (auto& [number, announcement] : announcements_) {
    announcement.valid = false;
  }
}

bool Announcer::update(const Program& program) {
  if (announcements_.size() > kMostRemembered) announcements_.clear();
  const auto [entry, fresh] = announcements_.try_emplace(program.number);
  Announcement& last = entry->second;
  if (last.valid || !program.pmt) return false;
  const ts::Pmt& in = *program.pmt;
  ts::Pmt out = announce_adts(in, profile_and_level_, is_adts_);
  out.version_number = last.pmt.version_number;
  const bool changed = !fresh && out != last.pmt;
  if (changed && in.version_number == last.version_in) ++last.raised;
  out.version_number =
      static_cast<std::uint8_t>((in.version_number + last.raised) % kVersions);
  last.valid = true;
  last.version_in = in.version_number;
  last.altered = out != in;
  last.section = write_pmt(out);
  last.pmt = std::move(out);
  return changed;
}

std::span<const std::uint8_t> Announcer::section(const Program& program) const {
  return announcements_.at(program.number).section;
}

bool Announcer::alters(const Program& program) const {
  const auto found = announcements_.find(program.number);
  return found != announcements_.end() && found->second.altered;
}

const ts::Pmt* Announcer::announced(std::uint16_t program_number) const {
  const auto found = announcements_.find(program_number);
  return found == announcements_.end() ? nullptr : &found->second.pmt;
}

}  // namespace xg2g::remux
