// SPDX-License-Identifier: MIT
#include "remux/first_look.h"

#include <gtest/gtest.h>

#include "support/stream_builder.h"

namespace xg2g::remux {
namespace {

using test::Bytes;

/// The look at the first packet of a PES packet.
FirstLook look(std::uint8_t stream_id, std::uint8_t first_byte = 0xFF,
               std::uint8_t header_stuffing = 0) {
  test::StreamBuilder builder;
  builder.pes(0x100, stream_id, 900'000, Bytes(100, first_byte),
              {.header_stuffing = header_stuffing});
  return look_at(ts::packet_at(builder.bytes(), 0));
}

TEST(FirstLook, GoesByTheStreamId) {
  EXPECT_EQ(look(0xE0), FirstLook::kPicture);
  EXPECT_EQ(look(0xEF), FirstLook::kPicture);
  EXPECT_EQ(look(0xC0), FirstLook::kMaybeSound);
  EXPECT_EQ(look(0xDF), FirstLook::kMaybeSound);
  EXPECT_EQ(look(0xFD), FirstLook::kMaybeSound);
  EXPECT_EQ(look(0xBD), FirstLook::kMaybeSound);
  EXPECT_EQ(look(0xBE), FirstLook::kNothing);
}

TEST(FirstLook, TellsTeletextAndSubtitlesInPrivateStreamsFromSound) {
  for (const int id : {0x10, 0x1F, 0x20, 0x99, 0x9B}) {
    const auto first = static_cast<std::uint8_t>(id);
    EXPECT_EQ(look(0xBD, first), FirstLook::kNothing) << id;
    EXPECT_EQ(look(0xC0, first), FirstLook::kMaybeSound) << id;
  }
  EXPECT_EQ(look(0xBD, 0x0B), FirstLook::kMaybeSound);
}

TEST(FirstLook, WaitsForAPrivateStreamWhosePayloadIsNotThereYet) {
  EXPECT_EQ(look(0xBD, 0x10, 200), FirstLook::kMaybeSound);
}

TEST(FirstLook, TellsAdtsFromSoundThatMayBecomeAac) {
  test::StreamBuilder builder;
  Bytes adts{0xFF, 0xF1, 0x4C, 0x80, 0x20, 0x1F, 0xFC};
  adts.resize(100);
  builder.pes(0x100, 0xC0, 900'000, adts).pes(0x100, 0xE0, 900'000, adts);
  EXPECT_EQ(look_at(ts::packet_at(builder.bytes(), 0)), FirstLook::kAac);
  EXPECT_EQ(look_at(ts::packet_at(builder.bytes(), 188)), FirstLook::kPicture);
}

TEST(FirstLook, SeesAPmtByItsHeader) {
  const auto look_at_section = [](const Bytes& section) {
    test::StreamBuilder builder;
    builder.section(0x100, section);
    return look_at(ts::packet_at(builder.bytes(), 0));
  };
  const test::ProgramMap map{0x101, {{0x03, 0x102}}};
  EXPECT_EQ(look_at_section(test::make_pmt(1, map)), FirstLook::kMaybePmt);
  EXPECT_EQ(look_at_section(test::make_pmt(1, map, {.number = 1, .last = 1})),
            FirstLook::kNothing);
  EXPECT_EQ(look_at_section(test::make_pat({{1, 0x100}})), FirstLook::kNothing);
  EXPECT_EQ(look_at_section(test::make_section(0x42, 1, Bytes(40))),
            FirstLook::kNothing);
  EXPECT_EQ(look_at_section(test::make_section(0x02, 1, Bytes(2'000))),
            FirstLook::kNothing);
}

TEST(FirstLook, SeesNothingInThePacketsThatFollow) {
  test::StreamBuilder builder;
  builder.pes(0x100, 0xC0, 900'000, Bytes(300, 1));
  builder.packet(0x100, Bytes{0, 0, 1, 0xC0}, {.unit_start = true});
  builder.packet(0x100, Bytes(184, 1), {.unit_start = true});
  for (const std::size_t packet : {1U, 2U, 3U}) {
    EXPECT_EQ(look_at(ts::packet_at(builder.bytes(), packet * 188)),
              FirstLook::kNothing);
  }
}

}  // namespace
}  // namespace xg2g::remux
