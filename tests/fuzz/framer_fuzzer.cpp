// SPDX-License-Identifier: MIT
//
// The input is an announced codec, then parts of a stream: a byte whose high
// bits say what it is (a PES packet's start, more of one, a loss, the end), two
// bytes of length, the bytes. However these are cut, the same access units
// leave, and none of their bytes was skipped.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <utility>
#include <vector>

#include "es/frame_header.h"
#include "es/framer.h"
#include "unit/es/frames.h"

namespace {

using xg2g::es::Codec;
using xg2g::es::Framer;
using xg2g::test::Bytes;
using xg2g::test::Stream;
using xg2g::test::Unit;
using View = std::span<const std::uint8_t>;

void require(bool condition) {
  if (!condition) std::abort();
}

void add_part(Stream& stream, std::uint8_t what, Bytes bytes) {
  switch (what >> 5) {
    case 0:
      stream.lose(what);
      break;
    case 1:
      stream.end();
      break;
    case 2:
    case 3:
      stream.pes(std::move(bytes));
      break;
    case 4:
      stream.pes(std::move(bytes), what);
      if (what % 2 != 0) stream.anew();
      break;
    case 5:
      stream.surplus(std::move(bytes));
      break;
    default:
      stream.more(std::move(bytes));
  }
}

Stream read_stream(View input) {
  Stream stream;
  while (input.size() >= 3) {
    const std::size_t said = input[1] * 256U + input[2];
    const std::size_t size = std::min(said, input.size() - 3);
    const View bytes = input.subspan(3, size);
    add_part(stream, input[0], {bytes.begin(), bytes.end()});
    input = input.subspan(3 + size);
  }
  return stream.end();
}

void check(const std::vector<Unit>& units, const Framer& framer,
           const Stream& stream) {
  std::uint64_t bytes = framer.skipped();
  for (const Unit& unit : units) {
    require(unit.missing <= 64);
    require(unit.bytes.size() >= unit.header.size);
    require(xg2g::es::parse_frame_header(unit.bytes) == unit.header);
    require(!unit.header.dependent && unit.header.substream == 0);
    bytes += unit.bytes.size();
  }
  std::uint64_t given = 0;
  for (const auto& part : stream.parts()) given += part.bytes.size();
  require(bytes <= given);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  if (size == 0) return 0;
  const auto announced = static_cast<Codec>(data[0] % 6);
  const Stream stream = read_stream(View(data, size).subspan(1));
  Framer whole(announced);
  const auto expected = run(whole, stream, size);
  check(expected, whole, stream);
  for (const std::size_t step : {1U, 7U, 184U}) {
    Framer cut(announced);
    require(run(cut, stream, step) == expected);
    require(cut.skipped() == whole.skipped());
    require(cut.codec() == whole.codec());
  }
  return 0;
}
