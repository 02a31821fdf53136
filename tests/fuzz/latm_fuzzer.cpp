// SPDX-License-Identifier: MIT
//
// The input is LOAS AudioSyncStreams, each behind two bytes of its length. What
// leaves is ADTS that says the same as the converter.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "es/latm_converter.h"

namespace {

using xg2g::es::LatmConverter;
using View = std::span<const std::uint8_t>;

void require(bool condition) {
  if (!condition) std::abort();
}

void check(const LatmConverter& converter, bool converted,
           std::size_t unit_size) {
  require(converted == !converter.frames().empty());
  std::size_t payload = 0;
  for (const View frame : converter.frames()) {
    const auto header = xg2g::es::parse_adts_header(frame);
    require(header.has_value());
    require(header->size == frame.size());
    require(header->sample_rate == converter.sample_rate());
    require(header->channels > 0);
    payload += frame.size() - xg2g::es::kAdtsHeaderSize;
  }
  require(payload <= unit_size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  LatmConverter converter;
  View input(data, size);
  while (input.size() >= 2) {
    const std::size_t said = input[0] * 256U + input[1];
    // A copy, so that a read past the unit is seen.
    const View rest = input.subspan(2);
    const View view = rest.first(std::min(said, rest.size()));
    const std::vector<std::uint8_t> unit(view.begin(), view.end());
    const auto state = converter.learn(unit);
    require((state == LatmConverter::State::kUnknown) !=
            (converter.unit_samples() > 0));
    check(converter, converter.convert(unit), unit.size());
    input = rest.subspan(view.size());
  }
  return 0;
}
