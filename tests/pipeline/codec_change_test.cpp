// SPDX-License-Identifier: MIT
//
// Sound that changes what it is, or where it is, goes on.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

using remux::StreamState;

/// The same words in AC-3 5.1, then MP2 mono, then AC-3 5.1, without a hole.
struct Changes {
  Track surround{kAc3Surround, 1.6};
  Track mono{kMp2Mono, 1.2, surround.end(), 1.6};
  Track again{kAc3Surround, 1.6, mono.end(), 2.8};

  [[nodiscard]] Timetable table() const {
    const Time end = static_cast<Time>(again.end());
    Timetable table;
    table.picture(kVideo, kStart, end);
    table.sound(kAudio, surround.aligned(), 0xBD);
    table.sound(kAudio, mono.aligned());
    table.sound(kAudio, again.aligned(), 0xBD);
    return table;
  }
  void expect_heard(const Bytes& in, const Bytes& out) const {
    expect_clean(in, out, {kAudio});
    expect_even(times(out, kAudio));
    const AvTimeline all = heard(out, kAudio);
    for (const Track* track : {&surround, &mono, &again}) {
      const AvTimeline reference = track->reference();
      EXPECT_LT(
          std::abs(samples_late(part(reference, reference.start + kSecond / 4,
                                     reference.start + 2 * kSecond),
                                all)),
          1.0);
    }
  }
};

TEST(CodecChange, ThatThePmtAnnouncesLeavesNoGap) {
  const Changes changes;
  const auto mono = static_cast<Time>(changes.surround.end()) - kSecond / 10;
  const auto again = static_cast<Time>(changes.mono.end()) - kSecond / 10;
  Timetable table = changes.table();
  table.psi(television({{0x81, kAudio}}), kStart, mono - 100);
  table.psi(television({{0x03, kAudio}}), mono - 50, again - 100,
            {.version = 1});
  table.psi(television({{0x81, kAudio}}), again - 50, again + 3 * kSecond,
            {.version = 2});
  const Bytes in = table.write();
  changes.expect_heard(in, filter(in));
}

TEST(CodecChange, ThatNothingAnnouncesLeavesNoGap) {
  const Changes changes;
  Timetable table = changes.table();
  table.psi(television({{0x81, kAudio}}), kStart, kStart + 6 * kSecond);
  const Bytes in = table.write();
  changes.expect_heard(in, filter(in));
}

TEST(CodecChange, KeepsOneConfigurationOfAac) {
  const Changes changes;
  Timetable table = changes.table();
  table.psi(television({{0x81, kAudio}}), kStart, kStart + 6 * kSecond);
  const Bytes out = filter(table.write());
  for (const ReadPes& pes : StreamReader(out).pes(kAudio)) {
    const auto frames = read_adts(pes.payload);
    ASSERT_TRUE(frames && frames->size() == 1);
    EXPECT_EQ(frames->front().sample_rate, 48'000U);
    EXPECT_EQ(frames->front().channels, 2U);
  }
}

TEST(CodecChange, ToAdtsLeavesItsFirstPesPacketWhole) {
  const Track before(kMp2, 1.2);
  const Track after(kAdts, 1.2, before.end());
  for (const std::size_t frames : {1U, 2U, 6U}) {
    const auto adts = after.aligned(frames);
    Timetable table;
    table.psi(television({{0x04, kAudio}}), kStart, kStart + 3 * kSecond);
    table.picture(kVideo, kStart, kStart + 3 * kSecond);
    table.sound(kAudio, before.aligned(3)).sound(kAudio, adts);
    const Bytes in = table.write();
    const Bytes out = filter(in);
    EXPECT_EQ(StreamReader(out).continuity_errors(kAudio), 0U);
    const auto leaving = StreamReader(out).pes(kAudio);
    ASSERT_GE(leaving.size(), adts.size());
    for (std::size_t i = 0; i < adts.size(); ++i) {
      const ReadPes& pes = leaving[leaving.size() - adts.size() + i];
      EXPECT_EQ(pes.pts, adts[i].pts);
      EXPECT_EQ(pes.payload, adts[i].bytes);
    }
    for (const ReadPes& pes : leaving) {
      EXPECT_TRUE(pes.length_ok);
      EXPECT_TRUE(read_adts(pes.payload));
    }
  }
}

TEST(CodecChange, IsReported) {
  const Changes changes;
  Timetable table = changes.table();
  table.psi(television({{0x81, kAudio}}), kStart, kStart + 6 * kSecond);
  Filter filter;
  (void)filter.run(table.write());
  std::vector<std::int64_t> codecs;
  for (const auto& event : filter.events(remux::EventType::kCodec)) {
    codecs.push_back(event.value);
  }
  EXPECT_EQ(codecs, (std::vector<std::int64_t>{2, 1, 2}));
}

TEST(NewPid, OfANewPmtVersionIsTranscodedFromItsFirstFrame) {
  const Track first(kMp2, 1.6);
  const Track second(kAc3, 1.6, first.end());
  const Time change = static_cast<Time>(first.end()) - kSecond / 10 - 10;
  Timetable table;
  table.picture(kVideo, kStart, kStart + 4 * kSecond);
  table.psi(television({{0x03, kAudio}}), kStart, change);
  table.psi(television({{0x81, kSecondAudio}}), change, kStart + 4 * kSecond,
            {.version = 1});
  table.sound(kAudio, first.aligned());
  table.sound(kSecondAudio, second.aligned(), 0xBD);
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio, kSecondAudio});
  expect_even(times(out, kAudio));
  expect_even(times(out, kSecondAudio));
  EXPECT_GE(times(out, kAudio).back(),
            static_cast<std::int64_t>(first.end()) - 2 * 1'920);
  EXPECT_EQ(types(out, kSecondAudio).back(), 0x0F);
  const std::size_t frames = times(out, kSecondAudio).size();
  EXPECT_NEAR(static_cast<double>(frames), 1.6 * 48'000 / 1'024, 3);
}

TEST(Tracks, ComeAndGo) {
  const Track first(kMp2, 3.0);
  const Track guest(kMp2Mono, 1.0, kSoundStart + kSecond);
  const Time come = kSoundStart + kSecond / 2;
  const Time go = kSoundStart + 2 * kSecond;
  const ProgramMap one = television({{0x03, kAudio, "deu"}});
  const ProgramMap two =
      television({{0x03, kAudio, "deu"}, {0x03, kSecondAudio, "eng"}});
  Timetable table;
  table.picture(kVideo, kStart, kStart + 4 * kSecond);
  table.psi(one, kStart, come);
  table.psi(two, come, go, {.version = 1});
  table.psi(one, go, kStart + 4 * kSecond, {.version = 2});
  table.sound(kAudio, first.aligned());
  table.sound(kSecondAudio, guest.aligned());
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio, kSecondAudio});
  expect_even(times(out, kAudio));
  expect_even(times(out, kSecondAudio));
  EXPECT_LT(std::abs(samples_late(first.reference(), heard(out, kAudio))), 1.0);
}

TEST(TrackThatComesBack, KeepsItsContinuityCounter) {
  const Track first(kMp2, 0.8);
  const Track second(kMp2, 0.8, kSoundStart + 2 * kSecond);
  const ProgramMap with = television({{0x03, kAudio}});
  Timetable table;
  table.picture(kVideo, kStart, kStart + 4 * kSecond);
  table.psi(with, kStart, kStart + kSecond * 3 / 2);
  table.psi(television({}), kStart + kSecond * 3 / 2, kStart + 2 * kSecond,
            {.version = 1});
  table.psi(with, kStart + 2 * kSecond, kStart + 4 * kSecond, {.version = 2});
  table.sound(kAudio, first.aligned()).sound(kAudio, second.aligned());
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  EXPECT_GT(times(out, kAudio).size(), 70U);
}

TEST(CodecChange, ToAdtsLosesNoPacketThatOvertookOthers) {
  const Track before(kMp2, 1.0);
  const Track adts(kAdts, 1.0, before.end());
  Timetable table;
  table.psi(television({{0x03, kAudio}}), kStart, kStart + 3 * kSecond);
  table.picture(kVideo, kStart, kStart + 3 * kSecond);
  table.sound(kAudio, before.aligned());
  Timetable later = table;
  later.sound(kAudio, adts.aligned(6));
  const Bytes whole = later.write();
  std::vector<std::size_t> sound;
  for (std::size_t at = 0; at < whole.size(); at += kPacketSize) {
    if ((whole[at + 1] & 0x1F) == 1 && whole[at + 2] == 2) sound.push_back(at);
  }
  const std::size_t first = StreamReader(table.write()).packets(kAudio).size();
  const auto payloads = [&](View stream) {
    std::vector<Bytes> all;
    for (const auto& packet : StreamReader(stream).packets(kAudio)) {
      all.emplace_back(packet.payload.begin(), packet.payload.end());
    }
    return all;
  };
  const auto wanted = payloads(whole);
  for (std::size_t k = 0; k < 8; ++k) {
    Bytes in = whole;
    constexpr std::array<std::size_t, 4> kOrder = {1, 3, 0, 2};
    for (std::size_t i = 0; i < kOrder.size(); ++i) {
      const auto from = whole.begin() + static_cast<std::ptrdiff_t>(
                                            sound[first + k + kOrder[i]]);
      std::copy_n(
          from, kPacketSize,
          in.begin() + static_cast<std::ptrdiff_t>(sound[first + k + i]));
    }
    const auto left = payloads(filter(in));
    for (std::size_t n = first; n < wanted.size(); ++n) {
      EXPECT_NE(std::find(left.begin(), left.end(), wanted[n]), left.end())
          << k << ": packet " << n - first;
    }
  }
}

}  // namespace
}  // namespace xg2g::test
