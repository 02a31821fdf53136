// SPDX-License-Identifier: MIT
#include "es/pes_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <span>
#include <vector>

namespace xg2g::es {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint64_t kPts = 0x1'2345'6789;

/// A PES packet of `payload` with `stuffing` bytes in its header; kPts where
/// PTS_DTS_flags has one.
struct Packet {
  std::uint8_t stream_id = 0xC0;
  std::uint8_t pts_dts_flags = 2;
  std::uint8_t stuffing = 0;
  bool bounded = true;
  std::uint8_t last_marker = 1;
  Bytes payload = {10, 11, 12, 13};

  [[nodiscard]] Bytes bytes() const {
    Bytes optional;
    if (pts_dts_flags != 0) {
      optional = {0x29, 0x8D, 0x15, 0xCF,
                  static_cast<std::uint8_t>(0x12 | last_marker)};
    }
    if (pts_dts_flags == 3) {
      optional.insert(optional.end(), {0x11, 0x00, 0x01, 0x00, 0x01});
    }
    optional.insert(optional.end(), stuffing, 0xFF);
    const std::size_t length =
        bounded ? 3 + optional.size() + payload.size() : 0;
    Bytes out{0,
              0,
              1,
              stream_id,
              static_cast<std::uint8_t>(length >> 8),
              static_cast<std::uint8_t>(length),
              0x80,
              static_cast<std::uint8_t>(pts_dts_flags << 6),
              static_cast<std::uint8_t>(optional.size())};
    out.insert(out.end(), optional.begin(), optional.end());
    out.insert(out.end(), payload.begin(), payload.end());
    return out;
  }
};

/// A PesPiece that keeps its bytes.
struct Piece {
  Bytes bytes;
  bool starts;
  std::optional<std::uint64_t> pts;
  std::uint8_t stream_id;
};

Piece push(PesReader& reader, std::span<const std::uint8_t> payload,
           bool unit_start) {
  const PesPiece piece = reader.push(payload, unit_start);
  return {{piece.bytes.begin(), piece.bytes.end()},
          piece.starts,
          piece.pts,
          piece.stream_id};
}

Piece push(PesReader& reader, std::initializer_list<std::uint8_t> payload,
           bool unit_start) {
  return push(reader, Bytes(payload), unit_start);
}

TEST(PesReader, TakesTheHeaderOff) {
  PesReader reader;
  const Bytes packet = Packet{}.bytes();
  const Piece piece = push(reader, packet, true);
  EXPECT_TRUE(piece.starts);
  EXPECT_EQ(piece.pts, kPts);
  EXPECT_EQ(piece.stream_id, 0xC0);
  EXPECT_EQ(piece.bytes, Packet{}.payload);
}

TEST(PesReader, MarksOnlyTheFirstBytesAsTheStart) {
  PesReader reader;
  const Bytes packet = Packet{.bounded = false}.bytes();
  (void)push(reader, packet, true);
  const Piece piece = push(reader, {14, 15}, false);
  EXPECT_FALSE(piece.starts);
  EXPECT_FALSE(piece.pts);
  EXPECT_EQ(piece.bytes, (Bytes{14, 15}));
}

TEST(PesReader, ReadsHeadersCutAnywhere) {
  const Packet packet{.pts_dts_flags = 3, .stuffing = 245};
  const Bytes whole = packet.bytes();
  ASSERT_EQ(whole[8], 255);
  for (std::size_t step = 1; step <= whole.size(); ++step) {
    PesReader reader;
    Bytes out;
    int starts = 0;
    for (std::size_t at = 0; at < whole.size(); at += step) {
      const auto rest = std::span(whole).subspan(at);
      const Piece piece =
          push(reader, rest.first(std::min(step, rest.size())), at == 0);
      out.insert(out.end(), piece.bytes.begin(), piece.bytes.end());
      if (!piece.starts) continue;
      ++starts;
      EXPECT_EQ(piece.pts, kPts) << step;
    }
    EXPECT_EQ(out, packet.payload) << step;
    EXPECT_EQ(starts, 1) << step;
  }
}

TEST(PesReader, TellsBytesPastThePacketLengthApart) {
  PesReader reader;
  Bytes bytes = Packet{}.bytes();
  bytes.insert(bytes.end(), {0xFF, 0xFE});
  const PesPiece piece = reader.push(bytes, true);
  EXPECT_TRUE(std::ranges::equal(piece.bytes, Packet{}.payload));
  EXPECT_TRUE(std::ranges::equal(piece.surplus, Bytes{0xFF, 0xFE}));
  const Bytes more = {0xFD};
  const PesPiece next = reader.push(more, false);
  EXPECT_TRUE(next.bytes.empty());
  EXPECT_TRUE(std::ranges::equal(next.surplus, more));
}

TEST(PesReader, TakesALengthWithoutPayloadForNone) {
  PesReader reader;
  Bytes bytes = Packet{.payload = {}}.bytes();
  bytes.insert(bytes.end(), {0xFF, 0xFE});
  const PesPiece piece = reader.push(bytes, true);
  EXPECT_TRUE(piece.starts);
  EXPECT_EQ(piece.pts, kPts);
  EXPECT_TRUE(std::ranges::equal(piece.bytes, Bytes{0xFF, 0xFE}));
  EXPECT_TRUE(piece.surplus.empty());
}

TEST(PesReader, ADiscontinuityIsThatOfThePesPacketThatBeginsBehindIt) {
  PesReader reader;
  const Bytes packet = Packet{.bounded = false}.bytes();
  const Bytes more = {1, 2};
  EXPECT_FALSE(reader.push(packet, true).discontinuity);
  reader.discontinue();
  EXPECT_FALSE(reader.push(more, false).discontinuity);
  EXPECT_TRUE(reader.push(packet, true).discontinuity);
  EXPECT_FALSE(reader.push(more, false).discontinuity);
  EXPECT_FALSE(reader.push(packet, true).discontinuity);
}

TEST(PesReader, KeepsADiscontinuityOverALossAndAReset) {
  PesReader reader;
  const Bytes packet = Packet{.bounded = false}.bytes();
  reader.discontinue();
  const auto header = std::span(packet).first(9);
  (void)reader.push(header, true);
  reader.lose();
  reader.reset();
  EXPECT_TRUE(reader.push(packet, true).discontinuity);
}

TEST(PesReader, RunsToTheNextPacketWhereTheLengthIsZero) {
  PesReader reader;
  (void)push(reader, Packet{.bounded = false}.bytes(), true);
  const Bytes more(70'000, 7);
  EXPECT_EQ(push(reader, more, false).bytes.size(), more.size());
}

TEST(PesReader, TakesTheLongestBoundedPacket) {
  PesReader reader;
  Bytes bytes = Packet{.pts_dts_flags = 0}.bytes();
  bytes[4] = 0xFF;
  bytes[5] = 0xFF;
  (void)push(reader, bytes, true);
  const Bytes more(70'000, 7);
  EXPECT_EQ(push(reader, more, false).bytes.size(), 65535U - 3 - 4);
}

TEST(PesReader, TakesALengthThatEndsInTheHeaderForNone) {
  PesReader reader;
  Bytes bytes = Packet{}.bytes();
  bytes[5] = 7;
  EXPECT_EQ(push(reader, bytes, true).bytes, Packet{}.payload);
}

TEST(PesReader, GivesNoBytesOfStreamsWithoutTheOptionalHeader) {
  for (const int id : {0xBC, 0xBE, 0xBF, 0xF0, 0xF1, 0xF2, 0xF8, 0xFF}) {
    PesReader reader;
    Packet packet;
    packet.stream_id = static_cast<std::uint8_t>(id);
    EXPECT_TRUE(push(reader, packet.bytes(), true).bytes.empty()) << id;
    EXPECT_TRUE(push(reader, {1, 2}, false).bytes.empty()) << id;
  }
  for (const int id : {0xBD, 0xC0, 0xDF, 0xE0, 0xFA, 0xFD}) {
    PesReader reader;
    Packet packet;
    packet.stream_id = static_cast<std::uint8_t>(id);
    EXPECT_FALSE(push(reader, packet.bytes(), true).bytes.empty()) << id;
  }
}

TEST(PesReader, FindsNoPtsWhereThereIsNone) {
  PesReader reader;
  EXPECT_FALSE(push(reader, Packet{.pts_dts_flags = 0}.bytes(), true).pts);
  EXPECT_FALSE(push(reader, Packet{.pts_dts_flags = 1}.bytes(), true).pts)
      << "forbidden";
}

TEST(PesReader, IgnoresAPtsWhoseMarkerBitIsNotSet) {
  PesReader reader;
  const Piece piece = push(reader, Packet{.last_marker = 0}.bytes(), true);
  EXPECT_FALSE(piece.pts);
  EXPECT_TRUE(piece.starts);
  EXPECT_EQ(piece.bytes, Packet{}.payload);
}

TEST(PesReader, IgnoresAPtsThatTheHeaderHasNoRoomFor) {
  PesReader reader;
  Bytes bytes = Packet{}.bytes();
  bytes[8] = 4;
  EXPECT_FALSE(push(reader, bytes, true).pts);
}

TEST(PesReader, DropsWhatDoesNotBeginWithAStartCodeUntilTheNextDoes) {
  PesReader reader;
  Bytes bytes = Packet{}.bytes();
  bytes[2] = 2;
  EXPECT_TRUE(push(reader, bytes, true).bytes.empty());
  EXPECT_TRUE(push(reader, {1, 2, 3}, false).bytes.empty());
  EXPECT_EQ(push(reader, Packet{}.bytes(), true).bytes, Packet{}.payload);
}

TEST(PesReader, DropsAPacketWithoutTheTwoFixedBits) {
  PesReader reader;
  Bytes bytes = Packet{}.bytes();
  bytes[6] = 0x00;
  EXPECT_TRUE(push(reader, bytes, true).bytes.empty());
}

TEST(PesReader, DropsBytesBeforeTheFirstPacket) {
  PesReader reader;
  EXPECT_TRUE(push(reader, {1, 2, 3}, false).bytes.empty());
}

TEST(PesReader, UnboundsThePacketAfterALoss) {
  PesReader reader;
  (void)push(reader, Packet{}.bytes(), true);
  reader.lose();
  const Piece piece = push(reader, {20, 21}, false);
  EXPECT_EQ(piece.bytes, (Bytes{20, 21}));
  EXPECT_FALSE(piece.starts);
}

TEST(PesReader, DropsThePacketWhoseHeaderWasHit) {
  PesReader reader;
  const Bytes bytes = Packet{}.bytes();
  (void)push(reader, std::span(bytes).first(8), true);
  reader.lose();
  EXPECT_TRUE(push(reader, {20, 21}, false).bytes.empty());
  EXPECT_TRUE(push(reader, bytes, true).starts);
}

TEST(PesReader, GivesThePtsToNoBytesBehindALoss) {
  PesReader reader;
  const Bytes bytes = Packet{}.bytes();
  (void)push(reader, std::span(bytes).first(bytes.size() - 4), true);
  reader.lose();
  const Piece piece = push(reader, {20}, false);
  EXPECT_EQ(piece.bytes, (Bytes{20}));
  EXPECT_FALSE(piece.starts);
  EXPECT_FALSE(piece.pts);
}

TEST(PesReader, ForgetsThePacketOnReset) {
  PesReader reader;
  (void)push(reader, Packet{.bounded = false}.bytes(), true);
  reader.reset();
  EXPECT_TRUE(push(reader, {1}, false).bytes.empty());
}

}  // namespace
}  // namespace xg2g::es
