// SPDX-License-Identifier: MIT
//
// The system has no memory for FFmpeg, at one place after the other.

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "failing_memalign.h"
#include "handle.h"
#include "streams.h"
#include "support/stream_reader.h"

namespace xg2g::test {
namespace {

constexpr long kMost = 10'000;
constexpr long kForLong = 1'000'000;
constexpr double kSeconds = 1.6;
constexpr std::size_t kPiece = 20 * 188;
/// How long memory is away at most, and how soon sound is there again.
constexpr std::uint64_t kAway = 27'000 * 200;
constexpr std::uint64_t kSoon = 27'000'000;

struct Source {
  const char* name;
  Television television;
};

std::ostream& operator<<(std::ostream& out, const Source& it) {
  return out << it.name;
}

const Source kSources[] = {
    {"mp2", {{"mp2", 48'000, 192'000}, 0x03, 2}},
    {"mp2_44100", {{"mp2", 44'100, 192'000}, 0x03, 2}},
    {"ac3", {{"ac3", 48'000, 384'000}, 0x81, 6}},
    {"eac3", {{"eac3", 48'000, 192'000}, 0x87, 2}},
    {"latm", {{"aac", 48'000, 128'000}, 0x11, 2, Television::Wrap::kLatm}},
    {"latm_he_aac",
     {{"aac", 24'000, 64'000}, 0x11, 2, Television::Wrap::kLatmHeAac}},
};

/// What a program sees of a stream that goes through a handle; times are PCRs.
struct Seen {
  long failed = 0;    ///< Allocations.
  int first_bad = 0;  ///< The first answer under 0.
  int last_bad = 0;
  std::uint64_t since = 0;  ///< When that was.
  std::uint64_t back = 0;   ///< When memory was there again.
  std::uint64_t sound = 0;  ///< When the first sound left after that.
};

std::uint64_t last_pcr(View piece, std::uint64_t before) {
  const StreamReader reader(piece);
  const auto pcrs = reader.pcrs(kVideoPid);
  return pcrs.empty() ? before : pcrs.back().value;
}

/// Takes the stream in pieces. After `n` allocations, `failures` fail; memory
/// is there again with the first failure, or kAway after it.
Seen run(const Handle& handle, View stream, long n, long failures) {
  Seen seen;
  const std::uint64_t away = failures == 1 ? 0 : kAway;
  std::uint64_t now = 0;
  std::uint64_t frames = 0;
  fail_memalign(n, failures);
  for (; stream.size() >= kPiece; stream = stream.subspan(kPiece)) {
    now = last_pcr(stream.first(kPiece), now);
    const int answer = process(handle, stream.first(kPiece)).answer;
    if (answer < 0) {
      seen.last_bad = answer;
      if (seen.first_bad == 0) seen.first_bad = answer;
      if (seen.since == 0) seen.since = now;
    }
    const std::uint64_t frames_now = stats_of(handle).frames_out;
    if (seen.since == 0 || seen.sound != 0) continue;
    if (seen.back == 0 && now >= seen.since + away) {
      seen.failed = stop_failing_memalign();
      seen.back = now;
      frames = frames_now;
    } else if (seen.back != 0 && frames_now > frames) {
      seen.sound = now;
    }
  }
  if (seen.back == 0) seen.failed = stop_failing_memalign();
  return seen;
}

class NoAvMemory : public testing::TestWithParam<Source> {
 protected:
  void SetUp() override {
    Television television = GetParam().television;
    television.seconds = kSeconds;
    stream_ = make_television(television);
    ASSERT_FALSE(stream_.empty());
    testing::internal::CaptureStderr();
  }
  void TearDown() override {
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  }

  void check(long n, long failures, const Seen& seen) const {
    EXPECT_EQ(seen.first_bad, XG2G_ERR_NO_MEMORY) << n;
    EXPECT_EQ(seen.last_bad, XG2G_ERR_NO_MEMORY) << n;
    EXPECT_LE(seen.failed, failures) << n;
    EXPECT_GT(seen.sound, 0U) << n;
    EXPECT_LE(seen.sound, seen.back + kSoon) << n;
  }

  Bytes stream_;
};

TEST_P(NoAvMemory, IsAnAnswerAndSoundComesBack) {
  long n = 0;
  for (;; ++n) {
    ASSERT_LT(n, kMost);
    const Handle handle = open_handle();
    const Seen seen = run(handle, stream_, n, 1);
    if (seen.failed == 0) break;
    check(n, 1, seen);
  }
  EXPECT_GT(n, 1);
}

TEST_P(NoAvMemory, ForAWhileIsNoMore) {
  for (long n = 0;; ++n) {
    ASSERT_LT(n, kMost);
    const Handle handle = open_handle();
    const Seen seen = run(handle, stream_, n, kForLong);
    if (seen.failed == 0) break;
    check(n, kForLong, seen);
  }
}

INSTANTIATE_TEST_SUITE_P(Codecs, NoAvMemory, testing::ValuesIn(kSources),
                         [](const auto& source) {
                           return std::string(source.param.name);
                         });

}  // namespace
}  // namespace xg2g::test
