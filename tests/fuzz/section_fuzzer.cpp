// SPDX-License-Identifier: MIT
//
// The first byte is a size of packet payloads, the rest a row of sections:
// however it is cut, the same sections are found. Then the rest is taken for
// payloads as they are, with losses in between.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "ts/section.h"
#include "ts/section_reader.h"

namespace {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;
using xg2g::ts::SectionReader;

void require(bool condition) {
  if (!condition) std::abort();
}

struct Found {
  std::vector<Bytes> sections;
  std::uint64_t broken = 0;

  friend bool operator==(const Found&, const Found&) = default;
};

void drain(SectionReader& reader, Found& found) {
  for (;;) {
    const View section = reader.next();
    if (section.empty()) return;
    require(section.size() >= 3);
    require(section.size() <= xg2g::ts::kLongestSection);
    require(section.size() == xg2g::ts::section_size(section));
    found.sections.emplace_back(section.begin(), section.end());
  }
}

Found read_in_payloads(View sections, std::size_t room) {
  SectionReader reader;
  Found found;
  reader.push(Bytes{0}, true);
  while (!sections.empty()) {
    const std::size_t size = std::min(room, sections.size());
    reader.push(sections.first(size), false);
    drain(reader, found);
    sections = sections.subspan(size);
  }
  reader.lose();
  found.broken = reader.broken();
  return found;
}

/// Each payload stands behind a byte that is its size, 255 for a loss, and
/// whose lowest bit is payload_unit_start_indicator.
void read_payloads(View input) {
  SectionReader reader;
  Found found;
  while (!input.empty()) {
    const std::uint8_t head = input[0];
    input = input.subspan(1);
    if (head == 255) {
      reader.lose();
      require(!reader.gathering());
      continue;
    }
    const std::size_t size = std::min<std::size_t>(head, input.size());
    reader.push(input.first(size), (head & 1) != 0);
    input = input.subspan(size);
    drain(reader, found);
  }
}

/// What can be parsed is the same after it was written.
void check_round_trip(View bytes) {
  const auto section = xg2g::ts::parse_section(bytes);
  if (!section) return;
  const Bytes written = xg2g::ts::write_section(section->header, section->body);
  require(written.size() == bytes.size());
  const auto again = xg2g::ts::parse_section(written);
  require(again.has_value());
  require(std::ranges::equal(again->body, section->body));
  require(xg2g::ts::write_section(again->header, again->body) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  if (size == 0) return 0;
  const View rest = View(data, size).subspan(1);
  const Found whole = read_in_payloads(rest, rest.size() + 1);
  require(read_in_payloads(rest, data[0] % 184 + 1U) == whole);
  require(read_in_payloads(rest, 1) == whole);
  for (const Bytes& section : whole.sections) check_round_trip(section);
  read_payloads(rest);
  const View body =
      rest.first(std::min(rest.size(), xg2g::ts::kLongestPsiSection - 12));
  check_round_trip(xg2g::ts::write_section({.table_id = data[0]}, body));
  return 0;
}
