// SPDX-License-Identifier: MIT
//
// Levels and channels through the whole track.

#include <gtest/gtest.h>

#include <cstddef>
#include <utility>

#include "support/encode.h"
#include "support/signal.h"
#include "track_run.h"

namespace xg2g::audio {
namespace {

TEST(TrackSound, MixesSurroundToStereoByTheStreamsOwnLevels) {
  Sound sound(6, test::silence(48'000));
  sound[2] = test::sine(1'000, 48'000, 48'000, 0.4);  // Centre.
  sound[4] = test::sine(3'000, 48'000, 48'000, 0.4);  // Left surround.
  const auto units =
      test::encode({"ac3",
                    48'000,
                    448'000,
                    {{"center_mixlev", "0.5"}, {"surround_mixlev", "0.707"}}},
                   sound);
  TrackRun run;
  run.push_all(units);
  run.flush();
  const auto heard = run.decoded_from(kStart);
  const auto left = part(heard[0], 10'000, 24'000);
  const auto right = part(heard[1], 10'000, 24'000);
  EXPECT_NEAR(test::amplitude_at(1'000, 48'000, left), 0.2, 0.01);
  EXPECT_NEAR(test::amplitude_at(1'000, 48'000, right), 0.2, 0.01);
  EXPECT_NEAR(test::amplitude_at(3'000, 48'000, left), 0.283, 0.012);
  EXPECT_NEAR(test::amplitude_at(3'000, 48'000, right), 0, 0.01);
}

TEST(TrackSound, SendsEachChannelToItsPlaceIn51) {
  Sound sound;
  for (int i = 0; i < 6; ++i) {  // The LFE channel ends at 120 Hz.
    const double hertz = i == 3 ? 60 : 500 * (i + 1);
    sound.push_back(test::sine(hertz, 48'000, 48'000, 0.3));
  }
  TrackRun run({.channels = 6, .bit_rate = 384'000});
  run.push_all(ac3(sound));
  run.flush();
  const auto heard = run.decoded_from(kStart);
  ASSERT_EQ(heard.size(), 6U);
  for (int i = 0; i < 6; ++i) {
    const double hertz = i == 3 ? 60 : 500 * (i + 1);
    EXPECT_NEAR(test::amplitude_at(
                    hertz, 48'000,
                    part(heard[static_cast<std::size_t>(i)], 10'000, 24'000)),
                0.3, 0.02)
        << i;
  }
}

TEST(TrackSound, NeverClipsALoudDownmix) {
  const Sound sound(6, test::sweep(100, 8'000, 48'000, 96'000, 0.95));
  TrackRun run;
  run.push_all(ac3(sound));
  run.flush();
  for (const auto& channel : run.decoded()) {
    EXPECT_LT(test::peak(channel), 1.0);
    EXPECT_GT(test::peak(channel), 0.7);
  }
}

TEST(TrackSound, AppliesDialnorm) {
  const Sound sound(2, test::sine(1'000, 48'000, 48'000, 0.4));
  for (const auto& [dialnorm, level] :
       {std::pair{"-18", 0.2249}, {"-23", 0.4}, {"-31", 0.4}}) {
    TrackRun run;
    run.push_all(test::encode(
        {"ac3", 48'000, 192'000, {{"dialnorm", dialnorm}}}, sound));
    run.flush();
    EXPECT_NEAR(
        test::amplitude_at(1'000, 48'000,
                           part(run.decoded_from(kStart)[0], 10'000, 24'000)),
        level, 0.01)
        << dialnorm;
  }
}

TEST(TrackSound, PutsTheChosenServiceOfDualMonoOnBothSides) {
  const Sound sound = {test::sine(1'000, 48'000, 48'000, 0.4),
                       test::sine(3'000, 48'000, 48'000, 0.4)};
  auto units = mp2(sound);
  for (CodedUnit& unit : units) {
    // mode: dual_channel (ISO/IEC 11172-3, 2.4.2.3).
    unit.bytes[3] = static_cast<std::uint8_t>((unit.bytes[3] & 0x3F) | 0x80);
    unit.header = es::parse_frame_header(unit.bytes).value();
    ASSERT_TRUE(unit.header.dual_mono);
  }
  for (const DualMono choice : {DualMono::kLeft, DualMono::kRight}) {
    TrackRun run({.dual_mono = choice});
    run.push_all(units);
    run.flush();
    const bool left = choice == DualMono::kLeft;
    for (const auto& channel : run.decoded_from(kStart)) {
      const auto heard = part(channel, 10'000, 24'000);
      EXPECT_NEAR(test::amplitude_at(left ? 1'000 : 3'000, 48'000, heard), 0.4,
                  0.03);
      EXPECT_NEAR(test::amplitude_at(left ? 3'000 : 1'000, 48'000, heard), 0,
                  0.01);
    }
  }
}

TEST(TrackSound, ChoosesBetweenTheTwoServicesBesideAnLfe) {
  const Sound sound = {test::sine(1'000, 48'000, 48'000, 0.4),
                       test::sine(3'000, 48'000, 48'000, 0.4),
                       test::silence(48'000)};
  auto units = ac3(sound);
  ASSERT_FALSE(units.empty());
  ASSERT_TRUE(units[0].header.lfe);
  for (CodedUnit& unit : units) {
    unit.header.dual_mono = true;
    unit.header.dialnorm = -31;
    unit.header.dialnorm2 = -29;  // 4 dB up at most; 6 to -23.
  }
  TrackRun run({.dual_mono = DualMono::kRight});
  run.push_all(units);
  run.flush();
  for (const auto& channel : run.decoded_from(kStart)) {
    const auto heard = part(channel, 10'000, 24'000);
    EXPECT_NEAR(test::amplitude_at(3'000, 48'000, heard), 0.4 * 1.585, 0.05);
    EXPECT_NEAR(test::amplitude_at(1'000, 48'000, heard), 0, 0.01);
  }
}

}  // namespace
}  // namespace xg2g::audio
