// SPDX-License-Identifier: MIT
//
// Scrambled sound passes, clear sound is transcoded, and the PMT says which.

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

/// MP2 in parts of these lengths, every other one scrambled.
Bytes partly_scrambled(bool scrambled_first, const std::vector<Time>& lengths) {
  Timetable table;
  Time end = kSoundStart;
  for (const Time length : lengths) end += length;
  const Track track(kMp2, static_cast<double>(end - kSoundStart) / kSecond);
  std::vector<std::vector<PesPayload>> parts(lengths.size());
  for (const PesPayload& payload : track.aligned()) {
    Time since = static_cast<Time>(*payload.pts) - kSoundStart;
    std::size_t i = 0;
    while (since >= lengths[i]) since -= lengths[i++];
    parts[i].push_back(payload);
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool scrambled = (i % 2 == 0) == scrambled_first;
    table.sound(kAudio, parts[i], 0xC0,
                {.scrambling = static_cast<std::uint8_t>(scrambled ? 2 : 0)});
  }
  table.psi(television({{0x03, kAudio}}), kStart, end + kSecond);
  table.picture(kVideo, kStart, end + kSecond);
  return table.write();
}

/// Sound that changes every two seconds.
Bytes pay_television(bool scrambled_first) {
  return partly_scrambled(scrambled_first, std::vector<Time>(4, 2 * kSecond));
}

/// Fails where a packet of sound is not what the PMT before it says.
void expect_truth(const Bytes& out) {
  const StreamReader reader(out);
  const auto pmts = reader.pmts(1);
  std::size_t lies = 0;
  for (const ReadPacket& packet : reader.packets(kAudio)) {
    std::uint8_t type = 0;
    for (const ReadPmt& pmt : pmts) {
      if (pmt.index < packet.index) type = pmt.find(kAudio)->stream_type;
    }
    if (type != (packet.scrambling != 0 ? 0x03 : 0x0F)) ++lies;
  }
  EXPECT_EQ(lies, 0U);
}

class Scrambling : public testing::TestWithParam<bool> {};

TEST_P(Scrambling, IsFollowedBothWays) {
  const Bytes in = pay_television(GetParam());
  Filter filter;
  const Bytes out = filter.run(in);
  expect_clean(in, out, {kAudio});
  EXPECT_NEAR(static_cast<double>(filter.stats().audio.frames_out),
              4.0 * 48'000 / 1'024, 8);
  EXPECT_GT(filter.stats().scrambled_packets, 600U);
}

TEST_P(Scrambling, IsToldByThePmtBeforeItIsHeard) {
  expect_truth(filter(pay_television(GetParam())));
}

TEST_P(Scrambling, LetsScrambledPacketsPassAsTheyAre) {
  const Bytes in = pay_television(GetParam());
  const Bytes out = filter(in);
  std::vector<Bytes> before;
  std::vector<Bytes> after;
  for (const auto& packet : StreamReader(in).packets(kAudio)) {
    if (packet.scrambling == 0) continue;
    before.emplace_back(packet.payload.begin(), packet.payload.end());
  }
  for (const auto& packet : StreamReader(out).packets(kAudio)) {
    if (packet.scrambling == 0) continue;
    after.emplace_back(packet.payload.begin(), packet.payload.end());
  }
  EXPECT_TRUE(before == after);
}

TEST_P(Scrambling, RaisesTheVersionWithEachChange) {
  const Bytes out = filter(pay_television(GetParam()));
  std::vector<int> versions;
  for (const ReadPmt& pmt : StreamReader(out).pmts(1)) {
    if (versions.empty() || versions.back() != pmt.version) {
      versions.push_back(pmt.version);
    }
  }
  // Before the first packet the PMT trusts that it will be clear.
  const std::size_t changes = GetParam() ? 4 : 3;
  ASSERT_EQ(versions.size(), changes + 1);
  EXPECT_EQ(versions.back(), static_cast<int>(changes));
}

INSTANTIATE_TEST_SUITE_P(First, Scrambling, testing::Bool());

/// Four tracks, scrambled from `from` to `to`.
Bytes four_tracks(Time from, Time to) {
  std::vector<PmtStream> tracks;
  Timetable table;
  const auto payloads = Track(kMp2, 3.0).aligned();
  for (std::uint16_t i = 0; i < 4; ++i) {
    tracks.push_back({0x03, static_cast<std::uint16_t>(0x110 + i)});
    for (const PesPayload& payload : payloads) {
      const Time time = static_cast<Time>(*payload.pts) - kSecond / 10;
      const bool scrambled = time >= from && time < to;
      table.at(time + 500 * i, [=](StreamBuilder& b) {
        b.pes(tracks.back().pid, 0xC0, payload.pts, payload.bytes,
              {.scrambling = static_cast<std::uint8_t>(scrambled ? 2 : 0)});
      });
    }
  }
  table.psi(television(tracks), kStart, kStart + 4 * kSecond);
  table.picture(kVideo, kStart, kStart + 4 * kSecond);
  return table.write();
}

std::uint8_t last_version(const Bytes& out) {
  return StreamReader(out).pmts(1).back().version;
}

TEST(ScrambledService, CostsOneVersionOfThePmt) {
  EXPECT_EQ(last_version(filter(four_tracks(0, kStart + 9 * kSecond))), 1);
}

TEST(ScrambledService,
     CostsOneVersionWhereItBecomesSoAndOneWhereItBecomesClear) {
  const Bytes in = four_tracks(kStart + kSecond, kStart + 5 * kSecond / 2);
  const Bytes out = filter(in);
  EXPECT_EQ(last_version(out), 2);
  const StreamReader reader(out);
  const auto pmts = reader.pmts(1);
  for (std::uint16_t pid = 0x110; pid < 0x114; ++pid) {
    EXPECT_EQ(reader.continuity_errors(pid), 0U);
    std::size_t lies = 0;
    for (const ReadPacket& packet : reader.packets(pid)) {
      std::uint8_t said = 0;
      for (const ReadPmt& pmt : pmts) {
        if (pmt.index < packet.index) said = pmt.find(pid)->stream_type;
      }
      if (said != (packet.scrambling != 0 ? 0x03 : 0x0F)) ++lies;
    }
    EXPECT_EQ(lies, 0U);
  }
}

TEST(ScrambledTrack, IsNeitherLateNorInTheWayOfAClearOne) {
  Timetable table;
  const auto payloads = Track(kMp2, 1.0).aligned();
  table.psi(television({{0x03, kAudio}, {0x03, kSecondAudio}}), kStart,
            kStart + 2 * kSecond);
  table.picture(kVideo, kStart, kStart + 2 * kSecond);
  table.sound(kAudio, payloads, 0xC0, {.scrambling = 2});
  table.sound(kSecondAudio, payloads);
  const Bytes in = table.write();
  const Bytes out = filter(in);
  expect_clean(in, out, {kSecondAudio});
  EXPECT_EQ(places(in, kAudio, kVideo), places(out, kAudio, kVideo));
  EXPECT_EQ(types(out, kAudio).back(), 0x03);
  EXPECT_EQ(types(out, kSecondAudio).back(), 0x0F);
}

TEST(ScrambledPacket, AmongClearOnesIsAnAccident) {
  Bytes in = mp2_broadcast(2.0).write();
  std::size_t seen = 0;
  for (std::size_t at = 0; at < in.size(); at += kPacketSize) {
    const bool sound = (in[at + 1] & 0x1F) == 1 && in[at + 2] == 2;
    if (sound && ++seen == 200) in[at + 3] |= 0xC0;
  }
  Filter filter;
  const Bytes out = filter.run(in);
  expect_clean(in, out, {kAudio});
  expect_even(times(out, kAudio));
  for (const std::uint8_t type : types(out, kAudio)) EXPECT_EQ(type, 0x0F);
  for (const auto& packet : StreamReader(out).packets(kAudio)) {
    EXPECT_EQ(packet.scrambling, 0);
  }
}

class ShortScrambling : public testing::TestWithParam<int> {};

TEST_P(ShortScrambling, IsAHoleThatIsFilled) {
  const Time length = GetParam() * kSecond / 1'000;
  const Bytes in = partly_scrambled(false, {2 * kSecond, length, 2 * kSecond});
  Filter filter;
  const Bytes out = filter.run(in);
  expect_clean(in, out, {kAudio});
  expect_even(times(out, kAudio));
  EXPECT_EQ(filter.stats().audio.gaps, 1U);
  EXPECT_EQ(filter.stats().audio.discontinuities, 0U);
  for (const std::uint8_t type : types(out, kAudio)) EXPECT_EQ(type, 0x0F);
  const Track track(kMp2, 4.0 + static_cast<double>(length) / kSecond);
  const Time from = kSoundStart + 2 * kSecond + length + kSecond / 10;
  EXPECT_LT(
      std::abs(samples_late(part(track.reference(), from, from + kSecond),
                            part(heard(out, kAudio), from, from + kSecond))),
      1.0);
}

INSTANTIATE_TEST_SUITE_P(Milliseconds, ShortScrambling,
                         testing::Values(24, 48, 200, 500, 900));

/// `in` with these bits in every packet of sound whose index `when` holds for.
template <typename When>
Bytes with_bits(Bytes in, unsigned bits, When when) {
  std::size_t index = 0;
  for (std::size_t at = 0; at < in.size(); at += kPacketSize) {
    const bool sound = (in[at + 1] & 0x1F) == 1 && in[at + 2] == 2;
    if (!sound || !when(index++)) continue;
    in[at + 3] = static_cast<std::uint8_t>(in[at + 3] | bits << 6);
  }
  return in;
}

/// What a receiver sends that descrambles and leaves the bits.
class ClearSound : public testing::TestWithParam<unsigned> {};

TEST_P(ClearSound, IsTranscodedWhateverItsBitsSay) {
  const auto kinds = {std::pair{kMp2, PmtStream{0x03, kAudio}},
                      std::pair{kAc3, PmtStream{0x81, kAudio}},
                      std::pair{kEac3, PmtStream{0x87, kAudio}}};
  for (const auto& [kind, announced] : kinds) {
    const Bytes clear =
        broadcast(announced, Track(kind, 1.0).unaligned(1'000)).write();
    const Bytes in =
        with_bits(clear, GetParam(), [](std::size_t) { return true; });
    Filter filter;
    const Bytes out = filter.run(in);
    expect_clean(in, out, {kAudio});
    expect_even(times(out, kAudio));
    EXPECT_EQ(times(out, kAudio).size(),
              times(Filter().run(clear), kAudio).size());
    for (const std::uint8_t type : types(out, kAudio)) EXPECT_EQ(type, 0x0F);
    for (const auto& packet : StreamReader(out).packets(kAudio)) {
      EXPECT_EQ(packet.scrambling, 0);
    }
    EXPECT_EQ(filter.stats().scrambled_packets, 0U);
  }
}

INSTANTIATE_TEST_SUITE_P(Bits, ClearSound, testing::Values(1U, 2U, 3U));

TEST(ClearSoundBits, MayBeSetAnywhere) {
  const Bytes clear = mp2_broadcast(2.0).write();
  const std::size_t frames = times(filter(clear), kAudio).size();
  for (const std::size_t from : {1U, 150U, 151U, 152U}) {
    const Bytes in =
        with_bits(clear, 3, [=](std::size_t i) { return i >= from; });
    const Bytes out = filter(in);
    expect_clean(in, out, {kAudio});
    expect_even(times(out, kAudio));
    EXPECT_EQ(times(out, kAudio).size(), frames) << from;
    for (const std::uint8_t type : types(out, kAudio)) EXPECT_EQ(type, 0x0F);
  }
}

TEST(ClearSoundBits, AreJudgedTheSameHoweverTheInputIsCut) {
  const Bytes in = with_bits(mp2_broadcast(1.0).write(), 2,
                             [](std::size_t i) { return i % 97 > 30; });
  const Bytes whole = filter(in);
  for (const std::size_t size : {1U, 187U, 1'000U}) {
    EXPECT_TRUE(filter_cut(in, size) == whole) << size;
  }
}

TEST(ScrambledPicture, IsNothingToUs) {
  Timetable table = mp2_broadcast(1.0);
  const Bytes in = table.write();
  Bytes scrambled = in;
  for (std::size_t at = 0; at < in.size(); at += kPacketSize) {
    const bool video = (in[at + 1] & 0x1F) == 1 && in[at + 2] == 1;
    if (video) scrambled[at + 3] |= 0x80;
  }
  const Bytes out = filter(scrambled);
  expect_clean(scrambled, out, {kAudio});
  EXPECT_EQ(types(out, kAudio).back(), 0x0F);
}

}  // namespace
}  // namespace xg2g::test
