// SPDX-License-Identifier: MIT
#include "es/pes_header.h"

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <vector>

namespace xg2g::es {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Time = std::optional<std::uint64_t>;

// 0x1'2345'6789 and 0x1'FFFF'FFFF as the header has them, less the first four
// bits.
const Bytes kPts = {0x29, 0x8D, 0x15, 0xCF, 0x13};
const Bytes kDts = {0x1F, 0xFF, 0xFF, 0xFF, 0xFF};

struct Row {
  const char* name;
  std::uint8_t flags;  ///< PTS_DTS_flags and those behind them.
  Bytes fields;
  Time pts;
  Time dts;
  Time decoding;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

Bytes header_of(const Row& row) {
  Bytes bytes = {0, 0, 1, 0xE0, 0x12, 0x34, 0x80, row.flags};
  bytes.push_back(static_cast<std::uint8_t>(row.fields.size()));
  bytes.insert(bytes.end(), row.fields.begin(), row.fields.end());
  return bytes;
}

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

/// The same with one bit of byte `at` inverted.
Bytes inverted(Bytes bytes, std::size_t at, std::uint8_t bit) {
  bytes.at(at) ^= bit;
  return bytes;
}

class PesHeaderTable : public testing::TestWithParam<Row> {};

TEST_P(PesHeaderTable, GivesTheTimesThatAreThere) {
  const Row& row = GetParam();
  const Bytes bytes = header_of(row);
  ASSERT_EQ(pes_header_size(bytes), bytes.size());
  const PesHeader header = read_pes_header(bytes);
  EXPECT_EQ(header.stream_id, 0xE0);
  EXPECT_EQ(header.packet_length, 0x1234U);
  EXPECT_EQ(header.pts, row.pts);
  EXPECT_EQ(header.dts, row.dts);
  EXPECT_EQ(header.decoding_time(), row.decoding);
}

constexpr std::uint64_t kPtsValue = 0x1'2345'6789;
constexpr std::uint64_t kDtsValue = 0x1'FFFF'FFFF;

INSTANTIATE_TEST_SUITE_P(
    Times, PesHeaderTable,
    testing::Values(
        Row{"none", 0x00, {}, {}, {}, {}},
        Row{"pts", 0x80, kPts, kPtsValue, {}, kPtsValue},
        Row{"both", 0xC0, kPts + kDts, kPtsValue, kDtsValue, kDtsValue},
        Row{"forbidden", 0x40, kDts, {}, {}, {}},
        Row{"bits_of_other_fields", 0xBF, kPts, kPtsValue, {}, kPtsValue},
        Row{"first_marker", 0x80, inverted(kPts, 0, 1), {}, {}, {}},
        Row{"second_marker", 0x80, inverted(kPts, 2, 1), {}, {}, {}},
        Row{"third_marker", 0x80, inverted(kPts, 4, 1), {}, {}, {}},
        Row{"marker_of_dts",
            0xC0,
            kPts + inverted(kDts, 4, 1),
            kPtsValue,
            {},
            kPtsValue},
        Row{"marker_of_pts_alone",
            0xC0,
            inverted(kPts, 4, 1) + kDts,
            {},
            {},
            {}},
        Row{"no_room_for_pts",
            0x80,
            Bytes(kPts.begin(), kPts.end() - 1),
            {},
            {},
            {}},
        Row{"no_room_for_dts",
            0xC0,
            kPts + Bytes{0x1F},
            kPtsValue,
            {},
            kPtsValue},
        Row{"stuffing",
            0x80,
            kPts + Bytes(200, 0xFF),
            kPtsValue,
            {},
            kPtsValue}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ReadPesHeader, GivesWhatStandsBeforeTheEndOfTheBytes) {
  Bytes bytes = header_of({"", 0xC0, kPts + kDts, {}, {}, {}});
  bytes.resize(bytes.size() - 1);
  EXPECT_EQ(read_pes_header(bytes).pts, kPtsValue);
  EXPECT_FALSE(read_pes_header(bytes).dts);
  bytes.resize(9 + 4);
  EXPECT_FALSE(read_pes_header(bytes).pts);
  bytes.resize(8);
  EXPECT_FALSE(read_pes_header(bytes).pts);
  EXPECT_FALSE(read_pes_header({}).pts);
}

TEST(PesHeaderSize, AsksForWhatItTakesToTellMore) {
  const Bytes bytes = header_of({"", 0x80, kPts, {}, {}, {}});
  for (std::size_t have = 0; have < bytes.size(); ++have) {
    const auto size = pes_header_size({bytes.data(), have});
    ASSERT_TRUE(size) << have;
    EXPECT_GT(*size, have);
    EXPECT_LE(*size, bytes.size());
  }
}

TEST(PesHeaderSize, IsNoneWhereNoPesPacketBegins) {
  const Bytes bytes = header_of({"", 0x80, kPts, {}, {}, {}});
  for (const std::size_t at : {0U, 1U, 2U}) {
    EXPECT_FALSE(pes_header_size(inverted(bytes, at, 1))) << at;
  }
  EXPECT_FALSE(pes_header_size(inverted(bytes, 6, 0x80)));
  EXPECT_FALSE(pes_header_size(inverted(bytes, 6, 0x40)));
  Bytes padding = bytes;
  padding[3] = 0xBE;
  EXPECT_FALSE(pes_header_size(padding));
}

}  // namespace
}  // namespace xg2g::es
