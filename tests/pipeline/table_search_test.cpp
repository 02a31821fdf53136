// SPDX-License-Identifier: MIT
//
// Tables that are late, missing, in an odd place or with an odd number.

#include <gtest/gtest.h>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

constexpr Time kEnd = kStart + 5 * kSecond / 2;
const ProgramMap kMap = television({{0x03, kAudio, "deu"}});

/// A picture, and two seconds of MP2 on kAudio.
Timetable television_without_tables() {
  Timetable table;
  table.picture(kVideo, kStart, kEnd);
  table.sound(kAudio, Track(kMp2, 2.0).aligned());
  return table;
}

void every_100_ms(Timetable& table, const Timetable::Action& action,
                  Time from = kStart) {
  for (Time time = from; time < kEnd; time += kSecond / 10) {
    table.at(time, action);
  }
}

void expect_whole(const Bytes& out, std::uint16_t pid = kAudio) {
  expect_even(times(out, pid));
  EXPECT_LE(times(out, pid).front(), kSoundStart);
  EXPECT_NEAR(static_cast<double>(times(out, pid).size()), 93.75, 3);
}

TEST(LowPids, AreLikeAllOthersWhereTablesNameThem) {
  constexpr std::uint16_t kLowPmt = 0x10;
  constexpr std::uint16_t kLowVideo = 0x11;
  constexpr std::uint16_t kLowAudio = 0x14;
  Timetable table;
  every_100_ms(table, [](StreamBuilder& b) {
    b.pat({{1, kLowPmt}});
    b.pmt(1, kLowPmt, {kLowVideo, {{0x1B, kLowVideo}, {0x81, kLowAudio}}});
  });
  table.picture(kLowVideo, kStart, kEnd);
  table.sound(kLowAudio, Track(kAc3, 2.0).aligned(), 0xBD);
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kLowAudio});
  expect_whole(out, kLowAudio);
  for (const auto type : types(out, kLowAudio)) EXPECT_EQ(type, 0x0F);
}

TEST(LowPids, PassAtOnceWhereNoTableNamesThem) {
  StreamBuilder builder;
  for (int i = 0; i < 5; ++i) {
    builder.section(0x10, make_section(0x40, 1, Bytes(100, 1)));
    builder.section(0x11, make_section(0x42, 1, Bytes(400, 2)));
    builder.section(0x12, make_section(0x4E, 1, Bytes(900, 3)));
    builder.section(0x14, Bytes{0x70, 0x70, 5, 1, 2, 3, 4, 5});
  }
  const Bytes in = builder.take();
  EXPECT_TRUE(Filter().push(in) == in);
}

TEST(LowPids, KeepTheirSectionsWhereAPatLies) {
  const Bytes sdt = make_section(0x42, 1, Bytes(400, 2));
  Timetable table = television_without_tables();
  every_100_ms(table, [=](StreamBuilder& b) {
    b.pat({{1, kPmt}, {2, 0x11}}).pmt(1, kPmt, kMap).section(0x11, sdt);
  });
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_whole(out);
  EXPECT_TRUE(StreamReader(in).bytes(0x11) == StreamReader(out).bytes(0x11));
  EXPECT_EQ(places(in, 0x11, kVideo), places(out, 0x11, kVideo));
}

TEST(PmtPid, KeepsOtherTablesInOrder) {
  const auto sections_of = [](const Bytes& stream) {
    std::vector<Bytes> found;
    for (const ReadSection& section : StreamReader(stream).sections(0x11)) {
      if (section.table_id != 0x02) found.push_back(section.bytes);
    }
    return found;
  };
  Timetable table = television_without_tables();
  std::uint8_t round = 0;
  every_100_ms(table, [=](StreamBuilder& b) mutable {
    ++round;
    const Bytes sdt = make_section(0x42, round, Bytes(400, 2));
    const Bytes other = make_section(0x46, round, Bytes(50, 3));
    b.pat({{1, 0x11}}).sections(0x11, {sdt, make_pmt(1, kMap), other});
  });
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_whole(out);
  EXPECT_EQ(sections_of(in).size(), 50U);
  EXPECT_TRUE(sections_of(in) == sections_of(out));
}

/// types() of a stream that has no PAT.
std::vector<std::uint8_t> types_without_pat(const Bytes& stream) {
  Bytes with = StreamBuilder().pat({{1, kPmt}}).take();
  put(with, stream);
  return types(with, kAudio);
}

TEST(WithoutAPat, APmtIsFound) {
  for (const std::size_t descriptors : {0U, 250U}) {
    ProgramMap map = kMap;
    if (descriptors > 0) {
      map.descriptors = Descriptors(0xC0, Bytes(descriptors));
    }
    Timetable table = television_without_tables();
    every_100_ms(table, [=](StreamBuilder& b) { b.pmt(1, kPmt, map); });
    const Bytes in = table.write();
    const Bytes out = filter(in);
    expect_whole(out);
    EXPECT_EQ(types_without_pat(out), Bytes(25, 0x0F));
    EXPECT_EQ(StreamReader(out).continuity_errors(), 0U);
    EXPECT_TRUE(filter_cut(in, 1) == out);
  }
}

TEST(WithoutAPat, APmtIsFoundLate) {
  Timetable table = television_without_tables();
  every_100_ms(
      table, [](StreamBuilder& b) { b.pmt(1, kPmt, kMap); },
      kStart + 9 * kSecond / 5);
  const Bytes out = filter(table.write());
  EXPECT_EQ(types_without_pat(out), Bytes(7, 0x0F));
  EXPECT_TRUE(read_adts(StreamReader(out).pes(kAudio).back().payload));
}

TEST(WithoutAPat, SectionsThatAreNoPmtPass) {
  Timetable table = television_without_tables();
  every_100_ms(table, [](StreamBuilder& b) {
    b.pmt(1, kPmt, kMap, {.damaged_crc = true});
    b.section(0x123, make_section(0x02, 1, Bytes(20, 0xFF)));
  });
  const Bytes in = table.write();
  const Bytes out = filter(in);
  for (const std::uint16_t pid : {kPmt, std::uint16_t{0x123}}) {
    EXPECT_TRUE(StreamReader(in).bytes(pid) == StreamReader(out).bytes(pid));
    EXPECT_EQ(places(in, pid, kVideo), places(out, pid, kVideo));
  }
}

TEST(PmtBeforeItsPat, LeavesAsAllLaterOnesDo) {
  for (const Time delay : {Time{50}, kSecond / 2, 3 * kSecond / 2}) {
    Timetable table = television_without_tables();
    every_100_ms(table, [](StreamBuilder& b) { b.pmt(1, kPmt, kMap); });
    every_100_ms(
        table,
        [](StreamBuilder& b) {
          b.pat({{1, kPmt}});
        },
        kStart + delay);
    const Bytes in = table.write();
    const Bytes out = filter(in);
    expect_clean(in, out, {kAudio});
    expect_whole(out);
    EXPECT_EQ(places(in, kPmt, kVideo), places(out, kPmt, kVideo));
    for (const ReadPmt& pmt : StreamReader(out).pmts(1)) {
      EXPECT_EQ(pmt.find(kAudio)->stream_type, 0x0F);
      EXPECT_EQ(pmt.version, 0);
    }
  }
}

TEST(PatThatComesLater, RulesOverAPmtThatWasFound) {
  constexpr std::uint16_t kStray = 0x1F0;
  const ProgramMap stray{0x1F1, {{0x03, 0x1F2}}};
  Timetable table = television_without_tables();
  every_100_ms(table, [=](StreamBuilder& b) { b.pmt(9, kStray, stray); });
  every_100_ms(
      table,
      [](StreamBuilder& b) {
        b.pat({{1, kPmt}}).pmt(1, kPmt, kMap);
      },
      kStart + kSecond / 10);
  const Bytes in = table.write();
  Filter filter;
  const Bytes out = filter.run(in);
  expect_whole(out);
  EXPECT_EQ(filter.stats().programs, 1U);
  EXPECT_EQ(StreamReader(out).sections(kStray).back().bytes,
            make_pmt(9, stray));
  EXPECT_EQ(StreamReader(out).continuity_errors(), 0U);
}

TEST(PatWithoutPrograms, LetsSoundWaitForOneThatHas) {
  Timetable table = television_without_tables();
  const Time change = kStart + 6 * kSecond / 5;
  for (Time time = kStart; time < change; time += kSecond / 10) {
    table.at(time, [](StreamBuilder& b) { b.pat({{0, 0x10}}); });
  }
  every_100_ms(
      table,
      [](StreamBuilder& b) {
        b.pat({{0, 0x10}, {1, kPmt}}, {.version = 1}).pmt(1, kPmt, kMap);
      },
      change);
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  expect_whole(out);
}

TEST(PmtOfAnotherProgramNumber, IsTheOneOfItsPid) {
  Timetable table = television_without_tables();
  every_100_ms(table, [](StreamBuilder& b) {
    b.pat({{1, kPmt}}).pmt(7, kPmt, kMap);
  });
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  expect_whole(out);
  for (const ReadPmt& pmt : StreamReader(out).pmts(7)) {
    EXPECT_EQ(pmt.find(kAudio)->stream_type, 0x0F);
  }
}

TEST(PmtOfAnotherProgramNumber, GivesWayToTheRightOne) {
  // A PAT cut down to one program of several on one PID.
  const ProgramMap other{0x201, {{0x1B, 0x201}, {0x03, 0x202}}};
  Timetable table = television_without_tables();
  every_100_ms(table, [=](StreamBuilder& b) {
    b.pat({{1, kPmt}}).pmt(2, kPmt, other).null(3).pmt(1, kPmt, kMap);
  });
  Filter filter;
  const Bytes out = filter.run(table.write());
  expect_whole(out);
  for (const auto type : types(out, kAudio)) EXPECT_EQ(type, 0x0F);
  EXPECT_EQ(filter.stats().streams, 2U);
}

TEST(SharedSound, IsSaidToBeWhatLeavesFromTheFirstPmtOn) {
  const ProgramMap english{kVideo, {{0x1B, kVideo}, {0x03, kAudio, "eng"}}};
  remux::Options german;
  german.languages = {"deu"};
  Timetable table;
  every_100_ms(table, [=](StreamBuilder& b) {
    b.pat({{1, kPmt}, {2, 0x200}}).pmt(1, kPmt, english).null(5);
    b.pmt(2, 0x200, kMap);
  });
  table.picture(kVideo, kStart + 10, kEnd);
  table.sound(kAudio, Track(kMp2, 2.0).aligned());
  const Bytes in = table.write();
  const Bytes out = filter(in, german);
  expect_clean(in, out, {kAudio});
  expect_whole(out);
  for (const auto type : types(out, kAudio)) EXPECT_EQ(type, 0x0F);
}

TEST(SharedSound, IsSaidAnewByAllProgramsBeforeItChanges) {
  const ProgramMap english{kVideo, {{0x1B, kVideo}, {0x03, kAudio, "eng"}}};
  remux::Options german;
  german.languages = {"deu"};
  Timetable table = television_without_tables();
  every_100_ms(table, [=](StreamBuilder& b) {
    b.pat({{1, kPmt}, {2, 0x200}}).pmt(1, kPmt, english);
  });
  // The second program's first PMT comes while the sound is on.
  every_100_ms(
      table, [](StreamBuilder& b) { b.pmt(2, 0x200, kMap); },
      kSoundStart + kSecond);
  const Bytes in = table.write();
  const Bytes out = filter(in, german);
  const StreamReader reader(out);
  std::size_t lies = 0;
  for (const ReadPes& pes : reader.pes(kAudio)) {
    std::uint8_t said = 0;
    for (const ReadPmt& pmt : reader.pmts(1)) {
      if (pmt.index < pes.index) said = pmt.find(kAudio)->stream_type;
    }
    if (said != (read_adts(pes.payload) ? 0x0F : 0x03)) ++lies;
  }
  EXPECT_EQ(lies, 0U);
  EXPECT_EQ(types(out, kAudio).back(), 0x0F);
}

TEST(TwoPmtVersions, BeforeAnyPictureAreBothTrue) {
  Timetable table;
  table.at(kStart, [](StreamBuilder& b) {
    b.pat({{1, kPmt}}).pmt(1, kPmt, kMap).null(3);
    b.pmt(1, kPmt, kMap, {.version = 1});
  });
  table.psi(kMap, kStart + kSecond / 10, kEnd, {.version = 1});
  table.picture(kVideo, kStart + 10, kEnd);
  table.sound(kAudio, Track(kMp2, 2.0).aligned());
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  for (const auto type : types(out, kAudio)) EXPECT_EQ(type, 0x0F);
}

}  // namespace
}  // namespace xg2g::test
