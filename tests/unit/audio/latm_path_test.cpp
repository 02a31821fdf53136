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

using Outcome = LatmPath::Outcome;

/// AAC-LC frames in LOAS, and what they are in ADTS.
struct Latms {
  std::vector<CodedUnit> latm;
  std::vector<CodedUnit> adts;
};

Latms make_units(double seconds) {
  const auto count = static_cast<std::size_t>(48'000 * seconds);
  const Sound sound(2, test::speech(5, 48'000, count, 0.4));
  Latms units;
  units.adts = test::encode({"aac", 48'000, 128'000, {}}, sound);
  for (const CodedUnit& adts : units.adts) {
    test::Latm latm;
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
  Outcome push(std::size_t index, std::optional<std::int64_t> pts = {},
               std::uint32_t missing = 0) {
    std::optional<base::Ticks> time;
    if (pts) time = base::Ticks(*pts);
    return path_.push(units_.latm[index].view({}, missing), time, queue_);
  }
  std::int64_t pop() {
    const auto frame = queue_.pop();
    return frame ? frame->pts.count() : -1;
  }

  Latms units_ = make_units(0.5);
  FrameQueue queue_{10'000};
  LatmPath path_;
};

TEST_F(LatmPathTest, CountsFromThePts) {
  EXPECT_EQ(push(0, 1'000), Outcome::kConverted);
  EXPECT_EQ(push(1), Outcome::kConverted);
  EXPECT_EQ(push(2, 4'940), Outcome::kConverted);
  EXPECT_EQ(push(3), Outcome::kConverted);
  for (const int pts : {1'000, 2'920, 4'940, 6'860}) EXPECT_EQ(pop(), pts);
  EXPECT_FALSE(path_.take_jump());
  EXPECT_FALSE(path_.take_hole());
}

TEST_F(LatmPathTest, KeepsTheCountWherePtsAreRounded) {
  (void)push(0, 1'000);
  (void)push(1, 2'920 + 89);
  (void)push(2, 4'840 - 89);
  for (const int pts : {1'000, 2'920, 4'840}) EXPECT_EQ(pop(), pts);
}

TEST_F(LatmPathTest, TellsHoles) {
  (void)push(0, 0);
  (void)push(1, 1'920 + 1'800);
  EXPECT_EQ(path_.take_hole(), base::Ticks(1'800));
  EXPECT_FALSE(path_.take_hole());
}

TEST_F(LatmPathTest, DropsFramesThatHaveLeftAlready) {
  for (const std::size_t i : {0U, 1U, 2U}) (void)push(i, i * 1'920);
  for (const std::size_t i : {1U, 2U, 3U}) (void)push(i, i * 1'920);
  EXPECT_EQ(path_.take_hole(), base::Ticks(-3'840));
  EXPECT_EQ(path_.frames(), 4U);
  for (const int pts : {0, 1'920, 3'840, 5'760, -1}) EXPECT_EQ(pop(), pts);
}

TEST_F(LatmPathTest, NeverChangesItsConfiguration) {
  (void)push(0, 0);
  test::Latm mono;
  mono.asc = test::Asc{.channels = 1}.fields();
  units_.latm[1].bytes = mono.bytes();
  for (unsigned i = 1; i < es::LatmConverter::kConfirmations; ++i) {
    EXPECT_EQ(push(1), Outcome::kDamaged);
  }
  EXPECT_EQ(push(1), Outcome::kNeedsDecoding);
}

TEST_F(LatmPathTest, WaitsForTheFirstPts) {
  EXPECT_EQ(push(0), Outcome::kNotYet);
  EXPECT_EQ(pop(), -1);
}

TEST_F(LatmPathTest, LeavesRoomForLostFrames) {
  (void)push(0, 0);
  (void)push(3, {}, 2);
  EXPECT_EQ(pop(), 0);
  EXPECT_EQ(pop(), 3 * 1'920);
}

TEST_F(LatmPathTest, LeavesRoomForDamagedFrames) {
  (void)push(0, 0);
  units_.latm[1].bytes.assign(20, 0xFF);
  EXPECT_EQ(push(1), Outcome::kDamaged);
  EXPECT_EQ(push(2), Outcome::kConverted);
  EXPECT_EQ(pop(), 0);
  EXPECT_EQ(pop(), 2 * 1'920);
}

TEST_F(LatmPathTest, TellsJumps) {
  (void)push(0, 0);
  (void)push(1, 500'000);
  EXPECT_EQ(path_.take_jump(), base::Ticks(500'000 - 1'920));
  EXPECT_FALSE(path_.take_jump());
  path_.discontinue();
  (void)push(2, 501'920);
  EXPECT_EQ(path_.take_jump(), base::Ticks(0));
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

TEST_F(LatmPathTest, TheTrackCountsWhatIsLostBeforeItEncodes) {
  TrackRun run;
  const auto end = run.push_all(units_.latm);
  test::Latm sbr;
  sbr.asc = test::Asc{.object_type = {{1, 5}}}.fields();
  CodedUnit unit{sbr.bytes(), units_.latm[0].header};
  for (unsigned i = 0; i < es::LatmConverter::kConfirmations; ++i) {
    run.push(unit.view({}, i == 0 ? 0 : 2));
  }
  const auto mp2 = test::encode({"mp2", 48'000, 192'000, {}},
                                Sound(2, test::noise(3, 48'000, 0.2)));
  const std::size_t before = run.frames().size();
  for (const CodedUnit& it : mp2) run.push(it.view());
  run.flush();
  ASSERT_GT(run.frames().size(), before);
  const auto lost = 3 * es::LatmConverter::kConfirmations - 3;
  EXPECT_EQ(run.times()[before], end + lost * 1'920);
}

}  // namespace
}  // namespace xg2g::audio
