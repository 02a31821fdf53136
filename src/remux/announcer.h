// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <vector>

#include "remux/program_map.h"
#include "ts/pmt.h"

namespace xg2g::remux {

/// The PMTs that leave. It outlives the stream: a version_number that went out
/// never comes back with other content, whatever the source does.
class Announcer {
 public:
  /// `profile_and_level` of the AAC; `is_adts` says which PIDs carry it.
  Announcer(std::uint8_t profile_and_level,
            std::function<bool(std::uint16_t)> is_adts)
      : profile_and_level_(profile_and_level), is_adts_(std::move(is_adts)) {}

  /// Says that what is_adts answers, or a PMT, may have changed.
  void invalidate() noexcept;
  /// Makes the section for this program's PMT. True if one went out before and
  /// this one says something else.
  [[nodiscard]] bool update(const Program& program);
  /// The section that update() made.
  [[nodiscard]] std::span<const std::uint8_t> section(
      const Program& program) const;
  /// True if that section is not the one that came in.
  [[nodiscard]] bool alters(const Program& program) const;
  /// The PMT as it leaves, nullptr before the first.
  [[nodiscard]] const ts::Pmt* announced(std::uint16_t program_number) const;

 private:
  struct Announcement {
    bool valid = false;
    std::uint8_t version_in = 0;
    std::uint8_t raised = 0;  ///< Times version_number was raised by us.
    ts::Pmt pmt;
    std::vector<std::uint8_t> section;
    bool altered = false;
  };

  std::uint8_t profile_and_level_;
  std::function<bool(std::uint16_t)> is_adts_;
  std::map<std::uint16_t, Announcement> announcements_;
};

}  // namespace xg2g::remux
