// SPDX-License-Identifier: MIT
//
// PMTs whose CRC_32 is wrong, or of which packets are missing.

#include <gtest/gtest.h>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

constexpr Time kEnd = kStart + 5 * kSecond / 2;
const ProgramMap kMap = television({{0x03, kAudio, "deu"}});

/// Two seconds of MP2 with a PMT each 100 ms, damaged where `damaged` is.
Bytes with_damage(const std::function<bool(Time since)>& damaged,
                  const ProgramMap& map = kMap) {
  Timetable table;
  for (Time time = kStart; time < kEnd; time += kSecond / 10) {
    const bool wrong = damaged(time - kStart);
    table.at(time, [=](StreamBuilder& b) {
      b.pat({{1, kPmt}}).pmt(1, kPmt, map, {.damaged_crc = wrong});
    });
  }
  table.picture(kVideo, kStart, kEnd);
  table.sound(kAudio, Track(kMp2, 2.0).aligned());
  return table.write();
}

/// For each PMT packet, how many packets of sound and picture left before it.
std::vector<std::size_t> in_order(const Bytes& stream) {
  std::vector<std::size_t> all = places(stream, kPmt, kVideo);
  const std::vector<std::size_t> sound = places(stream, kPmt, kAudio);
  all.insert(all.end(), sound.begin(), sound.end());
  return all;
}

TEST(DamagedPmt, LeavesAtOnceInOrderWhereNoGoodOneIsKnown) {
  ProgramMap long_map = kMap;
  long_map.descriptors = Descriptors(0xC0, Bytes(250));
  for (const ProgramMap& map : {kMap, long_map}) {
    const Bytes in = with_damage([](Time) { return true; }, map);
    const Bytes out = filter(in);
    EXPECT_TRUE(StreamReader(in).bytes(kPmt) == StreamReader(out).bytes(kPmt));
    EXPECT_TRUE(StreamReader(in).bytes(kAudio) ==
                StreamReader(out).bytes(kAudio));
    EXPECT_EQ(in_order(in), in_order(out));
  }
}

TEST(DamagedPmt, GivesWayToTheGoodOneThatIsKnown) {
  const Bytes in = with_damage([](Time since) { return since >= kSecond / 2; });
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  expect_even(times(out, kAudio));
  EXPECT_EQ(types(out, kAudio), Bytes(25, 0x0F));
  EXPECT_EQ(places(in, kPmt, kVideo), places(out, kPmt, kVideo));
}

TEST(DamagedPmt, GivesWayWhereNothingIsReplacedToo) {
  const ProgramMap map = television({{0x0F, kAudio}});
  Timetable table;
  for (Time time = kStart; time < kEnd; time += kSecond / 10) {
    const bool wrong = time > kStart + kSecond && time < kStart + 2 * kSecond;
    table.at(time, [=](StreamBuilder& b) {
      b.pat({{1, kPmt}}).pmt(1, kPmt, map, {.damaged_crc = wrong});
    });
  }
  table.picture(kVideo, kStart, kEnd);
  const Bytes out = filter(table.write());
  EXPECT_EQ(types(out, kAudio).size(), 25U);
  EXPECT_EQ(StreamReader(out).psi_errors(), 0U);
  EXPECT_EQ(StreamReader(out).continuity_errors(), 0U);
}

TEST(DamagedPmt, AtTheStartCostsNoSoundThatComesBehindIt) {
  const Bytes in = with_damage([](Time since) { return since == 0; });
  const Bytes out = filter(in);
  expect_even(times(out, kAudio));
  EXPECT_LE(times(out, kAudio).front(), kSoundStart);
  EXPECT_EQ(types(out, kAudio), Bytes(24, 0x0F));
}

TEST(DamagedPmt, IsTheOneOfItsProgramWhereSeveralShareAPid) {
  const ProgramMap other{kVideo, {{0x03, kAudio}}};
  Timetable table;
  for (Time time = kStart; time < kEnd; time += kSecond / 10) {
    const bool wrong = time > kStart + kSecond;
    table.at(time, [=](StreamBuilder& b) {
      b.pat({{1, kPmt}, {2, kPmt}}).pmt(1, kPmt, kMap);
      b.pmt(2, kPmt, other, {.damaged_crc = wrong});
    });
  }
  table.picture(kVideo, kStart, kEnd);
  table.sound(kAudio, Track(kMp2, 2.0).aligned());
  const Bytes out = filter(table.write());
  EXPECT_EQ(StreamReader(out).pmts(1).size(), 25U);
  EXPECT_EQ(StreamReader(out).pmts(2).size(), 25U);
}

TEST(PmtThatLostAPacket, GivesWayToTheOneThatIsKnown) {
  ProgramMap map = kMap;
  map.descriptors = Descriptors(0xC0, Bytes(250));
  Timetable table;
  for (Time time = kStart; time < kEnd; time += kSecond / 10) {
    table.at(time, [=](StreamBuilder& b) {
      if (time > kStart + kSecond) b.fault(kPmt, Fault::kDrop, 1, 1);
      b.pat({{1, kPmt}}).pmt(1, kPmt, map);
    });
  }
  table.picture(kVideo, kStart, kEnd);
  table.sound(kAudio, Track(kMp2, 2.0).aligned());
  const Bytes out = filter(table.write());
  EXPECT_GE(types(out, kAudio).size(), 24U);
  EXPECT_EQ(StreamReader(out).psi_errors(), 0U);
}

}  // namespace
}  // namespace xg2g::test
