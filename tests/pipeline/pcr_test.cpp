// SPDX-License-Identifier: MIT
//
// A PCR leaves at its place, whatever becomes of its PID.

#include <gtest/gtest.h>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

constexpr Time kEnd = kStart + 3 * kSecond / 2;

std::uint64_t pcr_at(Time time) {
  return static_cast<std::uint64_t>(time) * 300;
}

/// Packets of a PID that passes, one each 5 ms: they tell the places.
void tick(Timetable& table) {
  for (Time time = kStart; time < kEnd; time += 450) {
    table.at(time, [](StreamBuilder& b) { b.packet(0x1E0, Bytes(184, 7)); });
  }
}

/// A radio: PCRs on the sound's own PID, with its PES packets and alone.
Timetable radio(const std::vector<PesPayload>& payloads,
                std::uint8_t stream_id = 0xC0) {
  Timetable table;
  tick(table);
  for (const PesPayload& payload : payloads) {
    const Time time = static_cast<Time>(*payload.pts) - kSecond / 2;
    table.at(time, [=](StreamBuilder& b) {
      b.pes(kAudio, stream_id, payload.pts, payload.bytes,
            {.pcr = pcr_at(time)});
    });
    table.at(time + 900,
             [=](StreamBuilder& b) { b.pcr(kAudio, pcr_at(time + 900)); });
  }
  return table;
}

void tables(Timetable& table, const ProgramMap& map, Time from) {
  for (Time time = from; time < kEnd; time += kSecond / 10) {
    table.at(time, [=](StreamBuilder& b) {
      b.pat({{1, kPmt}}).pmt(1, kPmt, map);
    });
  }
}

TEST(Pcr, LeavesAtItsPlaceOnSoundThatWaitsForItsPmt) {
  Timetable table = radio(Track(kMp2, 1.4).aligned());
  tables(table, {kAudio, {{0x03, kAudio}}}, kStart + kSecond / 3);
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kAudio});
  EXPECT_EQ(pcr_places(in, kAudio, 0x1E0), pcr_places(out, kAudio, 0x1E0));
  expect_even(times(out, kAudio));
  EXPECT_TRUE(filter_cut(in, 1) == out);
}

TEST(Pcr, LeavesAtItsPlaceOnSoundThatWaitsForItsCodec) {
  // Nothing announced, four frames of AC-3 across PES packets.
  for (const std::uint8_t type : {std::uint8_t{0x06}, std::uint8_t{0x81}}) {
    Timetable table = radio(Track(kAc3, 1.4).aligned(), 0xBD);
    tables(table, {kAudio, {{type, kAudio}}}, kStart);
    const Bytes in = table.write();
    const Bytes out = filter(in);
    expect_clean(in, out, {kAudio});
    EXPECT_EQ(pcr_places(in, kAudio, 0x1E0), pcr_places(out, kAudio, 0x1E0));
  }
}

TEST(Pcr, LeavesOnceOnSoundThatWaitedAndPasses) {
  Timetable table = radio(Track(kMp2, 1.4).aligned());
  const Bytes in = table.write();  // No PMT comes.
  const Bytes out = filter(in);
  EXPECT_EQ(pcr_places(in, kAudio, 0x1E0), pcr_places(out, kAudio, 0x1E0));
  EXPECT_EQ(StreamReader(out).continuity_errors(), 0U);
  const auto before = StreamReader(in).pes(kAudio);
  const auto after = StreamReader(out).pes(kAudio);
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(before[i].payload, after[i].payload);
  }
}

TEST(Pcr, OfARadioThatSendsAdtsPassesAtOnceWithAllElse) {
  Timetable table = radio(Track(kAdts, 1.4).aligned());
  tables(table, {kAudio, {{0x0F, kAudio}}}, kStart + kSecond / 3);
  const Bytes in = table.write();
  EXPECT_TRUE(Filter().push(in) == in);
}

/// Television whose PCRs are on the PID of its PMT: in the PMT's packets, and
/// alone between them.
Timetable with_pcr_on_pmt(const PmtStream& sound, std::size_t descriptors) {
  ProgramMap map{kPmt, {{0x1B, kVideo}, sound}};
  if (descriptors > 0) map.descriptors = Descriptors(0xC0, Bytes(descriptors));
  Timetable table;
  tick(table);
  for (Time time = kStart; time < kEnd; time += kSecond / 10) {
    table.at(time, [=](StreamBuilder& b) {
      const Bytes section = make_pmt(1, map);
      Bytes first{0};
      put(first,
          View(section).first(std::min<std::size_t>(170, section.size())));
      b.pat({{1, kPmt}});
      b.packet(kPmt, first, {.unit_start = true, .pcr = pcr_at(time)});
      b.packet(0x1E0, Bytes(184, 8));
      if (section.size() <= 170) return;
      Bytes rest(section.begin() + 170, section.end());
      rest.resize(176, 0xFF);
      b.packet(kPmt, rest, {.pcr = pcr_at(time + 10)});
    });
    for (Time alone = time + 3'000; alone < time + kSecond / 10;
         alone += 3'000) {
      table.at(alone, [=](StreamBuilder& b) { b.pcr(kPmt, pcr_at(alone)); });
    }
  }
  table.picture(kVideo, kStart, kEnd);
  table.sound(sound.pid, Track(kMp2, 0.8).aligned());
  return table;
}

TEST(Pcr, LeavesAtItsPlaceOnThePidOfAPmtThatIsReplaced) {
  for (const std::size_t descriptors : {0U, 200U}) {
    const Bytes in = with_pcr_on_pmt({0x03, kAudio}, descriptors).write();
    const Bytes out = filter(in);
    expect_clean(in, out, {kAudio});
    EXPECT_EQ(pcr_places(in, kPmt, 0x1E0), pcr_places(out, kPmt, 0x1E0));
    EXPECT_EQ(types(out, kAudio), Bytes(types(in, kAudio).size(), 0x0F));
  }
}

TEST(Pcr, LeavesOnceOnThePidOfAPmtThatPasses) {
  for (const std::size_t descriptors : {0U, 200U}) {
    remux::Options options;
    options.languages = {"eng"};
    const Bytes in =
        with_pcr_on_pmt({0x03, kAudio, "deu"}, descriptors).write();
    const Bytes out = filter(in, options);
    EXPECT_EQ(pcr_places(in, kPmt, 0x1E0), pcr_places(out, kPmt, 0x1E0));
    EXPECT_EQ(StreamReader(out).continuity_errors(), 0U);
    EXPECT_EQ(types(out, kAudio), types(in, kAudio));
  }
}

TEST(Pcr, LeavesOnceInScrambledPacketsOfSoundThatWasReplaced) {
  const auto payloads = Track(kMp2, 1.4).aligned();
  Timetable table;
  tick(table);
  tables(table, {kAudio, {{0x03, kAudio}}}, kStart);
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    const Time time = static_cast<Time>(*payloads[i].pts) - kSecond / 2;
    // Scrambled are one PES packet, some, and all from the middle on. Each of
    // their packets has a PCR.
    const bool scrambled = i == 10 || (i >= 20 && i < 25) || i > 40;
    const std::uint8_t control = scrambled ? 2 : 0;
    table.at(time, [=, payload = payloads[i]](StreamBuilder& b) {
      StreamBuilder whole;
      whole.pes(kAudio, 0xC0, payload.pts, payload.bytes,
                {.packet_payload = 170});
      const Bytes packets = whole.take();
      const StreamReader reader(packets);
      std::uint64_t pcr = pcr_at(time);
      for (const ReadPacket& packet : reader.packets()) {
        b.packet(kAudio, packet.payload,
                 {.unit_start = packet.unit_start,
                  .scrambling = control,
                  .pcr = pcr++});
      }
    });
  }
  const Bytes in = table.write();
  const Bytes out = filter(in);
  EXPECT_EQ(pcr_places(in, kAudio, 0x1E0), pcr_places(out, kAudio, 0x1E0));
  EXPECT_EQ(StreamReader(out).continuity_errors(), 0U);
}

TEST(Pcr, CostsNoSoundThatIsClearUnderBitsThatLie) {
  Timetable table = radio(Track(kMp2, 1.4).aligned());
  tables(table, {kAudio, {{0x03, kAudio}}}, kStart);
  const Bytes clear = table.write();
  Bytes in = clear;
  for (std::size_t at = 0; at < in.size(); at += kPacketSize) {
    const bool payload = (in[at + 3] & 0x10) != 0;
    const bool sound = (in[at + 1] & 0x1F) == 1 && in[at + 2] == 2;
    if (sound && payload) in[at + 3] |= 0x80;
  }
  Filter truth;
  (void)truth.run(clear);
  Filter filter;
  const Bytes out = filter.run(in);
  EXPECT_EQ(filter.stats().audio.frames_in, truth.stats().audio.frames_in);
  EXPECT_EQ(pcr_places(in, kAudio, 0x1E0), pcr_places(out, kAudio, 0x1E0));
}

TEST(Pcr, AloneBeforeTheFirstPmtKeepsTheCountOfItsPid) {
  StreamBuilder builder;
  builder.pat({{1, kPmt}}).continuity(kPmt, 5).pcr(kPmt, 27'000'000);
  mp2_broadcast(1.0).write(builder);
  const Bytes out = filter(builder.take());
  EXPECT_EQ(StreamReader(out).continuity_errors(), 0U);
}

}  // namespace
}  // namespace xg2g::test
