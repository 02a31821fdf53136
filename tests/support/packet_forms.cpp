// SPDX-License-Identifier: MIT
#include "support/packet_forms.h"

#include <array>

namespace xg2g::test {
namespace {

constexpr std::size_t kPacketSize = 188;
constexpr std::size_t kParitySize = 16;
using Polynomial = std::array<std::uint8_t, kParitySize + 1>;

/// Multiplies in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1.
constexpr std::uint8_t multiply(unsigned a, unsigned b) {
  unsigned product = 0;
  for (; b != 0; b >>= 1) {
    if ((b & 1) != 0) product ^= a;
    a = (a << 1) ^ ((a & 0x80) != 0 ? 0x11Du : 0u);
  }
  return static_cast<std::uint8_t>(product);
}

/// (x + 2^0)(x + 2^1)...(x + 2^15), lowest power first.
constexpr Polynomial make_generator() {
  Polynomial g{1};
  std::uint8_t root = 1;
  for (std::size_t degree = 0; degree < kParitySize; ++degree) {
    for (std::size_t i = degree + 1; i > 0; --i) {
      g[i] = static_cast<std::uint8_t>(g[i - 1] ^ multiply(g[i], root));
    }
    g[0] = multiply(g[0], root);
    root = multiply(root, 2);
  }
  return g;
}

/// The remainder of packet * x^16 by the generator, highest power first.
Bytes make_parity(View packet) {
  constexpr Polynomial kGenerator = make_generator();
  Bytes parity(kParitySize, 0);
  for (const std::uint8_t byte : packet) {
    const unsigned feedback = byte ^ parity[0];
    for (std::size_t i = 0; i < kParitySize; ++i) {
      const unsigned next = i + 1 < kParitySize ? parity[i + 1] : 0u;
      parity[i] = static_cast<std::uint8_t>(
          next ^ multiply(feedback, kGenerator[kParitySize - 1 - i]));
    }
  }
  return parity;
}

}  // namespace

Bytes to_timestamped(View packets) {
  constexpr std::uint32_t kTicksAPacket = 4'000;  // 10 Mbit/s
  Bytes out;
  for (std::size_t at = 0; at < packets.size(); at += kPacketSize) {
    put(out, at / kPacketSize * kTicksAPacket & 0x3FFF'FFFF, 4);
    put(out, packets.subspan(at, kPacketSize));
  }
  return out;
}

Bytes to_parity(View packets) {
  Bytes out;
  for (std::size_t at = 0; at < packets.size(); at += kPacketSize) {
    const View packet = packets.subspan(at, kPacketSize);
    put(out, packet);
    put(out, make_parity(packet));
  }
  return out;
}

}  // namespace xg2g::test
