// SPDX-License-Identifier: MIT
//
// What is heard stands within a sample of where libavcodec's plain decoding of
// the same frames stands by their PTS.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <ostream>

#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

struct Case {
  const char* name;
  Kind kind;
  PmtStream announced;
  std::uint8_t stream_id = 0xC0;
};

std::ostream& operator<<(std::ostream& out, const Case& it) {
  return out << it.name;
}

class LipSync : public testing::TestWithParam<Case> {
 protected:
  /// What leaves at the rate that came in, so that it can be compared.
  static AvTimeline hear(const std::vector<PesPayload>& payloads) {
    remux::Options options;
    options.format.sample_rate = GetParam().kind.sample_rate;
    options.format.bit_rate = 128'000;
    const Timetable table =
        broadcast(GetParam().announced, payloads, GetParam().stream_id);
    return heard(filter(table.write(), options), kAudio);
  }
};

TEST_P(LipSync, HoldsWithAFrameInEachPesPacket) {
  const Track track(GetParam().kind, 3.0);
  EXPECT_LT(std::abs(samples_late(track.reference(), hear(track.aligned()))),
            1.0);
}

TEST_P(LipSync, HoldsWithSeveralFramesInEachPesPacket) {
  const Track track(GetParam().kind, 3.0);
  EXPECT_LT(std::abs(samples_late(track.reference(), hear(track.aligned(5)))),
            1.0);
}

TEST_P(LipSync, HoldsWithFramesAcrossPesPackets) {
  const Track track(GetParam().kind, 3.0);
  EXPECT_LT(
      std::abs(samples_late(track.reference(), hear(track.unaligned(1'500)))),
      1.0);
}

TEST_P(LipSync, HoldsWithPtsOnFewPesPackets) {
  const Track track(GetParam().kind, 3.0);
  auto payloads = track.aligned();
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    if (i % 11 != 3) payloads[i].pts.reset();
  }
  const auto late = samples_late(
      part(track.reference(), kSoundStart + kSecond / 2, kSoundStart * 2),
      hear(payloads));
  EXPECT_LT(std::abs(late), 1.0);
}

TEST_P(LipSync, HoldsAcrossTheWrapOfPts) {
  constexpr std::uint64_t kWrap = std::uint64_t{1} << 33;
  const Track track(GetParam().kind, 3.0, kWrap - 135'000);
  remux::Options options;
  options.format.sample_rate = GetParam().kind.sample_rate;
  options.format.bit_rate = 128'000;
  constexpr Time kEnd = kWrap + 135'000;
  Timetable table;
  table.psi(television({GetParam().announced}), kWrap - 200'000, kEnd);
  table.picture(kVideo, kWrap - 200'000, kEnd);
  table.sound(kAudio, track.aligned(), GetParam().stream_id);
  AvTimeline out = heard(filter(table.write(), options), kAudio);
  if (out.start < 0) out.start += Time{1} << 33;  // libavformat's choice
  EXPECT_LT(std::abs(samples_late(track.reference(), out)), 1.0);
}

INSTANTIATE_TEST_SUITE_P(
    Codecs, LipSync,
    testing::Values(
        Case{"mp2", kMp2, {0x03, kAudio}},
        Case{"mp2_44100", {"mp2", 44'100, 2, 192'000}, {0x04, kAudio}},
        Case{"mp2_32000", {"mp2", 32'000, 2, 192'000}, {0x03, kAudio}},
        Case{"ac3", kAc3, {0x06, kAudio, ac3_descriptor()}, 0xBD},
        Case{"ac3_surround", kAc3Surround, {0x81, kAudio}, 0xBD},
        Case{"eac3", kEac3, {0x06, kAudio, eac3_descriptor()}, 0xBD}),
    [](const auto& it) { return it.param.name; });

TEST(LipSyncOfLatm, HoldsToTheTick) {
  const Track track(kAdts, 2.0);
  const Bytes out = filter(broadcast({0x11, kAudio}, track.loas()).write());
  const auto reader = AvformatReader::open(out);
  ASSERT_TRUE(reader);
  const auto units = reader->units(kAudio);
  ASSERT_GT(units.size(), 80U);
  for (std::size_t n = 0; n < units.size(); ++n) {
    EXPECT_NEAR(static_cast<double>(*units[n].pts - kSoundStart),
                static_cast<double>(n) * 1'920, 1.0);
  }
}

/// `timeline` at 48 kHz, by the sinc function.
AvTimeline at_48_kilohertz(const AvTimeline& timeline) {
  constexpr int kReach = 64;
  const double step = timeline.sample_rate / 48'000.0;
  const auto size = static_cast<int>(timeline.samples.size());
  AvTimeline out{timeline.start, 48'000, {}};
  for (int n = 0; n < static_cast<int>(size / step); ++n) {
    const double at = n * step;
    const int middle = static_cast<int>(at);
    double sum = 0;
    for (int i = middle - kReach; i <= middle + kReach; ++i) {
      if (i < 0 || i >= size) continue;
      const double x = std::numbers::pi * (at - i);
      const double window = 0.5 + 0.5 * std::cos(x / (kReach + 1));
      const double sinc = std::abs(x) < 1e-9 ? 1 : std::sin(x) / x;
      sum += timeline.samples[static_cast<std::size_t>(i)] * window * sinc;
    }
    out.samples.push_back(static_cast<float>(sum));
  }
  return out;
}

TEST(LipSyncOfAnotherRate, HoldsAt48KilohertzToo) {
  for (const int rate : {44'100, 32'000, 24'000, 16'000}) {
    const Track track({"mp2", rate, 2, 96'000}, 2.0);
    const Bytes out =
        filter(broadcast({0x03, kAudio}, track.aligned()).write());
    const AvTimeline reference = at_48_kilohertz(track.reference());
    EXPECT_LT(std::abs(samples_late(reference, heard(out, kAudio))), 1.0)
        << rate;
  }
}

}  // namespace
}  // namespace xg2g::test
