// SPDX-License-Identifier: MIT
//
// PAT and PMT in every shape they come in, and what that does to the sound.

#include <gtest/gtest.h>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

constexpr Time kEnd = kStart + 3 * kSecond / 2;

/// A picture, a second of MP2 on kAudio, and `psi` every 100 ms.
Timetable with_psi(const std::function<void(StreamBuilder&, Time)>& psi) {
  Timetable table;
  for (Time time = kStart; time < kEnd; time += kSecond / 10) {
    table.at(time, [=](StreamBuilder& builder) { psi(builder, time); });
  }
  table.picture(kVideo, kStart, kEnd);
  table.sound(kAudio, Track(kMp2, 1.0).aligned());
  return table;
}

void expect_whole(const Bytes& out) {
  expect_even(times(out, kAudio));
  EXPECT_NEAR(static_cast<double>(times(out, kAudio).size()), 46.875, 3);
}

const ProgramMap kMap = television({{0x03, kAudio, "deu"}});

TEST(Pmt, OverSeveralPacketsIsReplacedWhole) {
  ProgramMap map = kMap;
  map.descriptors = Descriptors(0xC0, Bytes(250, 1));
  map.streams[0].descriptors = Descriptors(0xC1, Bytes(200, 2));
  const Bytes in = with_psi([=](StreamBuilder& b, Time) {
                     b.pat({{1, kPmt}}).pmt(1, kPmt, map);
                   }).write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  expect_whole(out);
  EXPECT_EQ(types(out, kAudio), Bytes(15, 0x0F));
  const ReadPmt pmt = StreamReader(out).pmts(1).back();
  EXPECT_EQ(pmt.find(kVideo)->descriptors.at(0xC1), Bytes(200, 2));
}

TEST(Pmt, WithOtherPacketsBetweenItsOwnIsReplacedWhole) {
  ProgramMap map = kMap;
  map.descriptors = Descriptors(0xC0, Bytes(250, 1));
  const Bytes section = make_pmt(1, map);
  Timetable table;
  for (Time time = kStart; time < kEnd; time += kSecond / 10) {
    table.at(time, [=](StreamBuilder& b) {
      Bytes first{0};
      put(first, View(section).first(183));
      Bytes rest(section.begin() + 183, section.end());
      rest.resize(184, 0xFF);
      b.pat({{1, kPmt}}).packet(kPmt, first, {.unit_start = true});
      b.null(2).packet(kPmt, rest);
    });
  }
  table.picture(kVideo, kStart, kEnd);
  table.sound(kAudio, Track(kMp2, 1.0).aligned());
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  expect_whole(out);
}

TEST(Pmt, OfTheLongestLengthHasNoRoomForAnAacDescriptor) {
  ProgramMap map = kMap;
  const std::size_t missing = 1'024 - make_pmt(1, map).size();
  std::size_t left = missing;
  for (; left > 200; left -= 100) {
    map.descriptors = map.descriptors + Descriptors(0xC0, Bytes(98, 3));
  }
  map.descriptors = map.descriptors + Descriptors(0xC0, Bytes(left - 2, 3));
  ASSERT_EQ(make_pmt(1, map).size(), 1'024U);
  const Bytes in = with_psi([=](StreamBuilder& b, Time) {
                     b.pat({{1, kPmt}}).pmt(1, kPmt, map);
                   }).write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  expect_whole(out);
  EXPECT_EQ(types(out, kAudio), Bytes(15, 0x0F));
  for (const ReadSection& section : StreamReader(out).sections(kPmt)) {
    EXPECT_LE(section.bytes.size(), 1'024U);
  }
}

TEST(Pmt, ThatIsNotYetCurrentDoesNotAnnounceWhatWillNotLeave) {
  const ProgramMap next = television({{0x03, kSecondAudio}});
  const Bytes in = with_psi([=](StreamBuilder& b, Time) {
                     b.pat({{1, kPmt}}).pmt(1, kPmt, kMap);
                     b.pmt(1, kPmt, next, {.version = 1, .current = false});
                   }).write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  expect_whole(out);
  std::size_t announced = 0;
  for (const ReadSection& section : StreamReader(out).sections(kPmt)) {
    announced += section.current ? 0U : 1U;
  }
  EXPECT_EQ(announced, 0U);
}

TEST(Pmt, WithADamagedCrcIsCountedAndIgnored) {
  const ProgramMap wrong = television({{0x03, kSecondAudio}});
  const Bytes in =
      with_psi([=](StreamBuilder& b, Time time) {
        b.pat({{1, kPmt}}).pmt(1, kPmt, kMap);
        if (time == kStart + kSecond) {
          b.pmt(1, kPmt, wrong, {.version = 1, .damaged_crc = true});
        }
      }).write();
  Filter filter;
  const Bytes out = filter.run(in);
  expect_clean(in, out, {kAudio});
  expect_whole(out);
  EXPECT_EQ(filter.stats().psi_errors, 1U);
  EXPECT_EQ(filter.events(remux::EventType::kPsiError).size(), 1U);
}

TEST(Pmt, OnTheAudioPidByMistakeChangesNothingElse) {
  const ProgramMap map{kVideo, {{0x1B, kVideo}, {0x03, kPmt}}};
  StreamBuilder builder;
  for (int i = 0; i < 20; ++i) {
    builder.pat({{1, kPmt}}).pmt(1, kPmt, map).null();
  }
  const Bytes in = builder.take();
  const Bytes out = filter(in);
  EXPECT_EQ(StreamReader(out).psi_errors(), 0U);
  EXPECT_EQ(StreamReader(out).pmts(1).size(), 20U);
}

TEST(Pat, ThatMovesThePmtIsFollowed) {
  constexpr std::uint16_t kMoved = 0x1F0;
  const Bytes in = with_psi([=](StreamBuilder& b, Time time) {
                     const bool late = time >= kStart + kSecond;
                     const std::uint16_t pid = late ? kMoved : kPmt;
                     const std::uint8_t version = late ? 1 : 0;
                     b.pat({{1, pid}}, {.version = version});
                     b.pmt(1, pid, kMap);
                   }).write();
  const Bytes out = filter(in);
  expect_even(times(out, kAudio));
  EXPECT_EQ(types(out, kAudio), Bytes(5, 0x0F));  // of the last PMT PID
  EXPECT_EQ(StreamReader(out).continuity_errors(), 0U);
}

TEST(Pat, OfSeveralSectionsIsReadWhole) {
  const Bytes in =
      with_psi([=](StreamBuilder& b, Time) {
        b.pat({{0, 0x10}, {7, 0x107}}, {.number = 0, .last = 1});
        b.pat({{1, kPmt}}, {.number = 1, .last = 1}).pmt(1, kPmt, kMap);
      }).write();
  Filter filter;
  const Bytes out = filter.run(in);
  expect_clean(in, out, {kAudio});
  expect_whole(out);
  EXPECT_EQ(filter.stats().programs, 2U);
}

TEST(Programs, OfOnePmtPidAreReplacedTogether) {
  const ProgramMap other{kVideo, {{0x03, kAudio}}};
  const Bytes in = with_psi([=](StreamBuilder& b, Time) {
                     b.pat({{1, kPmt}, {2, kPmt}});
                     b.sections(kPmt, {make_pmt(1, kMap), make_pmt(2, other)});
                   }).write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  expect_whole(out);
  for (const std::uint16_t number : {std::uint16_t{1}, std::uint16_t{2}}) {
    const auto pmts = StreamReader(out).pmts(number);
    ASSERT_EQ(pmts.size(), 15U);
    for (const ReadPmt& pmt : pmts) {
      EXPECT_EQ(pmt.find(kAudio)->stream_type, 0x0F);
    }
  }
}

TEST(Programs, ThatShareAnAudioPidBothSayAac) {
  const ProgramMap other{kVideo, {{0x03, kAudio, "eng"}}};
  const Bytes in = with_psi([=](StreamBuilder& b, Time) {
                     b.pat({{1, kPmt}, {2, 0x200}});
                     b.pmt(1, kPmt, kMap).pmt(2, 0x200, other);
                   }).write();
  Filter filter;
  const Bytes out = filter.run(in);
  expect_clean(in, out, {kAudio});
  expect_whole(out);
  EXPECT_EQ(StreamReader(out).pmts(1).back().find(kAudio)->stream_type, 0x0F);
  EXPECT_EQ(StreamReader(out).pmts(2).back().find(kAudio)->stream_type, 0x0F);
  EXPECT_EQ(filter.stats().streams, 3U);
}

TEST(Programs, OtherThanTheOneAskedForPass) {
  const ProgramMap other{0x201, {{0x1B, 0x201}, {0x03, 0x202}}};
  Timetable table = with_psi([=](StreamBuilder& b, Time) {
    b.pat({{1, kPmt}, {2, 0x200}}).pmt(1, kPmt, kMap).pmt(2, 0x200, other);
  });
  table.sound(0x202, Track(kMp2, 1.0).aligned());
  const Bytes in = table.write();
  const Bytes out = filter(in, {.program = 1});
  expect_clean(in, out, {kAudio});
  expect_whole(out);
  EXPECT_EQ(StreamReader(out).pmts(2).back().find(0x202)->stream_type, 0x03);
}

TEST(TracksBeyondSixtyFour, PassAndAreNamed) {
  ProgramMap map{kVideo, {{0x1B, kVideo}}};
  const auto payloads = Track(kMp2Mono, 0.2).aligned();
  Timetable table;
  for (std::uint16_t pid = 0x300; pid < 0x300 + 66; ++pid) {
    map.streams.push_back({0x03, pid});
    table.sound(pid, payloads);
  }
  table.psi(map, kStart, kSoundStart + kSecond / 2);
  table.picture(kVideo, kStart, kSoundStart + kSecond / 2);
  const Bytes in = table.write();
  Filter filter;
  const Bytes out = filter.run(in);
  std::size_t transcoded = 0;
  std::size_t too_many = 0;
  for (const PmtStream& stream : map.streams) {
    const auto state = filter.stream(stream.pid)->state;
    transcoded += state == remux::StreamState::kTranscoded ? 1U : 0U;
    if (state != remux::StreamState::kTooMany) continue;
    ++too_many;
    EXPECT_EQ(types(out, stream.pid).back(), 0x03);
    EXPECT_TRUE(StreamReader(in).bytes(stream.pid) ==
                StreamReader(out).bytes(stream.pid));
  }
  EXPECT_EQ(transcoded, 64U);
  EXPECT_EQ(too_many, 2U);
}

}  // namespace
}  // namespace xg2g::test
