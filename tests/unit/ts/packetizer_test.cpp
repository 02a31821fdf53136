// SPDX-License-Identifier: MIT
#include "ts/packetizer.h"

#include <gtest/gtest.h>

#include <numeric>

#include "support/sections.h"
#include "support/stream_builder.h"
#include "support/stream_reader.h"

namespace xg2g::ts {
namespace {

using test::Bytes;
using test::ReadPacket;
using test::StreamReader;

constexpr std::uint16_t kPid = 0x0123;
constexpr std::size_t kRoom = kPacketSize - kHeaderSize;

Bytes counting(std::size_t size) {
  Bytes bytes(size);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
  return bytes;
}

/// A packetizer on kPid with all that it writes.
struct Written {
  ContinuityCounter counter;
  PacketOutput output;
  Packetizer packetizer{kPid, counter, output};

  [[nodiscard]] Bytes take() {
    Bytes bytes(output.pending());
    output.open(bytes);
    (void)output.close();
    return bytes;
  }
};

/// A PES packet of `size` bytes, cut into transport packets.
Bytes packets_of_pes(std::size_t size) {
  Written written;
  const Bytes pes = counting(size);
  const auto view = test::View(pes);
  const std::size_t header = std::min<std::size_t>(size, 14);
  written.packetizer.pes(view.first(header), view.subspan(header));
  return written.take();
}

Bytes payload_of(const StreamReader& reader) {
  Bytes payload;
  for (const ReadPacket& packet : reader.packets()) {
    test::put(payload, packet.payload);
  }
  return payload;
}

std::vector<int> counters_of(const Bytes& stream) {
  const StreamReader reader(stream);
  std::vector<int> counters;
  for (const ReadPacket& packet : reader.packets()) {
    counters.push_back(packet.continuity_counter);
  }
  return counters;
}

TEST(Packetizer, CarriesAPesPacketOfEverySize) {
  for (std::size_t size = 1; size <= 3 * kRoom + 1; ++size) {
    SCOPED_TRACE(size);
    const Bytes bytes = packets_of_pes(size);
    const StreamReader reader(bytes);
    EXPECT_TRUE(reader.in_sync());
    EXPECT_EQ(reader.packets().size(), (size + kRoom - 1) / kRoom);
    EXPECT_EQ(reader.continuity_errors(), 0U);
    EXPECT_EQ(payload_of(reader), counting(size));
  }
}

TEST(Packetizer, MarksOnlyTheFirstPacketOfAPesPacket) {
  const Bytes bytes = packets_of_pes(3 * kRoom);
  const StreamReader reader(bytes);
  ASSERT_EQ(reader.packets().size(), 3U);
  EXPECT_TRUE(reader.packets()[0].unit_start);
  EXPECT_FALSE(reader.packets()[1].unit_start);
  EXPECT_FALSE(reader.packets()[2].unit_start);
}

TEST(Packetizer, WritesNothingForNothing) {
  EXPECT_TRUE(packets_of_pes(0).empty());
}

TEST(Packetizer, NeedsNoAdaptationFieldWhereAPesPacketEndsExactly) {
  const Bytes bytes = packets_of_pes(2 * kRoom);
  EXPECT_EQ(bytes.size(), 2 * kPacketSize);
  EXPECT_EQ(bytes[3] & 0x30, 0x10);
  EXPECT_EQ(bytes[kPacketSize + 3] & 0x30, 0x10);
}

TEST(Packetizer, StuffsOneByteWithAnEmptyAdaptationField) {
  const Bytes bytes = packets_of_pes(kRoom - 1);
  EXPECT_EQ(bytes.size(), kPacketSize);
  EXPECT_EQ(bytes[3] & 0x30, 0x30);
  EXPECT_EQ(bytes[4], 0);
}

TEST(Packetizer, StuffsTwoBytesWithLengthAndFlags) {
  const Bytes bytes = packets_of_pes(kRoom - 2);
  EXPECT_EQ(bytes[4], 1);
  EXPECT_EQ(bytes[5], 0);
}

TEST(Packetizer, StuffsWithOnesBehindTheFlags) {
  const Bytes bytes = packets_of_pes(1);
  EXPECT_EQ(bytes[4], kRoom - 2);
  EXPECT_EQ(bytes[5], 0);
  EXPECT_EQ(Bytes(bytes.begin() + 6, bytes.end() - 1),
            Bytes(kPacketSize - 7, 0xFF));
}

TEST(Packetizer, WritesThePidInEveryPacket) {
  const Bytes bytes = packets_of_pes(10 * kRoom);
  const StreamReader reader(bytes);
  EXPECT_EQ(reader.packets(kPid).size(), 10U);
}

TEST(Packetizer, CountsOnOverAllThatItWrites) {
  Written written;
  written.packetizer.pes(counting(20 * kRoom), {});
  written.packetizer.pes(counting(9), counting(kRoom));
  const Bytes bytes = written.take();
  EXPECT_EQ(StreamReader(bytes).continuity_errors(), 0U);
  EXPECT_EQ(bytes[3] & 0x0F, 0);
}

TEST(Packetizer, GoesOnBehindTheCounterThatItIsGiven) {
  Written written;
  written.counter = ContinuityCounter(15);
  written.packetizer.pes(counting(1), {});
  EXPECT_EQ(written.take()[3] & 0x0F, 0);
}

TEST(Packetizer, CarriesASectionOfEverySize) {
  for (std::size_t body = 0; body <= 1012; body += 11) {
    SCOPED_TRACE(body);
    const Bytes section = test::make_section(0x02, 1, counting(body));
    Written written;
    written.packetizer.section(section);
    const Bytes bytes = written.take();
    const StreamReader reader(bytes);
    ASSERT_EQ(reader.sections(kPid).size(), 1U);
    EXPECT_EQ(reader.sections(kPid)[0].bytes, section);
    EXPECT_EQ(reader.continuity_errors(), 0U);
    EXPECT_EQ(reader.packets().size(), (section.size() + 1 + 183) / 184);
  }
}

TEST(Packetizer, FillsUpBehindASectionWithOnes) {
  const Bytes section = test::make_section(0x02, 1, {});
  Written written;
  written.packetizer.section(section);
  const Bytes bytes = written.take();
  ASSERT_EQ(bytes.size(), kPacketSize);
  EXPECT_EQ(bytes[3] & 0x30, 0x10);
  EXPECT_EQ(bytes[4], 0);
  const std::size_t end = kHeaderSize + 1 + section.size();
  EXPECT_EQ(
      Bytes(bytes.begin() + static_cast<std::ptrdiff_t>(end), bytes.end()),
      Bytes(kPacketSize - end, 0xFF));
}

TEST(Packetizer, KeepsAPcrAndItsDiscontinuityIndicator) {
  for (const bool discontinuity : {false, true}) {
    const Bytes source = test::StreamBuilder()
                             .packet(kPid, counting(20),
                                     {.unit_start = true,
                                      .discontinuity = discontinuity,
                                      .random_access = true,
                                      .pcr = 0x1'2345'6789ULL * 300 + 299})
                             .take();
    Written written;
    written.packetizer.pcr(packet_at(source, 0));
    const Bytes bytes = written.take();
    const StreamReader reader(bytes);
    ASSERT_EQ(reader.packets().size(), 1U);
    const ReadPacket& packet = reader.packets()[0];
    EXPECT_EQ(packet.pcr, 0x1'2345'6789ULL * 300 + 299);
    EXPECT_EQ(packet.discontinuity, discontinuity);
    EXPECT_EQ(packet.pid, kPid);
    EXPECT_FALSE(packet.unit_start);
    EXPECT_FALSE(packet.random_access);
    EXPECT_TRUE(packet.payload.empty());
    EXPECT_EQ(bytes[4], kRoom - 1);
  }
}

TEST(Packetizer, DoesNotCountAPcrPacket) {
  const Bytes source = test::StreamBuilder().pcr(kPid, 27'000'000).take();
  Written written;
  written.packetizer.pcr(packet_at(source, 0));
  written.packetizer.pes(counting(1), {});
  written.packetizer.pcr(packet_at(source, 0));
  written.packetizer.pes(counting(1), {});
  EXPECT_EQ(counters_of(written.take()), (std::vector<int>{15, 0, 0, 1}));
}

TEST(Packetizer, RenumbersAPacketAndLeavesTheRestOfIt) {
  const Bytes source =
      test::StreamBuilder()
          .continuity(kPid, 11)
          .packet(kPid, counting(100), {.scrambling = 3, .pcr = 1234})
          .take();
  Written written;
  written.counter = ContinuityCounter(4);
  written.packetizer.renumbered(packet_at(source, 0));
  Bytes expected = source;
  expected[3] = static_cast<std::uint8_t>((expected[3] & 0xF0) | 5);
  EXPECT_EQ(written.take(), expected);
}

TEST(Packetizer, KeepsTheStepsOfDuplicatesLossesAndPacketsWithoutPayload) {
  Written written;
  written.counter = ContinuityCounter(7);
  for (const int counter : {3, 3, 4, 6}) {
    const Bytes source =
        test::StreamBuilder()
            .continuity(kPid, static_cast<std::uint8_t>(counter))
            .packet(kPid, counting(184))
            .take();
    written.packetizer.renumbered(packet_at(source, 0));
  }
  EXPECT_EQ(counters_of(written.take()), (std::vector<int>{8, 8, 9, 11}));
}

TEST(Packetizer, LeavesOutWhatWouldGoOnWithAUnitOfOurs) {
  test::StreamBuilder source;
  source.packet(kPid, counting(184)).packet(kPid, counting(100), {.pcr = 9});
  source.pcr(kPid, 27).packet(kPid, counting(184), {.unit_start = true});
  source.packet(kPid, counting(184));
  Written written;
  written.packetizer.pes(counting(1), {});
  for (std::size_t at = 0; at < source.bytes().size(); at += kPacketSize) {
    written.packetizer.renumbered(packet_at(source.bytes(), at));
  }
  const Bytes out = written.take();
  EXPECT_EQ(counters_of(out), (std::vector<int>{0, 0, 0, 1, 2}));
  const StreamReader reader(out);
  EXPECT_EQ(reader.pcrs(kPid).size(), 2U);
  EXPECT_TRUE(reader.packets()[3].unit_start);
}

TEST(Packetizer, GoesOnWithAUnitThatDidNotLeaveByUs) {
  test::StreamBuilder source;
  source.packet(kPid, counting(184));
  Written written;
  written.counter = ContinuityCounter(4);
  written.packetizer.renumbered(packet_at(source.bytes(), 0));
  EXPECT_EQ(counters_of(written.take()), (std::vector<int>{5}));
}

TEST(ContinuityCounter, WrapsAt16) {
  ContinuityCounter counter(14);
  EXPECT_EQ(counter.next(), 15);
  EXPECT_EQ(counter.next(), 0);
  EXPECT_EQ(counter.same(), 0);
}

}  // namespace
}  // namespace xg2g::ts
