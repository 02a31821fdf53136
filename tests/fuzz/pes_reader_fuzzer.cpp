// SPDX-License-Identifier: MIT
//
// The input is transport packet payloads: a byte whose bit 7 is
// payload_unit_start_indicator and bit 6 a loss, a byte for the length, the
// payload. Whether a payload comes whole or byte by byte, the same elementary
// stream leaves.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <vector>

#include "es/pes_reader.h"

namespace {

using xg2g::es::PesPiece;
using xg2g::es::PesReader;
using View = std::span<const std::uint8_t>;

void require(bool condition) {
  if (!condition) std::abort();
}

struct Output {
  std::vector<std::uint8_t> bytes;
  struct Start {
    std::size_t at;
    std::optional<std::uint64_t> pts;
    std::uint8_t stream_id;
    friend bool operator==(const Start&, const Start&) = default;
  };
  std::vector<Start> starts;
  std::vector<std::uint8_t> surplus;
  friend bool operator==(const Output&, const Output&) = default;
};

void push(PesReader& reader, View payload, bool unit_start, Output& out) {
  const PesPiece piece = reader.push(payload, unit_start);
  require(piece.bytes.size() + piece.surplus.size() <= payload.size());
  require(piece.starts || !piece.pts);
  if (piece.starts) {
    require(!piece.bytes.empty());
    require(!piece.pts || *piece.pts >> 33 == 0);
    out.starts.push_back({out.bytes.size(), piece.pts, piece.stream_id});
  }
  out.bytes.insert(out.bytes.end(), piece.bytes.begin(), piece.bytes.end());
  out.surplus.insert(out.surplus.end(), piece.surplus.begin(),
                     piece.surplus.end());
}

Output run(View input, std::size_t step) {
  PesReader reader;
  Output out;
  while (input.size() >= 2) {
    const bool unit_start = (input[0] & 0x80) != 0;
    if ((input[0] & 0x40) != 0) reader.lose();
    const std::size_t size = std::min<std::size_t>(input[1], input.size() - 2);
    const View payload = input.subspan(2, size);
    for (std::size_t at = 0; at < size; at += step) {
      push(reader, payload.subspan(at, std::min(step, size - at)),
           unit_start && at == 0, out);
    }
    input = input.subspan(2 + size);
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const View input(data, size);
  const Output whole = run(input, 255);
  require(run(input, 1) == whole);
  require(run(input, 3) == whole);
  return 0;
}
