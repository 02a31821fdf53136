// SPDX-License-Identifier: MIT
//
// The input is a descriptor loop. What is taken off its front, written back to
// back, is the loop up to where it ends or breaks.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

#include "ts/audio_label.h"
#include "ts/descriptor.h"

namespace {

using View = std::span<const std::uint8_t>;
using xg2g::ts::DescriptorTag;

void require(bool condition) {
  if (!condition) std::abort();
}

void check_walk(View loop) {
  std::vector<std::uint8_t> taken;
  View rest = loop;
  while (const auto descriptor = xg2g::ts::next_descriptor(rest)) {
    require(descriptor->bytes.size() == descriptor->body.size() + 2);
    require(descriptor->bytes[0] == descriptor->tag);
    require(descriptor->bytes[1] == descriptor->body.size());
    taken.insert(taken.end(), descriptor->bytes.begin(),
                 descriptor->bytes.end());
  }
  require(rest.size() < 2 || rest.size() < 2U + rest[1]);
  taken.insert(taken.end(), rest.begin(), rest.end());
  require(std::ranges::equal(taken, loop));
}

void check_language(View loop) {
  const xg2g::ts::PmtStream stream{0x81, 0x102, {loop.begin(), loop.end()}};
  const auto label = xg2g::ts::audio_label_of(stream, stream.descriptors);
  require(label.languages.size() <= loop.size() / 3);
  for (const auto& language : label.languages) {
    require(language.back() == '\0');
    const std::string_view code(language.data());
    require(code.size() == 3);
    require(
        std::ranges::all_of(code, [](char c) { return c > ' ' && c <= '~'; }));
  }
}

void check_registration(View loop) {
  for (const std::string_view format : {"AC-3", "EAC3", "HDMV"}) {
    if (!xg2g::ts::is_registered(loop, format)) continue;
    require(xg2g::ts::find_descriptor(loop, DescriptorTag::kRegistration)
                .has_value());
    require(std::search(loop.begin(), loop.end(), format.begin(),
                        format.end()) != loop.end());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const View loop(data, size);
  check_walk(loop);
  check_language(loop);
  check_registration(loop);
  return 0;
}
