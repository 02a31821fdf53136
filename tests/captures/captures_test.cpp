// SPDX-License-Identifier: MIT
//
// What holds for every recorded stream.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>

#include "capture_run.h"
#include "expectations.h"
#include "support/captures.h"
#include "support/stream_reader.h"

namespace xg2g::test {

std::ostream& operator<<(std::ostream& out, const Expectation& it) {
  return out << it.capture;
}

namespace {

constexpr std::int64_t kWrap = std::int64_t{1} << 33;
constexpr std::size_t kPieces[] = {187, 189, 1'000'003};
constexpr std::int64_t kFrameTicks = 1920;  // 1024 samples at 48 kHz

class Capture : public testing::TestWithParam<Expectation> {
 protected:
  void SetUp() override {
    // Each test asks for it again.
    static std::map<std::string, CaptureRun> runs;
    auto& run = runs[GetParam().capture];
    if (run.in.empty()) run = run_capture(GetParam().capture);
    run_ = run;
    if (run_.in.empty()) GTEST_SKIP() << "needs the captures";
    replaced_ = run_.replaced();
  }

  [[nodiscard]] bool is_replaced(std::uint16_t pid) const {
    return std::find(replaced_.begin(), replaced_.end(), pid) !=
           replaced_.end();
  }

  CaptureRun run_;
  std::vector<std::uint16_t> replaced_;
};

/// The PIDs of PMTs.
std::set<std::uint16_t> tables(const StreamReader& reader) {
  std::set<std::uint16_t> pids;
  for (const auto& [program, pid] : reader.pat()) pids.insert(pid);
  return pids;
}

TEST_P(Capture, IsTakenWithoutAnError) {
  EXPECT_GE(run_.worst, 0);
  EXPECT_EQ(run_.stats.bytes_in, run_.in.size());
  EXPECT_EQ(run_.stats.bytes_out, run_.out.size());
}

TEST_P(Capture, HasTheSoundThatIsKnownToBeInIt) {
  for (const ExpectedStream& expected : GetParam().streams) {
    const auto found = run_.streams.find(expected.pid);
    ASSERT_NE(found, run_.streams.end()) << expected.pid;
    EXPECT_EQ(found->second.codec, expected.codec) << expected.pid;
    EXPECT_EQ(found->second.state, expected.state) << expected.pid;
    EXPECT_EQ(found->second.frames_in, expected.frames_in) << expected.pid;
    EXPECT_EQ(found->second.frames_concealed, 0U) << expected.pid;
  }
}

TEST_P(Capture, PassesAllElseByteForByte) {
  const StreamReader in(run_.packets);
  const StreamReader out(run_.out);
  ASSERT_TRUE(in.in_sync());
  ASSERT_TRUE(out.in_sync());
  const auto psi = tables(in);
  for (const auto& [pid, count] : in.pids()) {
    if (is_replaced(pid) || psi.contains(pid)) continue;
    EXPECT_TRUE(in.bytes(pid) == out.bytes(pid)) << "PID " << pid;
  }
  for (const auto& [pid, count] : out.pids()) {
    EXPECT_TRUE(in.pids().contains(pid)) << "PID " << pid << " is new";
  }
}

TEST_P(Capture, KeepsEveryPcr) {
  const StreamReader in(run_.packets);
  const StreamReader out(run_.out);
  for (const auto& [pid, count] : in.pids()) {
    const auto before = in.pcrs(pid);
    const auto after = out.pcrs(pid);
    ASSERT_EQ(before.size(), after.size()) << "PID " << pid;
    for (std::size_t n = 0; n < before.size(); ++n) {
      EXPECT_EQ(before[n].value, after[n].value) << "PID " << pid;
    }
  }
}

TEST_P(Capture, GainsNoErrorThatTr101290Knows) {
  const StreamReader in(run_.packets);
  const StreamReader out(run_.out);
  EXPECT_LE(out.psi_errors(), in.psi_errors());
  for (const std::uint16_t pid : replaced_) {
    EXPECT_EQ(out.continuity_errors(pid), 0U) << "PID " << pid;
  }
  EXPECT_LE(out.continuity_errors(), in.continuity_errors());
}

TEST_P(Capture, AnnouncesWhatLeaves) {
  const StreamReader in(run_.packets);
  const StreamReader out(run_.out);
  for (const auto& [program, pid] : in.pat()) {
    const auto before = in.pmts(program);
    const auto after = out.pmts(program);
    ASSERT_EQ(before.empty(), after.empty());
    if (before.empty()) continue;
    ASSERT_EQ(before.back().streams.size(), after.back().streams.size());
    for (const ReadEs& es : before.back().streams) {
      const ReadEs* now = after.back().find(es.pid);
      ASSERT_NE(now, nullptr) << "PID " << es.pid;
      // One that only another descriptor gave is added.
      if (!is_replaced(es.pid) || !es.language.empty()) {
        EXPECT_EQ(now->language, es.language) << "PID " << es.pid;
      }
      if (is_replaced(es.pid)) {
        EXPECT_EQ(now->stream_type, 0x0F) << "PID " << es.pid;
      }
    }
  }
}

TEST_P(Capture, BecomesWholeFramesOfOneConfiguration) {
  const StreamReader out(run_.out);
  for (const std::uint16_t pid : replaced_) {
    if (run_.streams[pid].frames_out == 0) continue;
    for (const ReadPes& pes : out.pes(pid)) {
      EXPECT_TRUE(pes.aligned && pes.length_ok && pes.declared_length != 0);
      const auto frames = read_adts(pes.payload);
      ASSERT_TRUE(frames.has_value()) << "PID " << pid;
      ASSERT_EQ(frames->size(), 1U);
      EXPECT_EQ(frames->front().sample_rate, 48'000U);
      EXPECT_EQ(frames->front().channels, 2U);
      EXPECT_EQ(frames->front().profile, 1U);
    }
  }
}

TEST_P(Capture, KeepsAnExactClock) {
  const StreamReader out(run_.out);
  for (const std::uint16_t pid : replaced_) {
    std::uint64_t breaks = 0;
    std::optional<std::uint64_t> due;
    for (const ReadPes& pes : out.pes(pid)) {
      ASSERT_TRUE(pes.pts.has_value());
      breaks += due && *pes.pts != *due ? 1U : 0U;
      due = (*pes.pts + kFrameTicks) % kWrap;
    }
    EXPECT_LE(breaks, run_.streams[pid].discontinuities) << "PID " << pid;
  }
}

TEST_P(Capture, GivesAsMuchSoundAsCameIn) {
  // libavformat gives the frames of its only PES packet one PTS.
  if (GetParam().damaged || GetParam().capture == "sample_latm.ts") return;
  const StreamReader out(run_.out);
  for (const std::uint16_t pid : replaced_) {
    if (out.pes(pid).empty()) continue;
    if (run_.streams[pid].frames_out == 0) continue;
    const AvTimeline sound = run_.sound_in(pid, 0);
    ASSERT_NE(sound.sample_rate, 0) << "PID " << pid;
    const double came =
        static_cast<double>(sound.samples.size()) / sound.sample_rate;
    const double left =
        static_cast<double>(out.pes(pid).size() * kFrameTicks) / 90'000;
    EXPECT_NEAR(left, came, 0.05) << "PID " << pid;
  }
}

/// In these nothing can be transcoded, and no table has to say so.
const std::set<std::string> kUntouched = {
    "pbs_atsc_psip.ts",   "sample_ac4.ts",   "sample_dts_hd_ma.ts",
    "se_dvbsub_rs204.ts", "teletext_012.ts", "shaka_pts_rollover_aac.ts"};

TEST_P(Capture, PassesWholeWhereNothingCanBeTranscoded) {
  if (!kUntouched.contains(GetParam().capture)) return;
  EXPECT_TRUE(run_.out == run_.packets);
}

TEST_P(Capture, GivesTheSameHoweverItIsCut) {
  for (const std::size_t piece : kPieces) {
    const CaptureRun other = run_capture(GetParam().capture, piece);
    EXPECT_TRUE(other.out == run_.out) << "in pieces of " << piece;
  }
}

INSTANTIATE_TEST_SUITE_P(All, Capture, testing::ValuesIn(expectations()),
                         [](const auto& capture) {
                           std::string name = capture.param.capture;
                           return name.substr(0, name.find('.'));
                         });

TEST(Captures, AreAllKnown) {
  for (const auto& path : all_captures()) {
    const auto& known = expectations();
    EXPECT_TRUE(std::any_of(known.begin(), known.end(), [&](const auto& it) {
      return it.capture == path.filename().string();
    })) << path.filename();
  }
}

}  // namespace
}  // namespace xg2g::test
