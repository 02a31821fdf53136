// SPDX-License-Identifier: MIT
#include "support/stream_builder.h"

#include <gtest/gtest.h>

#include "support/packet_forms.h"
#include "support/pes_layout.h"
#include "support/stream_reader.h"

namespace xg2g::test {
namespace {

constexpr std::uint16_t kPmt = 0x100;
constexpr std::uint16_t kVideo = 0x101;
constexpr std::uint16_t kAudio = 0x102;

Bytes counted(std::size_t size) {
  Bytes out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<uint8_t>(i * 7);
  return out;
}

TEST(StreamBuilder, WritesTheProgramMapThatTheReaderReads) {
  StreamBuilder b;
  b.pat({{1, kPmt}});
  b.pmt(1, kPmt,
        {.pcr_pid = kVideo,
         .streams = {{0x02, kVideo},
                     {0x06, kAudio, ac3_descriptor() + language("deu")}}},
        {.version = 5});
  const Bytes stream = b.take();
  const StreamReader reader(stream);
  EXPECT_TRUE(reader.in_sync());
  EXPECT_EQ(reader.psi_errors(), 0U);
  ASSERT_EQ(reader.pmts(1).size(), 1U);
  const ReadPmt pmt = reader.pmts(1)[0];
  EXPECT_EQ(pmt.version, 5);
  EXPECT_EQ(pmt.pcr_pid, kVideo);
  ASSERT_NE(pmt.find(kAudio), nullptr);
  EXPECT_EQ(pmt.find(kAudio)->language, "deu");
  EXPECT_EQ(pmt.find(kAudio)->descriptors.count(0x6A), 1U);
}

TEST(StreamBuilder, DamagesTheCrcWhenAsked) {
  StreamBuilder b;
  b.pat({{1, kPmt}}, {.damaged_crc = true});
  EXPECT_EQ(StreamReader(b.bytes()).psi_errors(), 1U);
}

TEST(StreamBuilder, WritesSectionsBackToBackInPacketsOfAnySize) {
  const std::vector<Bytes> sections{make_section(0x4E, 1, counted(300)),
                                    make_section(0x4E, 2, counted(20)),
                                    make_section(0x4E, 3, counted(700))};
  for (std::size_t room = 2; room <= 184; ++room) {
    StreamBuilder b;
    b.sections(0x12, sections, room);
    const StreamReader reader(b.bytes());
    const auto found = reader.sections(0x12);
    ASSERT_EQ(found.size(), 3U) << room;
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(found[i].bytes, sections[i]);
  }
}

TEST(StreamBuilder, WritesPesPacketsOfEverySizeThatReadBack) {
  StreamBuilder b;
  for (std::size_t size = 0; size < 600; ++size) {
    b.pes(kAudio, 0xC0, 90'000 + size, counted(size));
  }
  const StreamReader reader(b.bytes());
  const auto found = reader.pes(kAudio);
  ASSERT_EQ(found.size(), 600U);
  for (std::size_t size = 0; size < 600; ++size) {
    EXPECT_EQ(found[size].payload, counted(size));
    EXPECT_EQ(found[size].pts, 90'000 + size);
    EXPECT_TRUE(found[size].length_ok);
  }
  EXPECT_EQ(reader.continuity_errors(), 0U);
}

TEST(StreamBuilder, PutsPcrAndIndicatorsIntoTheFirstPacketOfAPesPacket) {
  constexpr std::uint64_t kPcr = 0x1'2345'6789 * 300 + 299;
  StreamBuilder b;
  b.pes(kVideo, 0xE0, 5, counted(1000),
        {.dts = 3, .unbounded = true, .random_access = true, .pcr = kPcr});
  const StreamReader reader(b.bytes());
  ASSERT_EQ(reader.pcrs(kVideo).size(), 1U);
  EXPECT_EQ(reader.pcrs(kVideo)[0].value, kPcr);
  EXPECT_TRUE(reader.packets()[0].random_access);
  EXPECT_EQ(reader.pes(kVideo)[0].dts, 3U);
  EXPECT_EQ(reader.pes(kVideo)[0].declared_length, 0);
}

TEST(StreamBuilder, KeepsTheCounterStillWithoutPayload) {
  StreamBuilder b;
  b.pes(kAudio, 0xC0, 0, counted(10)).pcr(kAudio, 27).pcr(kAudio, 54);
  b.pes(kAudio, 0xC0, 0, counted(10));
  EXPECT_EQ(StreamReader(b.bytes()).continuity_errors(), 0U);
}

TEST(StreamBuilder, LetsPacketsMeetFaults) {
  StreamBuilder b;
  b.fault(kAudio, Fault::kDrop, 2, 1).fault(kAudio, Fault::kDuplicate, 1, 4);
  b.fault(kAudio, Fault::kTransportError, 1, 5);
  b.pes(kAudio, 0xC0, 0, counted(184 * 8));
  const StreamReader reader(b.bytes());
  EXPECT_EQ(reader.packets().size(), 9U - 2 + 1);
  EXPECT_EQ(reader.continuity_errors(kAudio), 1U);
  EXPECT_TRUE(reader.packets()[4].transport_error);
}

TEST(PacketForms, KeepThePacketsWhole) {
  StreamBuilder b;
  b.pes(kAudio, 0xC0, 0, counted(500));
  const Bytes stream = b.take();
  const Bytes timed = to_timestamped(stream);
  const Bytes parity = to_parity(stream);
  ASSERT_EQ(timed.size(), stream.size() / 188 * 192);
  ASSERT_EQ(parity.size(), stream.size() / 188 * 204);
  EXPECT_EQ(Bytes(timed.begin() + 192 + 4, timed.begin() + 192 * 2),
            Bytes(stream.begin() + 188, stream.begin() + 188 * 2));
  EXPECT_EQ(Bytes(parity.begin() + 204, parity.begin() + 204 + 188),
            Bytes(stream.begin() + 188, stream.begin() + 188 * 2));
}

TEST(PesLayout, GivesEachPesPacketThePtsOfTheFirstUnitThatStartsInIt) {
  const TimedUnits units{.units = {Bytes(100), Bytes(100), Bytes(100)},
                         .first_pts = 1'000};
  const auto cut = lay_unaligned(units, 70);
  ASSERT_EQ(cut.size(), 5U);
  EXPECT_EQ(cut[0].pts, 1'000U);
  EXPECT_EQ(cut[1].pts, 1'000U + 2'160);
  EXPECT_EQ(cut[2].pts, 1'000U + 2 * 2'160);
  EXPECT_FALSE(cut[3].pts);
  EXPECT_EQ(cut[4].bytes.size(), 20U);
}

}  // namespace
}  // namespace xg2g::test
