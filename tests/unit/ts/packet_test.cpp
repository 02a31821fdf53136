// SPDX-License-Identifier: MIT
#include "ts/packet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <initializer_list>

#include "support/stream_builder.h"

namespace xg2g::ts {
namespace {

using Bytes = std::array<std::uint8_t, kPacketSize>;

/// A packet that starts with `front`; the rest counts up from there.
Bytes packet_of(std::initializer_list<std::uint8_t> front) {
  Bytes bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes.at(i) = static_cast<std::uint8_t>(i);
  }
  std::ranges::copy(front, bytes.begin());
  return bytes;
}

TEST(Packet, ReadsTheHeader) {
  const Bytes bytes = packet_of({0x47, 0x5A, 0xBC, 0x1D});
  const Packet packet(bytes);
  EXPECT_EQ(packet.pid(), 0x1ABC);
  EXPECT_TRUE(packet.unit_start());
  EXPECT_FALSE(packet.transport_error());
  EXPECT_FALSE(packet.scrambled());
  EXPECT_FALSE(packet.has_adaptation_field());
  EXPECT_TRUE(packet.has_payload());
  EXPECT_EQ(packet.continuity_counter(), 0xD);
}

TEST(Packet, KeepsTransportPriorityOutOfThePid) {
  const Bytes bytes = packet_of({0x47, 0x3F, 0xFF, 0x10});
  EXPECT_EQ(Packet(bytes).pid(), kNullPid);
  EXPECT_FALSE(Packet(bytes).unit_start());
}

TEST(Packet, ReadsTheTransportErrorIndicator) {
  const Bytes bytes = packet_of({0x47, 0x80, 0x00, 0x10});
  EXPECT_TRUE(Packet(bytes).transport_error());
}

TEST(Packet, IsPlainWithNeitherAUnitStartNorAnAdaptationField) {
  EXPECT_TRUE(Packet(packet_of({0x47, 0x9F, 0xFF, 0xDF})).plain());
  EXPECT_FALSE(Packet(packet_of({0x47, 0x40, 0x00, 0x10})).plain());
  EXPECT_FALSE(Packet(packet_of({0x47, 0x00, 0x00, 0x30})).plain());
  EXPECT_FALSE(Packet(packet_of({0x47, 0x40, 0x00, 0x20})).plain());
}

TEST(Packet, IsScrambledWithEitherKey) {
  const Bytes even = packet_of({0x47, 0x01, 0x00, 0x90});
  const Bytes odd = packet_of({0x47, 0x01, 0x00, 0xD0});
  EXPECT_TRUE(Packet(even).scrambled());
  EXPECT_TRUE(Packet(odd).scrambled());
}

TEST(Packet, HasAPayloadBehindItsAdaptationField) {
  struct Case {
    const char* name;
    std::uint8_t control;
    std::uint8_t adaptation_field_length;
    std::size_t payload;
  };
  constexpr std::array kCases = {
      Case{"payload alone", 0x10, 0xFF, 184},
      Case{"adaptation field alone", 0x20, 183, 0},
      Case{"one byte of stuffing", 0x30, 0, 183},
      Case{"both", 0x30, 7, 176},
      Case{"one byte of payload", 0x30, 182, 1},
      Case{"a length that leaves no payload", 0x30, 183, 0},
      Case{"a length one past the end", 0x30, 184, 0},
      Case{"the longest length", 0x30, 255, 0},
      Case{"the reserved value", 0x00, 0, 0},
  };
  for (const Case& test : kCases) {
    SCOPED_TRACE(test.name);
    const Bytes bytes = packet_of(
        {0x47, 0x01, 0x00, test.control, test.adaptation_field_length});
    const auto payload = Packet(bytes).payload();
    EXPECT_EQ(payload.size(), test.payload);
    if (!payload.empty()) {
      EXPECT_EQ(&payload.back(), &bytes.back());
    }
  }
}

TEST(Packet, ReadsThePcrAsBaseAndExtension) {
  // Base 0x123456789 in 33 bits, six reserved ones, extension 0x0AB.
  const Bytes bytes = packet_of(
      {0x47, 0x01, 0x00, 0x20, 183, 0x10, 0x91, 0xA2, 0xB3, 0xC4, 0xFE, 0xAB});
  const auto pcr = Packet(bytes).pcr();
  ASSERT_TRUE(pcr.has_value());
  EXPECT_EQ(*pcr, base::ClockTicks(0x1'2345'6789LL * 300 + 0x0AB));
  EXPECT_EQ(Packet(bytes).pcr_bytes().data(), bytes.data() + 6);
  EXPECT_EQ(Packet(bytes).pcr_bytes().size(), 6U);
}

TEST(Packet, HasAPcrOnlyWhereAllOfItFits) {
  struct Case {
    const char* name;
    std::uint8_t control;
    std::uint8_t adaptation_field_length;
    std::uint8_t flags;
    bool pcr;
  };
  constexpr std::array kCases = {
      Case{"the shortest field with one", 0x30, 7, 0x10, true},
      Case{"a field too short for it", 0x30, 6, 0x10, false},
      Case{"an empty field", 0x30, 0, 0x10, false},
      Case{"no flag", 0x30, 183, 0xEF, false},
      Case{"no adaptation field", 0x10, 183, 0x10, false},
  };
  for (const Case& test : kCases) {
    SCOPED_TRACE(test.name);
    const Bytes bytes = packet_of({0x47, 0x01, 0x00, test.control,
                                   test.adaptation_field_length, test.flags});
    EXPECT_EQ(Packet(bytes).pcr().has_value(), test.pcr);
    EXPECT_EQ(Packet(bytes).pcr_bytes().empty(), !test.pcr);
  }
}

TEST(Packet, ReadsTheDiscontinuityIndicator) {
  const Bytes set = packet_of({0x47, 0x01, 0x00, 0x30, 1, 0x80});
  const Bytes clear = packet_of({0x47, 0x01, 0x00, 0x30, 1, 0x7F});
  const Bytes absent = packet_of({0x47, 0x01, 0x00, 0x30, 0, 0x80});
  EXPECT_TRUE(Packet(set).discontinuity());
  EXPECT_FALSE(Packet(clear).discontinuity());
  EXPECT_FALSE(Packet(absent).discontinuity());
}

Bytes without_pcr(const Packet& packet) {
  PacketCopy copy(packet);
  copy.remove_pcr();
  Bytes bytes{};
  std::ranges::copy(copy.packet().bytes(), bytes.begin());
  return bytes;
}

TEST(PacketCopy, PutsStuffingInThePlaceOfAPcr) {
  test::StreamBuilder builder;
  builder.packet(0x100, test::Bytes(100, 0x55),
                 {.unit_start = true, .random_access = true, .pcr = 27'000});
  const Packet with = packet_at(builder.bytes(), 0);
  const Bytes bytes = without_pcr(with);
  const Packet without(bytes);
  EXPECT_FALSE(without.pcr());
  EXPECT_EQ(bytes[4], with.bytes()[4]);
  EXPECT_EQ(bytes[5], 0x40);  // random_access_indicator
  EXPECT_TRUE(std::ranges::equal(without.payload(), with.payload()));
  EXPECT_TRUE(std::all_of(bytes.begin() + 6, bytes.end() - 100,
                          [](std::uint8_t byte) { return byte == 0xFF; }));
}

TEST(PacketCopy, KeepsWhatStandsBehindAPcr) {
  // OPCR (7 to 12) behind the PCR, and three bytes of stuffing.
  const Bytes bytes =
      packet_of({0x47, 0x01, 0x00, 0x30, 16, 0x18, 1,  2,    3,    4,    5,
                 6,    7,    8,    9,    10, 11,   12, 0xFF, 0xFF, 0xFF, 0x77});
  Bytes expected = packet_of({0x47, 0x01, 0x00, 0x30, 16,   0x08, 7,    8,
                              9,    10,   11,   12,   0xFF, 0xFF, 0xFF, 0xFF,
                              0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x77});
  EXPECT_EQ(without_pcr(Packet(bytes)), expected);
}

TEST(PacketCopy, StaysInAFieldThatClaimsToReachPastThePacket) {
  const Bytes bytes = packet_of({0x47, 0x01, 0x00, 0x20, 255, 0x10});
  const Bytes without = without_pcr(Packet(bytes));
  EXPECT_FALSE(Packet(without).pcr());
}

TEST(PacketCopy, ChangesNothingWhereThereIsNoPcr) {
  const Bytes bytes = packet_of({0x47, 0x01, 0x00, 0x30, 6, 0x90, 1, 2, 3});
  EXPECT_EQ(without_pcr(Packet(bytes)), bytes);
  PacketCopy copy{Packet(bytes)};
  copy.remove_time();
  EXPECT_TRUE(copy.packet().discontinuity());
}

TEST(PacketCopy, LosesTheDiscontinuityWithItsTime) {
  const Bytes bytes =
      packet_of({0x47, 0x01, 0x00, 0x30, 7, 0xD0, 1, 2, 3, 4, 5, 6});
  PacketCopy copy{Packet(bytes)};
  copy.remove_pcr();
  EXPECT_TRUE(copy.packet().discontinuity());
  PacketCopy without{Packet(bytes)};
  without.remove_time();
  EXPECT_FALSE(without.packet().discontinuity());
  EXPECT_EQ(without.packet().bytes()[5], 0x40);
}

TEST(PacketCopy, IsTakenForClearWhereThePacketWas) {
  const Bytes bytes = packet_of({0x47, 0x01, 0x00, 0x90, 1, 2, 3});
  EXPECT_TRUE(PacketCopy(Packet(bytes)).packet().scrambled());
  EXPECT_FALSE(
      PacketCopy(Packet(bytes).taken_for_clear()).packet().scrambled());
}

TEST(PacketCounterBefore, IsTheSameWhereThereIsNoPayload) {
  const Bytes with = packet_of({0x47, 0x01, 0x00, 0x10});
  const Bytes without = packet_of({0x47, 0x01, 0x00, 0x25, 183});
  EXPECT_EQ(Packet(with).counter_before(), 15);
  EXPECT_EQ(Packet(without).counter_before(), 5);
}

TEST(PacketAt, ViewsThePacketThatStartsThere) {
  std::array<std::uint8_t, 3 * kPacketSize> run{};
  run.at(kPacketSize + 2) = 0x64;
  EXPECT_EQ(packet_at(run, kPacketSize).pid(), 0x64);
  EXPECT_EQ(packet_at(run, 2 * kPacketSize).bytes().data(),
            run.data() + 2 * kPacketSize);
}

}  // namespace
}  // namespace xg2g::ts
