// SPDX-License-Identifier: MIT
#include "support/pes_layout.h"

#include <utility>

namespace xg2g::test {

std::vector<PesPayload> lay_aligned(const TimedUnits& units,
                                    std::size_t units_per_pes) {
  std::vector<PesPayload> out;
  for (std::size_t n = 0; n < units.units.size(); ++n) {
    if (n % units_per_pes == 0) out.push_back({units.pts(n), {}});
    put(out.back().bytes, units.units[n]);
  }
  return out;
}

std::vector<PesPayload> lay_unaligned(const TimedUnits& units,
                                      std::size_t size) {
  std::vector<PesPayload> out;
  PesPayload current;
  for (std::size_t n = 0; n < units.units.size(); ++n) {
    if (!current.pts) current.pts = units.pts(n);
    for (const std::uint8_t byte : units.units[n]) {
      current.bytes.push_back(byte);
      if (current.bytes.size() == size)
        out.push_back(std::exchange(current, {}));
    }
  }
  if (!current.bytes.empty()) out.push_back(std::move(current));
  return out;
}

}  // namespace xg2g::test
