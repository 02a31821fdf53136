// SPDX-License-Identifier: MIT
//
// What stays whole where the treatment of a PID changes: it is no longer
// selected, its flags are odd, the source is another.

#include <gtest/gtest.h>

#include <algorithm>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

using remux::StreamState;

constexpr Time kEnd = kStart + 3 * kSecond;

/// Two seconds of MP2; the PMT says `before` in the first and `after` then.
Bytes with_change(const PmtStream& before, const PmtStream& after) {
  Timetable table;
  table.psi(television({before}), kStart, kStart + kSecond);
  table.psi(television({after}), kStart + kSecond, kStart + 5 * kSecond / 2,
            {.version = 1});
  table.picture(kVideo, kStart, kStart + 5 * kSecond / 2);
  table.sound(kAudio, Track(kMp2, 2.0).aligned());
  return table.write();
}

TEST(Handover, KeepsContinuityWhereTheLanguageIsNoLongerWanted) {
  remux::Options german;
  german.languages = {"deu"};
  const Bytes out =
      filter(with_change({0x03, kAudio, "deu"}, {0x03, kAudio, "eng"}), german);
  EXPECT_EQ(types(out, kAudio).front(), 0x0F);
  EXPECT_EQ(types(out, kAudio).back(), 0x03);
  EXPECT_EQ(StreamReader(out).continuity_errors(kAudio), 0U);
}

TEST(Handover, KeepsContinuityWhereThePidBecomesSomethingElse) {
  const Bytes out =
      filter(with_change({0x03, kAudio, "deu"}, {0x82, kAudio, "deu"}));
  EXPECT_EQ(types(out, kAudio).back(), 0x82);
  EXPECT_EQ(StreamReader(out).continuity_errors(kAudio), 0U);
}

/// Fails where a packet that came goes on with a PES packet of AAC.
void expect_no_stray_payload(const Bytes& in, const Bytes& out) {
  const StreamReader before(in);
  const auto came = [&](View payload) {
    return std::ranges::any_of(before.packets(kAudio), [&](const auto& p) {
      return std::ranges::equal(p.payload, payload);
    });
  };
  bool ours = false;
  std::size_t strays = 0;
  const StreamReader after(out);
  for (const ReadPacket& packet : after.packets(kAudio)) {
    if (packet.payload.empty()) continue;
    const bool passed = came(packet.payload);
    if (packet.unit_start) ours = !passed;
    if (!packet.unit_start && passed && ours) ++strays;
  }
  EXPECT_EQ(strays, 0U);
}

TEST(Handover, LetsNothingPassBeforeTheNextPesPacket) {
  // The change comes in the middle of a PES packet of twenty frames.
  const Track track(kMp2, 2.0);
  for (const PmtStream& after :
       {PmtStream{0x03, kAudio, "eng"}, PmtStream{0x82, kAudio, "deu"}}) {
    Timetable table;
    for (const PesPayload& payload : track.aligned(20)) {
      const Time time = static_cast<Time>(*payload.pts) - kSecond / 10;
      table.at(time, [=](StreamBuilder& b) {
        const View bytes = payload.bytes;
        const std::size_t half = bytes.size() / 2;
        StreamBuilder cut;
        cut.continuity(kAudio, 0);
        b.pes(kAudio, 0xC0, payload.pts, bytes.first(half),
              {.unbounded = true});
        const bool late = time > kStart + kSecond && time < kEnd;
        if (late) b.pmt(1, kPmt, television({after}), {.version = 1});
        for (std::size_t at = half; at < bytes.size(); at += 184) {
          b.packet(kAudio, bytes.subspan(at, std::min<std::size_t>(
                                                 184, bytes.size() - at)));
        }
      });
    }
    table.psi(television({{0x03, kAudio, "deu"}}), kStart, kStart + kSecond);
    table.picture(kVideo, kStart, kStart + 5 * kSecond / 2);
    remux::Options german;
    german.languages = {"deu"};
    const Bytes in = table.write();
    const Bytes out = filter(in, german);
    EXPECT_EQ(types(out, kAudio).back(), after.stream_type);
    expect_no_stray_payload(in, out);
    EXPECT_EQ(StreamReader(out).continuity_errors(kAudio), 0U);
    EXPECT_FALSE(read_adts(StreamReader(out).pes(kAudio).back().payload));
  }
}

TEST(Handover, LetsNothingPassInMidPesWhereTheProgramLeavesThePat) {
  Timetable table;
  table.psi(television({{0x03, kAudio}}), kStart, kStart + kSecond);
  table.at(kStart + 5 * kSecond / 4,
           [](StreamBuilder& b) { b.pat({}, {.version = 1}); });
  table.psi(television({{0x03, kAudio}}), kStart + 2 * kSecond,
            kStart + 3 * kSecond, {.version = 2});
  table.picture(kVideo, kStart, kStart + 3 * kSecond);
  // A packet each some milliseconds, so that the PAT comes within a PES packet.
  const auto payloads = Track(kMp2, 2.2).aligned(4);
  StreamBuilder sound;
  for (const PesPayload& payload : payloads) {
    sound.pes(kAudio, 0xC0, payload.pts, payload.bytes);
  }
  const Bytes packets = sound.take();
  const auto step =
      2 * kSecond * Time{kPacketSize} / static_cast<Time>(packets.size());
  for (std::size_t i = 0; i < packets.size() / kPacketSize; ++i) {
    table.at(kStart + kSecond / 3 + static_cast<Time>(i) * step,
             [=](StreamBuilder& b) {
               b.raw(View(packets).subspan(i * kPacketSize, kPacketSize));
             });
  }
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_no_stray_payload(in, out);
  EXPECT_EQ(StreamReader(out).continuity_errors(kAudio), 0U);
}

TEST(Handover, LetsEachPcrLeaveAtItsPlaceWhateverItsPacketIsMarkedAs) {
  Timetable table = mp2_broadcast(1.0);
  for (std::uint64_t i = 0; i < 50; ++i) {
    const Time time = kStart + kSecond + static_cast<Time>(i) * 900;
    table.at(time, [=](StreamBuilder& builder) {
      Bytes packet = StreamBuilder().pcr(kAudio, 27'000 * i).take();
      packet[3] |= 0x80;  // scrambled, says a packet without payload
      builder.raw(packet);
    });
  }
  const Bytes in = table.write();
  const Bytes out = filter(in);
  EXPECT_EQ(StreamReader(in).pcrs(kAudio).size(), 50U);
  EXPECT_EQ(StreamReader(out).pcrs(kAudio).size(), 50U);
  expect_even(times(out, kAudio));
}

TEST(Handover, TellsNoPmtVersionTwiceWithOtherContentOverAReset) {
  Filter filter;
  const Bytes first = mp2_broadcast(1.0).write();
  Bytes out = filter.push(first);
  filter.remuxer().reset();
  // The second source happens to begin with its PMT.
  StreamBuilder builder;
  builder.pmt(1, kPmt, television({{0x03, kAudio, "deu"}}));
  Bytes second = builder.take();
  const Bytes rest = mp2_broadcast(1.0).write();
  second.insert(second.end(), rest.begin(), rest.end());
  const Bytes more = filter.run(second);
  out.insert(out.end(), more.begin(), more.end());
  for (const std::uint8_t type : types(out, kAudio)) EXPECT_EQ(type, 0x0F);
  EXPECT_EQ(StreamReader(out).continuity_errors(kPmt), 0U);
  EXPECT_EQ(StreamReader(out).continuity_errors(kAudio), 0U);
}

TEST(Handover, DoesNotTakePrivateDataForAacForOneSyncWord) {
  std::vector<PesPayload> payloads;
  for (int i = 0; i < 20; ++i) {
    Bytes data(400, static_cast<std::uint8_t>(i));
    if (i == 4) {
      const Bytes adts = {0xFF, 0xF1, 0x50, 0x80, 0x30, 0x1F, 0xFC};
      std::copy(adts.begin(), adts.end(), data.begin());
    }
    payloads.push_back(
        {static_cast<std::uint64_t>(kSoundStart + i * 3600), data});
  }
  const Bytes in = broadcast({0x06, kAudio}, payloads, 0xBD).write();
  const Bytes out = filter(in);
  for (const std::uint8_t type : types(out, kAudio)) EXPECT_EQ(type, 0x06);
  EXPECT_EQ(StreamReader(in).bytes(kAudio), StreamReader(out).bytes(kAudio));
}

TEST(Handover, TranscodesOneOfTwoTracksThatNoOneAnnouncedIfFirstOnly) {
  Timetable table;
  const ProgramMap map = television({{0x06, kAudio}, {0x06, kSecondAudio}});
  table.psi(map, kStart, kStart + 2 * kSecond);
  table.picture(kVideo, kStart, kStart + 2 * kSecond);
  table.sound(kAudio, Track(kMp2, 1.0).aligned());
  table.sound(kSecondAudio, Track(kMp2, 1.0).aligned());
  remux::Options options;
  options.first_only = true;
  const Bytes out = filter(table.write(), options);
  EXPECT_EQ(types(out, kAudio).back(), 0x0F);
  EXPECT_EQ(types(out, kSecondAudio).back(), 0x06);
}

}  // namespace
}  // namespace xg2g::test
