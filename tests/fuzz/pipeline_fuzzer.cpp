// SPDX-License-Identifier: MIT
//
// The input is a stream. Whole or cut in pieces, the same whole packets leave,
// never much more of them than came in, and little waits at any time.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "remux/remuxer.h"

namespace {

using xg2g::remux::Remuxer;
using View = std::span<const std::uint8_t>;
using Bytes = std::vector<std::uint8_t>;

void require(bool condition) {
  if (!condition) std::abort();
}

void take(Remuxer& remuxer, Remuxer::Answer answer, Bytes& room, Bytes& out) {
  for (;;) {
    require(answer.bytes % 188 == 0);
    out.insert(out.end(), room.begin(),
               room.begin() + static_cast<std::ptrdiff_t>(answer.bytes));
    if (remuxer.pending() == 0) return;
    answer = remuxer.process({}, room);
  }
}

/// What leaves for pieces of `piece` bytes and room for `packets` packets.
Bytes filter(View input, std::size_t piece, std::size_t packets) {
  Remuxer remuxer({});
  Bytes room(packets * 188);
  Bytes out;
  while (!input.empty()) {
    const View in = input.first(std::min(piece, input.size()));
    take(remuxer, remuxer.process(in, room), room, out);
    input = input.subspan(in.size());
  }
  take(remuxer, remuxer.flush(room), room, out);
  while (remuxer.next_event()) {
  }
  for (std::size_t i = 0; remuxer.stream(i); ++i) {
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const View input(data, size);
  const Bytes whole = filter(input, size + 1, 64);
  // A hole of a second becomes 48 frames of silence, a PMT that changes with
  // every packet a section of 1,024 bytes; both take packets to say.
  require(whole.size() <= 100 * size + 1'000'000);
  require(filter(input, 137, 1) == whole);
  return 0;
}
