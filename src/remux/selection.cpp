// SPDX-License-Identifier: MIT
#include "remux/selection.h"

#include <algorithm>
#include <string>
#include <vector>

#include "ts/audio_label.h"
#include "ts/packet.h"

namespace xg2g::remux {
namespace {

/// One track of a program that may be transcoded.
struct Candidate {
  std::uint16_t pid = 0;
  StreamKind kind;
  bool associated = false;
};

bool speaks(const ts::AudioLabel& label,
            const std::vector<std::string>& wanted) {
  return std::ranges::any_of(label.languages, [&](const auto& spoken) {
    return std::ranges::any_of(wanted, [&](const std::string& code) {
      return ts::is_same_language(spoken.data(), code);
    });
  });
}

bool is_candidate(const ts::PmtStream& stream, const StreamKind& kind) {
  const bool concerns_us =
      kind.handling == Handling::kDecode || kind.handling == Handling::kWatch;
  return concerns_us && ts::is_free_pid(stream.pid);
}

bool may_become_aac(const Candidate& candidate) noexcept {
  return candidate.kind.handling == Handling::kDecode ||
         candidate.kind.codec == es::Codec::kUnknown;
}

/// The lower, the sooner "first only" takes it: what is announced to become AAC
/// before what may turn out to; of each, main sound before what is heard beside
/// it.
int rank(const Candidate& candidate) noexcept {
  const bool decoded = candidate.kind.handling == Handling::kDecode;
  const int associated = candidate.associated ? 1 : 0;
  if (!may_become_aac(candidate)) return 4 + associated;
  return (decoded ? 0 : 2) + associated;
}

/// Leaves the first track that becomes AAC, or may; all where none may.
void keep_first(std::vector<Candidate>& candidates) {
  const auto first = std::ranges::min_element(candidates, {}, rank);
  if (first == candidates.end() || !may_become_aac(*first)) return;
  candidates = {Candidate(*first)};
}

void select_from(const Program& program, const Options& options,
                 std::map<std::uint16_t, StreamKind>& selected) {
  std::vector<Candidate> candidates;
  for (const ts::PmtStream& stream : program.pmt->streams) {
    const StreamKind kind = classify(stream, program.pmt->program_info);
    if (!is_candidate(stream, kind)) continue;
    const ts::AudioLabel label =
        ts::audio_label_of(stream, program.pmt->program_info);
    if (!options.languages.empty() && !speaks(label, options.languages)) {
      continue;
    }
    candidates.push_back({stream.pid, kind, label.associated});
  }
  if (options.first_only) keep_first(candidates);
  for (const auto& [pid, kind, associated] : candidates) {
    const bool stronger = kind.handling == Handling::kDecode;
    if (stronger || !selected.contains(pid)) selected[pid] = kind;
  }
}

}  // namespace

std::map<std::uint16_t, StreamKind> select_audio(const ProgramMap& map,
                                                 const Options& options) {
  std::map<std::uint16_t, StreamKind> selected;
  for (const Program& program : map.programs()) {
    if (!program.pmt) continue;
    if (options.program != 0 && program.number != options.program) continue;
    select_from(program, options, selected);
  }
  for (const Program& program : map.programs()) selected.erase(program.pmt_pid);
  return selected;
}

}  // namespace xg2g::remux
