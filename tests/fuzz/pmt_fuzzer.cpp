// SPDX-License-Identifier: MIT
//
// The input is tried as a section, and as the body of a PMT and of a PAT whose
// header and CRC_32 are right. What can be parsed is the same after it was
// written.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "ts/pat.h"
#include "ts/pmt.h"
#include "ts/section.h"

namespace {

using View = std::span<const std::uint8_t>;

constexpr std::uint8_t kPatTable = 0x00;
constexpr std::uint8_t kPmtTable = 0x02;

void require(bool condition) {
  if (!condition) std::abort();
}

void check_pmt(View section) {
  const auto pmt = xg2g::ts::parse_pmt(section);
  if (!pmt) return;
  const auto written = xg2g::ts::write_pmt(*pmt);
  require(written.size() == section.size());
  require(written.size() == xg2g::ts::pmt_size(*pmt));
  require(xg2g::ts::parse_pmt(written) == pmt);
}

void check_pat(View section) {
  const auto pat = xg2g::ts::parse_pat(section);
  if (!pat) return;
  const auto written = xg2g::ts::write_pat(*pat);
  require(written.size() <= section.size());
  require(xg2g::ts::parse_pat(written) == pat);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const View input(data, size);
  check_pmt(input);
  check_pat(input);
  const View body = input.first(std::min<std::size_t>(size, 1'100));
  check_pmt(xg2g::ts::write_section({.table_id = kPmtTable}, body));
  check_pat(xg2g::ts::write_section({.table_id = kPatTable}, body));
  return 0;
}
