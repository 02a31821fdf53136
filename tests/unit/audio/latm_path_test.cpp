// SPDX-License-Identifier: MIT
#include "audio/latm_path.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "support/encode.h"
#include "support/signal.h"
#include "track_run.h"
#include "unit/es/latm_builder.h"

namespace xg2g::audio {
namespace {

/// AAC-LC frames in LOAS, and what they are in ADTS.
struct Latms {
  std::vector<CodedUnit> latm;
  std::vector<CodedUnit> adts;
};

Latms make_units(double seconds, std::size_t channels = 2) {
  const auto count = static_cast<std::size_t>(48'000 * seconds);
  const Sound sound(channels, test::speech(5, 48'000, count, 0.4));
  Latms units;
  units.adts = test::encode({"aac", 48'000, 128'000, {}}, sound);
  for (const CodedUnit& adts : units.adts) {
    test::Latm latm;
    latm.asc = test::Asc{.channels = channels}.fields();
    latm.payloads = {Bytes(adts.bytes.begin() + 7, adts.bytes.end())};
    CodedUnit unit{latm.bytes(), {}};
    unit.header = es::parse_frame_header(unit.bytes).value();
    unit.header.sample_rate = 48'000;
    unit.header.samples = 1'024;
    units.latm.push_back(unit);
  }
  return units;
}

class LatmPathTest : public testing::Test {
 protected:
  LatmPath::Result push(std::size_t index, std::optional<std::int64_t> pts = {},
                        bool lost = false) {
    std::optional<base::Ticks> time;
    if (pts) time = base::Ticks(*pts);
    es::AccessUnit unit = units_.latm[index].view();
    unit.lost = lost;
    (void)path_.learn(unit.bytes);
    return path_.push(unit, time, queue_);
  }
  /// PTS of the next frame, -1 where there is none.
  std::int64_t pop() {
    const auto frame = queue_.pop();
    silent_ = frame && frame->bytes.size() < 20;
    return frame ? frame->pts.count() : -1;
  }
  /// The same of a frame that is silent, or that is not.
  std::int64_t pop(bool silent) {
    const std::int64_t pts = pop();
    EXPECT_EQ(silent_, silent) << pts;
    return pts;
  }

  /// A unit whose StreamMuxConfig is that of one before it.
  [[nodiscard]] Bytes without_config(std::size_t index) const {
    const Bytes& adts = units_.adts[index].bytes;
    return test::Latm{.same_mux = true,
                      .payloads = {Bytes(adts.begin() + 7, adts.end())}}
        .bytes();
  }

  Latms units_ = make_units(0.5);
  FrameQueue queue_{10'000};
  LatmPath path_;
  bool silent_ = false;
};

TEST_F(LatmPathTest, CountsFromThePts) {
  for (const std::size_t i : {0U, 1U, 2U, 3U}) {
    const auto result = push(i, i == 0 ? std::optional(1'000) : std::nullopt);
    EXPECT_FALSE(result.damaged);
    EXPECT_EQ(result.verdict.shift, 0);
    EXPECT_EQ(pop(), 1'000 + static_cast<std::int64_t>(i) * 1'920);
  }
}

TEST_F(LatmPathTest, KeepsTheCountWherePtsJitter) {
  (void)push(0, 1'000);
  (void)push(1, 2'920 + 1'900);
  (void)push(2, 4'840 - 1'900);
  for (const int pts : {1'000, 2'920, 4'840}) EXPECT_EQ(pop(), pts);
}

TEST_F(LatmPathTest, FillsHolesWithSilentFrames) {
  (void)push(0, 0);
  EXPECT_EQ(push(4, 4 * 1'920, true).verdict.shift, 3 * 1'024);
  EXPECT_EQ(pop(false), 0);
  for (const int i : {1, 2, 3}) EXPECT_EQ(pop(true), i * 1'920);
  EXPECT_EQ(pop(false), 4 * 1'920);
  EXPECT_EQ(path_.frames(), 5U);
}

TEST_F(LatmPathTest, FillsHolesAsNearAsWholeFramesCome) {
  (void)push(0, 0);
  (void)push(1, 2 * 1'920 + 900, true);
  (void)push(2, 4 * 1'920 + 900 + 810, true);
  EXPECT_EQ(pop(false), 0);
  EXPECT_EQ(pop(true), 1'920);
  EXPECT_EQ(pop(false), 2 * 1'920 + 900);
  EXPECT_EQ(pop(true), 3 * 1'920 + 900);
  EXPECT_EQ(pop(false), 4 * 1'920 + 1'710);
  EXPECT_EQ(pop(), -1);
}

TEST_F(LatmPathTest, FillsNoMoreThanASecond) {
  (void)push(0, 0);
  EXPECT_TRUE(push(1, 1'920 + 90'001, true).verdict.jump);
  EXPECT_EQ(pop(false), 0);
  EXPECT_EQ(pop(false), 1'920 + 90'001);
}

TEST_F(LatmPathTest, DropsFramesThatHaveLeftAlready) {
  for (const std::size_t i : {0U, 1U, 2U}) (void)push(i, i * 1'920);
  EXPECT_EQ(push(1, 1'920, true).verdict.shift, -2 * 1'024);
  for (const std::size_t i : {2U, 3U}) (void)push(i);
  EXPECT_EQ(path_.frames(), 4U);
  for (const int pts : {0, 1'920, 3'840, 5'760, -1}) EXPECT_EQ(pop(), pts);
}

TEST_F(LatmPathTest, CannotConvertToAnotherConfiguration) {
  (void)push(0, 0);
  test::Latm mono;
  mono.asc = test::Asc{.channels = 1}.fields();
  for (unsigned i = 0; i < es::LatmConverter::kConfirmations; ++i) {
    EXPECT_TRUE(path_.convertible());
    (void)path_.learn(mono.bytes());
  }
  EXPECT_FALSE(path_.convertible());
}

TEST_F(LatmPathTest, GivesNothingBeforeTheFirstPts) {
  EXPECT_EQ(push(0).verdict.placement, Timeline::Placement::kUntimed);
  EXPECT_EQ(pop(), -1);
  EXPECT_FALSE(path_.position());
}

TEST_F(LatmPathTest, IsSilentWhereFramesAreDamaged) {
  (void)push(0, 0);
  units_.latm[1].bytes.assign(20, 0xFF);
  EXPECT_EQ(pop(false), 0);
  EXPECT_TRUE(push(1).damaged);
  EXPECT_EQ(pop(true), 1'920);
  EXPECT_FALSE(push(2).damaged);
  EXPECT_EQ(pop(false), 2 * 1'920);
}

TEST_F(LatmPathTest, WorksDriftOffInItsPts) {
  std::int64_t late = 0;
  for (int i = 0; i < 2'000; ++i) {  // 100 ppm.
    (void)push(static_cast<std::size_t>(i) % 20, i * 1'920 + i * 192 / 1'000);
    late = pop() - (i * 1'920 + i * 192 / 1'000);
  }
  EXPECT_LE(std::abs(late), 100);
}

TEST_F(LatmPathTest, TheTrackConvertsWithoutEncoding) {
  TrackRun run;
  run.push_all(units_.latm);
  run.flush();
  EXPECT_TRUE(run.track().converts());
  ASSERT_EQ(run.frames().size(), units_.adts.size());
  for (std::size_t i = 0; i < run.frames().size(); ++i) {
    EXPECT_EQ(run.frames()[i], units_.adts[i].bytes);
    EXPECT_EQ(run.times()[i], kStart + static_cast<std::int64_t>(i) * 1'920);
  }
  EXPECT_EQ(run.track().counters().frames_out, units_.adts.size());
}

TEST_F(LatmPathTest, TheTrackConvertsOnBehindOneWrongBit) {
  const std::size_t kBits = 120;  // StreamMuxConfig and more.
  for (std::size_t bit = 0; bit < kBits; ++bit) {
    auto units = units_.latm;
    units[5].bytes[3 + bit / 8] ^= static_cast<std::uint8_t>(0x80U >> bit % 8);
    TrackRun run;
    run.push_all(units);
    run.flush();
    EXPECT_TRUE(run.track().converts()) << bit;
    EXPECT_GE(run.frames().size(), units.size() - 1) << bit;
    for (const Bytes& frame : run.frames()) {
      EXPECT_TRUE(
          std::equal(frame.begin(), frame.begin() + 3, run.frames()[0].begin()))
          << bit;
    }
  }
}

TEST_F(LatmPathTest, TheTrackEncodesWhereItEncodedBefore) {
  const auto units = make_units(2.5);
  const auto mp2 = test::encode({"mp2", 48'000, 192'000, {}},
                                Sound(2, test::noise(3, 48'000, 0.2)));
  TrackRun run;
  const auto middle = run.push_all(mp2);
  run.push_all(units.latm, middle);
  run.flush();
  EXPECT_FALSE(run.track().converts());
  const auto heard = run.decoded_from(middle)[0];
  const auto delay =
      test::measure_delay(test::decode(units.adts)[0], heard, 2'000);
  EXPECT_NEAR(delay.samples, 0, 1);
  EXPECT_GT(delay.correlation, 0.98);
}

TEST_F(LatmPathTest, TheTrackDecodesWhatCannotBeConverted) {
  TrackRun run;
  const auto end = run.push_all(units_.latm);
  const auto mp2 = test::encode({"mp2", 48'000, 192'000, {}},
                                Sound(2, test::noise(3, 48'000, 0.2)));
  run.push(mp2[0].view());
  run.push_all({mp2.begin() + 1, mp2.end()}, end + 2'160);
  run.flush();
  EXPECT_FALSE(run.track().converts());
  EXPECT_EQ(run.track().counters().untimed, 0U);
  EXPECT_EQ(run.track().counters().discontinuities, 0U);
  for (std::size_t i = 1; i < run.times().size(); ++i) {
    EXPECT_GE(run.times()[i], run.times()[i - 1] + 1'920) << i;
  }
}

TEST_F(LatmPathTest, TheTrackLosesNothingToAnotherConfiguration) {
  TrackRun run;
  const auto end = run.push_all(units_.latm);
  const std::size_t before = run.frames().size();
  EXPECT_EQ(before, units_.latm.size());
  auto mono = make_units(0.5, 1).latm;
  run.push_all(mono, end);
  run.flush();
  EXPECT_FALSE(run.track().converts());
  EXPECT_EQ(run.track().counters().concealed, 0U);
  EXPECT_EQ(run.track().counters().untimed, 0U);
  EXPECT_EQ(run.track().counters().frames_in, before + mono.size());
  EXPECT_EQ(run.times()[before], end);
}

TEST_F(LatmPathTest, TheTrackCountsUnitsBeforeTheFirstConfiguration) {
  auto units = units_.latm;
  for (const std::size_t i : {0U, 1U}) units[i].bytes = without_config(i);
  TrackRun run;
  run.push_all(units, kStart, false);
  run.flush();
  ASSERT_EQ(run.frames().size(), units.size());
  for (std::size_t i = 0; i < run.frames().size(); ++i) {
    EXPECT_EQ(run.frames()[i], units_.adts[i].bytes) << i;
    EXPECT_EQ(run.times()[i], kStart + static_cast<std::int64_t>(i) * 1'920);
  }
}

TEST_F(LatmPathTest, TheTrackLeavesUnitsOutThatNothingTellsHowToDecode) {
  TrackRun run;
  const auto mp2 = test::encode({"mp2", 48'000, 192'000, {}},
                                Sound(2, test::noise(3, 24'000, 0.2)));
  const auto middle = run.push_all(mp2);
  auto units = units_.latm;
  for (const std::size_t i : {0U, 1U, 2U}) units[i].bytes = without_config(i);
  run.push_all(units, middle, false);
  run.flush();
  EXPECT_EQ(run.track().counters().untimed, 3U);
  EXPECT_EQ(run.track().counters().concealed, 0U);
  const auto heard = run.decoded_from(middle)[0];
  const auto delay =
      test::measure_delay(test::decode(units_.adts)[0], heard, 2'000);
  EXPECT_NEAR(delay.samples, 0, 1);
}

}  // namespace
}  // namespace xg2g::audio
