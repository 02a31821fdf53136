// SPDX-License-Identifier: MIT
//
// The input is a list of elements, each a byte that says what it is and a byte
// that says which: a packet in one of three forms, garbage, a damaged packet,
// the input's own bytes. However the stream that they make is cut, the same
// packets are found and the same is counted.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "ts/packet_sync.h"

namespace {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;
using xg2g::ts::kPacketSize;
using xg2g::ts::kSyncByte;
using xg2g::ts::PacketSync;

void require(bool condition) {
  if (!condition) std::abort();
}

void append(Bytes& out, std::size_t count, std::uint8_t byte) {
  out.insert(out.end(), count, byte);
}

void append_packet(Bytes& out, std::uint8_t sync, std::uint8_t fill) {
  out.push_back(sync);
  append(out, kPacketSize - 1, fill);
}

/// Packets with so many bytes before and behind each.
void append_packets(Bytes& out, std::size_t count, std::uint8_t fill,
                    std::size_t before, std::size_t behind) {
  for (std::size_t i = 0; i < count; ++i) {
    append(out, before, fill);
    append_packet(out, kSyncByte, fill);
    append(out, behind, fill);
  }
}

/// Appends one element; answers how much of `rest` it has used up.
std::size_t append_element(Bytes& out, std::uint8_t what, std::uint8_t which,
                           View rest) {
  const std::size_t times = 1U + what / 8U;
  switch (what % 8) {
    case 0:
      append_packets(out, times, which, 0, 0);
      return 0;
    case 1:
      append_packets(out, times, which, 4, 0);
      return 0;
    case 2:
      append_packets(out, times, which, 0, 16);
      return 0;
    case 3:
      append(out, which, static_cast<std::uint8_t>(times));
      return 0;
    case 4:
      append(out, std::size_t{which} * 257, 0);
      return 0;
    case 5:
      append_packet(out, which, 0);
      return 0;
    case 6:
      append(out, which, kSyncByte);
      return 0;
    default: {
      const View raw = rest.first(std::min(times * 8, rest.size()));
      out.insert(out.end(), raw.begin(), raw.end());
      return raw.size();
    }
  }
}

Bytes make_stream(View input) {
  constexpr std::size_t kMost = std::size_t{256} * 1024;
  Bytes out;
  while (input.size() >= 2 && out.size() < kMost) {
    const View rest = input.subspan(2);
    input = rest.subspan(append_element(out, input[0], input[1], rest));
  }
  return out;
}

struct Found {
  Bytes packets;
  std::uint64_t dropped = 0;
  std::uint64_t losses = 0;
  std::uint64_t locks = 0;
  std::uint64_t barren = 0;

  friend bool operator==(const Found&, const Found&) = default;
};

void drain(PacketSync& sync, Found& found) {
  for (;;) {
    const View run = sync.next_run();
    if (run.empty()) return;
    require(run.size() % kPacketSize == 0);
    found.packets.insert(found.packets.end(), run.begin(), run.end());
  }
}

/// Reads `stream` in pieces of the sizes in `cuts`, over and over.
Found read(View stream, std::span<const std::size_t> cuts) {
  PacketSync sync;
  Found found;
  for (std::size_t i = 0; !stream.empty(); ++i) {
    const std::size_t size = std::min(cuts[i % cuts.size()], stream.size());
    const Bytes piece(stream.begin(),
                      stream.begin() + static_cast<std::ptrdiff_t>(size));
    stream = stream.subspan(size);
    sync.feed(piece);
    drain(sync, found);
  }
  sync.finish();
  drain(sync, found);
  found.dropped = sync.dropped();
  found.losses = sync.losses();
  found.locks = sync.locks();
  found.barren = sync.barren();
  return found;
}

void check(const Found& found, std::size_t size) {
  require(found.packets.size() + found.dropped <= size);
  require(found.losses <= found.locks);
  for (std::size_t at = 0; at < found.packets.size(); at += kPacketSize) {
    require(found.packets[at] == kSyncByte);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  if (size == 0) return 0;
  const View input(data, size);
  const Bytes stream = make_stream(input.subspan(1));
  const std::vector<std::size_t> all = {stream.size() + 1};
  const std::vector<std::size_t> single = {1};
  const std::vector<std::size_t> mixed = {data[0] + 1U, 187, 189, 4'096};
  const Found whole = read(stream, all);
  check(whole, stream.size());
  require(read(stream, mixed) == whole);
  if (stream.size() < 20'000) require(read(stream, single) == whole);
  return 0;
}
