// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "ts/pat.h"
#include "ts/pmt.h"

namespace xg2g::remux {

/// A program as PAT and PMT announce it now.
struct Program {
  std::uint16_t number = 0;
  std::uint16_t pmt_pid = 0;
  std::optional<ts::Pmt> pmt;         ///< None until it has come.
  std::vector<std::uint8_t> section;  ///< The section it was read from.
  /// False where the PMT has another program_number and has come only once: it
  /// may be that of a program which the PAT does not name.
  bool sure = true;
  bool damaged = false;  ///< What came as its PMT was damaged.
};

/// What a section did to the map.
enum class MapChange : std::uint8_t {
  kNone,  ///< Known already, not in force yet, or not complete yet.
  kUpdated,
  kDamaged,  ///< Not a valid section of its table.
};

/// The programs of the stream, kept up to date by PAT and PMT sections. What
/// is known already costs a comparison.
///
/// Until a PAT names programs, a PMT on any PID makes one; then the PAT rules.
/// A PMT whose program_number the PAT does not give its PID is that of a
/// program there which has none of its own.
class ProgramMap {
 public:
  [[nodiscard]] MapChange push_pat(std::span<const std::uint8_t> section);
  [[nodiscard]] MapChange push_pmt(std::uint16_t pid,
                                   std::span<const std::uint8_t> section);

  [[nodiscard]] const std::vector<Program>& programs() const noexcept {
    return programs_;
  }
  /// The program whose current PMT is this very section, or nullptr.
  [[nodiscard]] const Program* find(
      std::uint16_t pmt_pid,
      std::span<const std::uint8_t> section) const noexcept;
  /// The program whose PMT this section is, or was before the current one; or
  /// nullptr.
  [[nodiscard]] const Program* find_current(
      std::uint16_t pmt_pid,
      std::span<const std::uint8_t> section) const noexcept;
  /// The program on `pmt_pid` that a damaged section is of, or nullptr.
  [[nodiscard]] const Program* guess(
      std::uint16_t pmt_pid,
      std::span<const std::uint8_t> section) const noexcept;
  /// True once a PAT has named programs.
  [[nodiscard]] bool named() const noexcept { return named_; }
  /// True once there is such a PAT and each program in it has its PMT.
  [[nodiscard]] bool complete() const noexcept;
  /// True once all that lack are PMTs that were damaged when they came.
  [[nodiscard]] bool damaged() const noexcept;
  /// True if a program has elementary streams on both PIDs.
  [[nodiscard]] bool together(std::uint16_t one,
                              std::uint16_t other) const noexcept;
  /// True if a program has its PMT on this PID.
  [[nodiscard]] bool uses(std::uint16_t pmt_pid) const noexcept;

 private:
  [[nodiscard]] Program carry_over(const ts::PatEntry& entry) const;
  void apply_pat();
  [[nodiscard]] MapChange note_damage(std::uint16_t pid) noexcept;
  [[nodiscard]] Program* owner(std::uint16_t pid, std::uint16_t number);

  std::vector<Program> programs_;
  bool named_ = false;
  /// The sections of the PAT in force, or gathered so far, by number.
  std::map<std::uint8_t, ts::Pat> pat_;
  std::map<std::uint8_t, std::vector<std::uint8_t>> pat_sections_;
};

}  // namespace xg2g::remux
