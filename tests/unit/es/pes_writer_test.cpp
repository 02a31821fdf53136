// SPDX-License-Identifier: MIT
#include "es/pes_writer.h"

#include <gtest/gtest.h>

#include <vector>

#include "es/pes_reader.h"

namespace xg2g::es {
namespace {

TEST(PesHeader, IsWrittenByteForByte) {
  const auto header = make_pes_header(100, base::Ticks(0x1'2345'6789));
  const std::array<std::uint8_t, kPesHeaderSize> expected{
      0x00, 0x00, 0x01, 0xC0, 0x00, 0x6C, 0x84,
      0x80, 0x05, 0x29, 0x8D, 0x15, 0xCF, 0x13};
  EXPECT_EQ(header, expected);
}

TEST(PesHeader, IsReadBack) {
  for (const std::int64_t pts : {0LL, 1LL, 0x7FFFLL, 0x8000LL, 0x3FFF'FFFFLL,
                                 0x4000'0000LL, 0x1'FFFF'FFFFLL}) {
    const auto header = make_pes_header(3, base::Ticks(pts));
    std::vector<std::uint8_t> packet(header.begin(), header.end());
    packet.insert(packet.end(), {1, 2, 3, 4});
    PesReader reader;
    const PesPiece piece = reader.push(packet, true);
    EXPECT_EQ(piece.pts, static_cast<std::uint64_t>(pts));
    EXPECT_EQ(piece.bytes.size(), 3U) << "PES_packet_length";
    EXPECT_EQ(piece.stream_id, 0xC0);
  }
}

TEST(PesHeader, KeepsTheLow33BitsOfThePts) {
  const std::int64_t wrap = std::int64_t{1} << 33;
  EXPECT_EQ(make_pes_header(1, base::Ticks(wrap + 5)),
            make_pes_header(1, base::Ticks(5)));
  EXPECT_EQ(make_pes_header(1, base::Ticks(-1)),
            make_pes_header(1, base::Ticks(wrap - 1)));
}

}  // namespace
}  // namespace xg2g::es
