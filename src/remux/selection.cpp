// SPDX-License-Identifier: MIT
#include "remux/selection.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ts/descriptor.h"
#include "ts/packet.h"

namespace xg2g::remux {
namespace {

using ts::DescriptorTag;

/// True if an ISO_639_language_descriptor of the stream has one of `wanted`.
bool speaks(const ts::PmtStream& stream,
            const std::vector<std::string>& wanted) {
  constexpr std::size_t kEntry = 4;  // ISO/IEC 13818-1, 2.6.18
  const auto found =
      ts::find_descriptor(stream.descriptors, DescriptorTag::kLanguage);
  if (!found) return false;
  for (auto rest = found->body; rest.size() >= kEntry;
       rest = rest.subspan(kEntry)) {
    const std::string code(rest.begin(), rest.begin() + 3);
    if (std::ranges::find(wanted, code) != wanted.end()) return true;
  }
  return false;
}

bool is_candidate(const ts::PmtStream& stream, const StreamKind& kind,
                  const Options& options) {
  if (kind.handling == Handling::kPass) return false;
  if (!ts::is_free_pid(stream.pid)) return false;
  return options.languages.empty() || speaks(stream, options.languages);
}

using Candidates = std::vector<std::pair<std::uint16_t, StreamKind>>;

/// Leaves the first track whose codec becomes AAC, or where none is announced,
/// the first that may turn out to be one.
void keep_first(Candidates& candidates) {
  auto first = std::ranges::find_if(candidates, [](const auto& c) {
    return c.second.handling == Handling::kDecode;
  });
  if (first == candidates.end()) {
    first = std::ranges::find_if(candidates, [](const auto& c) {
      return c.second.codec == es::Codec::kUnknown;
    });
  }
  if (first != candidates.end()) candidates = {*first};
}

void select_from(const Program& program, const Options& options,
                 std::map<std::uint16_t, StreamKind>& selected) {
  Candidates candidates;
  for (const ts::PmtStream& stream : program.pmt->streams) {
    const StreamKind kind = classify(stream, program.pmt->program_info);
    if (!is_candidate(stream, kind, options)) continue;
    candidates.emplace_back(stream.pid, kind);
  }
  if (options.first_only) keep_first(candidates);
  for (const auto& [pid, kind] : candidates) {
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
