// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <random>

#include "support/bytes.h"
#include "ts/packet_sync.h"

namespace xg2g::ts {

using test::Bytes;
using test::View;

/// Packets with bodies of noise, which holds every value but 0x47. Each has
/// its number behind the sync byte.
inline Bytes packets(std::size_t count) {
  std::minstd_rand random(1);
  Bytes bytes;
  for (std::size_t i = 0; i < count; ++i) {
    test::put(bytes, kSyncByte);
    test::put(bytes, i % 64, 1);
    while (bytes.size() % kPacketSize != 0) {
      const auto byte = static_cast<std::uint8_t>(random() >> 8);
      bytes.push_back(byte == kSyncByte ? 0 : byte);
    }
  }
  return bytes;
}

inline Bytes garbage(std::size_t size) {
  std::minstd_rand random(2);
  Bytes bytes(size);
  std::ranges::generate(bytes, [&] {
    const auto byte = static_cast<std::uint8_t>(random() >> 8);
    return byte == kSyncByte ? std::uint8_t{0} : byte;
  });
  return bytes;
}

inline Bytes operator+(Bytes left, View right) {
  test::put(left, right);
  return left;
}

inline Bytes slice(const Bytes& bytes, std::size_t from, std::size_t count) {
  const View part = View(bytes).subspan(from, count);
  return {part.begin(), part.end()};
}

/// What was found, and what was counted on the way.
struct Found {
  Bytes packets;
  std::size_t packet_size = 0;
  std::uint64_t dropped = 0;
  std::uint64_t losses = 0;
  std::uint64_t locks = 0;
  std::uint64_t barren = 0;

  friend bool operator==(const Found&, const Found&) = default;
};

inline void drain(PacketSync& sync, Bytes& out) {
  for (;;) {
    const auto run = sync.next_run();
    if (run.empty()) return;
    EXPECT_EQ(run.size() % kPacketSize, 0U);
    test::put(out, run);
  }
}

/// Reads `stream` in pieces of whatever sizes `next_size` answers. Each piece
/// is a copy that is gone when the next one comes.
template <typename NextSize>
inline Found read_in_pieces(const Bytes& stream, NextSize next_size) {
  PacketSync sync;
  Found found;
  for (View rest = stream; !rest.empty();) {
    const std::size_t size = std::min<std::size_t>(next_size(), rest.size());
    const Bytes piece(rest.begin(),
                      rest.begin() + static_cast<std::ptrdiff_t>(size));
    rest = rest.subspan(size);
    sync.feed(piece);
    drain(sync, found.packets);
  }
  found.packet_size = sync.packet_size();
  sync.finish();
  drain(sync, found.packets);
  found.dropped = sync.dropped();
  found.losses = sync.losses();
  found.locks = sync.locks();
  found.barren = sync.barren();
  return found;
}

inline Found read_whole(const Bytes& stream) {
  return read_in_pieces(stream, [&] { return stream.size(); });
}

}  // namespace xg2g::ts
