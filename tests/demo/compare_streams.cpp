// SPDX-License-Identifier: MIT

// compare_streams BEFORE AFTER: says for each PID what is the same, byte for
// byte. Fails where something changed that is neither sound nor a PMT.

#include <cstdio>
#include <map>
#include <set>
#include <string>

#include "support/captures.h"
#include "support/stream_reader.h"

namespace xg2g::demo {
namespace {

using test::ReadEs;
using test::StreamReader;

constexpr std::uint16_t kNullPid = 0x1FFF;

std::string describe(const ReadEs& stream) {
  switch (stream.stream_type) {
    case 0x01:
    case 0x02:
      return "MPEG-2 picture";
    case 0x03:
    case 0x04:
      return "MPEG sound";
    case 0x0F:
      return "AAC sound";
    case 0x1B:
      return "H.264 picture";
    case 0x24:
      return "H.265 picture";
    default:
      break;
  }
  if (stream.descriptors.count(0x56) != 0) return "teletext";
  if (stream.descriptors.count(0x59) != 0) return "subtitles";
  if (stream.descriptors.count(0x6A) != 0) return "AC-3 sound";
  if (stream.descriptors.count(0x7A) != 0) return "E-AC-3 sound";
  return "data";
}

/// What each PID carries, as the stream itself announces it.
std::map<std::uint16_t, std::string> describe_all(const StreamReader& stream) {
  std::map<std::uint16_t, std::string> out{
      {0x0000, "PAT"},         {0x0010, "NIT"},
      {0x0011, "SDT"},         {0x0012, "EIT (guide)"},
      {0x0014, "TDT (clock)"}, {kNullPid, "null packets"}};
  for (const auto& [number, pid] : stream.pat()) {
    out[pid] = "PMT";
    const auto maps = stream.pmts(number);
    if (maps.empty()) continue;
    for (const ReadEs& es : maps.back().streams) {
      out[es.pid] = describe(es);
      if (!es.language.empty()) out[es.pid] += " " + es.language;
    }
  }
  return out;
}

/// PIDs whose bytes may change: each PMT, and what became AAC.
std::set<std::uint16_t> find_replaced(const StreamReader& before,
                                      const StreamReader& after) {
  std::set<std::uint16_t> out;
  for (const auto& [number, pid] : before.pat()) {
    const auto old_maps = before.pmts(number);
    const auto new_maps = after.pmts(number);
    if (old_maps.empty() || new_maps.empty()) continue;
    out.insert(pid);
    for (const ReadEs& es : old_maps.back().streams) {
      const ReadEs* now = new_maps.back().find(es.pid);
      if (now != nullptr && now->stream_type == 0x0F) out.insert(es.pid);
    }
  }
  return out;
}

const char* judge(bool same, bool replaced) {
  if (same) return "identical";
  return replaced ? "replaced" : "CHANGED";
}

/// Prints the table; the number of PIDs that should not have changed but did.
int compare(const StreamReader& before, const StreamReader& after) {
  auto kinds = describe_all(before);
  const auto replaced = find_replaced(before, after);
  auto counts = after.pids();
  int changed = 0;
  std::size_t same_packets = 0;
  std::printf("%-6s  %-18s  %9s  %9s\n", "PID", "What it is", "Before",
              "After");
  for (const auto& [pid, count] : before.pids()) {
    const bool same = before.bytes(pid) == after.bytes(pid);
    if (same) same_packets += count;
    if (!same && replaced.count(pid) == 0) ++changed;
    std::printf("0x%04X  %-18s  %9zu  %9zu  %s\n", pid, kinds[pid].c_str(),
                count, counts[pid], judge(same, replaced.count(pid) != 0));
  }
  std::printf("%zu of %zu packets are the same, byte for byte\n", same_packets,
              before.packets().size());
  return changed;
}

}  // namespace
}  // namespace xg2g::demo

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: compare_streams BEFORE AFTER\n", stderr);
    return 2;
  }
  const xg2g::test::Bytes before = xg2g::test::read_file(argv[1]);
  const xg2g::test::Bytes after = xg2g::test::read_file(argv[2]);
  return xg2g::demo::compare(xg2g::test::StreamReader(before),
                             xg2g::test::StreamReader(after)) == 0
             ? 0
             : 1;
}
