// SPDX-License-Identifier: MIT
#include "ts/section_reader.h"

#include <gtest/gtest.h>

#include <numeric>

#include "support/sections.h"
#include "support/stream_builder.h"
#include "ts/packet.h"

namespace xg2g::ts {
namespace {

using test::Bytes;

constexpr std::uint16_t kPid = 0x0100;
constexpr std::size_t kRoom = kPacketSize - kHeaderSize;
constexpr std::size_t kOverhead = 12;  // header and CRC_32

/// A section of `size` bytes that differs with `extension`.
Bytes section_of(std::size_t size, std::uint16_t extension = 1) {
  Bytes body(size - kOverhead);
  std::iota(body.begin(), body.end(), static_cast<std::uint8_t>(extension));
  return test::make_section(0x42, extension, body);
}

std::vector<Bytes> drain(SectionReader& reader) {
  std::vector<Bytes> found;
  for (;;) {
    const auto section = reader.next();
    if (section.empty()) return found;
    found.emplace_back(section.begin(), section.end());
  }
}

/// Reads all sections of a stream of one PID.
std::vector<Bytes> read_all(SectionReader& reader, const Bytes& stream) {
  std::vector<Bytes> found;
  for (std::size_t at = 0; at < stream.size(); at += kPacketSize) {
    const Packet packet = packet_at(stream, at);
    reader.push(packet.payload(), packet.unit_start());
    for (Bytes& section : drain(reader)) found.push_back(std::move(section));
  }
  return found;
}

/// pointer_field, bytes, and 0xFF up to the end of a packet.
Bytes payload(std::uint8_t pointer_field, test::View bytes) {
  Bytes out = {pointer_field};
  test::put(out, bytes);
  out.resize(kRoom, 0xFF);
  return out;
}

Bytes joined(const Bytes& left, test::View right) {
  Bytes both = left;
  test::put(both, right);
  return both;
}

TEST(SectionReader, ReadsASectionOfEverySize) {
  for (const std::size_t size :
       {12U, 182U, 183U, 184U, 185U, 366U, 367U, 368U, 1024U, 4095U, 4096U}) {
    SCOPED_TRACE(size);
    const Bytes section = section_of(size);
    SectionReader reader;
    EXPECT_EQ(
        read_all(reader, test::StreamBuilder().section(kPid, section).bytes()),
        std::vector<Bytes>{section});
    EXPECT_FALSE(reader.gathering());
    EXPECT_EQ(reader.broken(), 0U);
  }
}

TEST(SectionReader, ReadsSectionsBackToBackWhateverThePacketsHold) {
  const std::vector<Bytes> sections = {section_of(20, 1),  section_of(13, 2),
                                       section_of(500, 3), section_of(183, 4),
                                       section_of(12, 5),  section_of(4096, 6),
                                       section_of(30, 7)};
  for (const std::size_t room : {2U, 3U, 4U, 7U, 13U, 100U, 183U, 184U}) {
    SCOPED_TRACE(room);
    test::StreamBuilder stream;
    stream.sections(kPid, sections, room);
    SectionReader reader;
    EXPECT_EQ(read_all(reader, stream.bytes()), sections);
    EXPECT_EQ(reader.broken(), 0U);
  }
}

TEST(SectionReader, ReadsSeveralSectionsInOnePacket) {
  const Bytes first = section_of(20, 1);
  const Bytes second = section_of(30, 2);
  SectionReader reader;
  reader.push(payload(0, joined(first, second)), true);
  EXPECT_EQ(drain(reader), (std::vector<Bytes>{first, second}));
}

TEST(SectionReader, IgnoresEverythingBeforeTheFirstStart) {
  const Bytes section = section_of(20);
  SectionReader reader;
  reader.push(section, false);
  EXPECT_TRUE(reader.next().empty());
  EXPECT_FALSE(reader.gathering());
  reader.push(payload(5, joined(Bytes{1, 2, 3, 4, 5}, section)), true);
  EXPECT_EQ(drain(reader), std::vector<Bytes>{section});
  EXPECT_EQ(reader.broken(), 0U);
}

TEST(SectionReader, IgnoresWhatFollowsStuffing) {
  SectionReader reader;
  reader.push(payload(0, joined(Bytes{0xFF}, section_of(20))), true);
  EXPECT_TRUE(reader.next().empty());
  reader.push(section_of(20), false);
  EXPECT_TRUE(reader.next().empty());
  EXPECT_EQ(reader.broken(), 0U);
}

TEST(SectionReader, AllowsStuffingBeforeThePointer) {
  const Bytes first = section_of(20, 1);
  const Bytes second = section_of(20, 2);
  SectionReader reader;
  reader.push(joined(Bytes{0}, first), true);
  EXPECT_EQ(drain(reader), std::vector<Bytes>{first});
  reader.push(payload(3, joined(Bytes{0xFF, 0xFF, 0xFF}, second)), true);
  EXPECT_EQ(drain(reader), std::vector<Bytes>{second});
  EXPECT_EQ(reader.broken(), 0U);
}

TEST(SectionReader, EndsASectionWhereThePointerFieldPoints) {
  const Bytes first = section_of(200, 1);
  const Bytes second = section_of(20, 2);
  const auto view = test::View(first);
  SectionReader reader;
  reader.push(joined(Bytes{0}, view.first(183)), true);
  EXPECT_TRUE(reader.next().empty());
  EXPECT_TRUE(reader.gathering());
  reader.push(
      payload(17, joined(Bytes(view.begin() + 183, view.end()), second)), true);
  EXPECT_EQ(drain(reader), (std::vector<Bytes>{first, second}));
}

TEST(SectionReader, TakesAPointerFieldThatPointsToTheVeryEnd) {
  const Bytes first = section_of(10 + kOverhead, 1);
  const Bytes second = section_of(20, 2);
  SectionReader reader;
  reader.push(joined(Bytes{0}, test::View(first).first(5)), true);
  Bytes rest(first.begin() + 5, first.end());
  rest.insert(rest.begin(), static_cast<std::uint8_t>(rest.size()));
  reader.push(rest, true);
  EXPECT_EQ(drain(reader), std::vector<Bytes>{first});
  reader.push(second, false);
  EXPECT_EQ(drain(reader), std::vector<Bytes>{second});
}

TEST(SectionReader, DropsASectionThatTheNextOneCutsShort) {
  const Bytes second = section_of(20, 2);
  SectionReader reader;
  reader.push(joined(Bytes{0}, test::View(section_of(400, 1)).first(183)),
              true);
  EXPECT_TRUE(reader.next().empty());
  reader.push(payload(0, second), true);
  EXPECT_EQ(drain(reader), std::vector<Bytes>{second});
  EXPECT_EQ(reader.broken(), 1U);
}

TEST(SectionReader, DropsEverythingAtAPointerFieldPastTheEnd) {
  SectionReader reader;
  reader.push(joined(Bytes{0}, test::View(section_of(400, 1)).first(183)),
              true);
  EXPECT_TRUE(reader.next().empty());
  reader.push(payload(184, section_of(20, 2)), true);
  EXPECT_TRUE(reader.next().empty());
  EXPECT_FALSE(reader.gathering());
  EXPECT_EQ(reader.broken(), 1U);
}

TEST(SectionReader, TakesAnEmptyPayloadForNothing) {
  SectionReader reader;
  reader.push({}, true);
  EXPECT_TRUE(reader.next().empty());
  reader.push(joined(Bytes{0}, test::View(section_of(400)).first(100)), true);
  EXPECT_TRUE(reader.next().empty());
  reader.push({}, true);
  EXPECT_TRUE(reader.gathering());
}

TEST(SectionReader, DropsTheSectionAroundALostPacket) {
  const Bytes lost = section_of(500, 1);
  const Bytes kept = section_of(500, 2);
  const auto view = test::View(lost);
  SectionReader reader;
  reader.push(joined(Bytes{0}, view.first(183)), true);
  EXPECT_TRUE(reader.next().empty());
  reader.lose();
  reader.push(view.subspan(183 + 184), false);
  EXPECT_TRUE(reader.next().empty());
  EXPECT_EQ(reader.broken(), 1U);
  EXPECT_EQ(read_all(reader, test::StreamBuilder().section(kPid, kept).bytes()),
            std::vector<Bytes>{kept});
  EXPECT_EQ(reader.broken(), 1U);
}

TEST(SectionReader, KeepsWholeSectionsWhenPacketsAreLost) {
  const Bytes whole = section_of(20, 1);
  SectionReader reader;
  reader.push(joined(Bytes{0}, joined(whole, Bytes{0x42, 0xB1, 0x00})), true);
  reader.lose();
  EXPECT_EQ(drain(reader), std::vector<Bytes>{whole});
  EXPECT_EQ(reader.broken(), 1U);
}

TEST(SectionReader, LosesNothingBetweenSections) {
  SectionReader reader;
  reader.push(payload(0, section_of(20)), true);
  (void)drain(reader);
  reader.lose();
  EXPECT_EQ(reader.broken(), 0U);
}

TEST(SectionReader, DropsASectionLongerThanAnyMayBe) {
  // 4,097 and 4,098 bytes.
  for (const auto length : {std::uint8_t{0xFE}, std::uint8_t{0xFF}}) {
    SectionReader reader;
    reader.push(payload(0, Bytes{0x42, 0xFF, length}), true);
    EXPECT_TRUE(reader.next().empty());
    EXPECT_FALSE(reader.gathering());
    EXPECT_EQ(reader.broken(), 1U);
    const Bytes section = section_of(20);
    reader.push(payload(0, section), true);
    EXPECT_EQ(drain(reader), std::vector<Bytes>{section});
  }
}

TEST(SectionReader, ReadsASectionCutAnywhere) {
  const Bytes section = section_of(20);
  for (std::size_t cut = 1; cut < section.size(); ++cut) {
    SCOPED_TRACE(cut);
    SectionReader reader;
    reader.push(joined(Bytes{0}, test::View(section).first(cut)), true);
    EXPECT_TRUE(reader.next().empty());
    EXPECT_TRUE(reader.gathering());
    reader.push(test::View(section).subspan(cut), false);
    EXPECT_EQ(drain(reader), std::vector<Bytes>{section});
  }
}

}  // namespace
}  // namespace xg2g::ts
