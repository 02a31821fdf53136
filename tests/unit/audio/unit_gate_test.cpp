// SPDX-License-Identifier: MIT
#include "audio/unit_gate.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "support/bytes.h"

namespace xg2g::audio {
namespace {

using test::Bytes;
using Pts = std::optional<std::uint64_t>;

constexpr base::ClockTicks kLength = std::chrono::milliseconds(24);

/// What came out: the tag of a unit and its PTS, 0 where it has none.
struct Out {
  int tag;
  std::uint64_t pts;
  bool lost;

  friend bool operator==(const Out&, const Out&) = default;
};
using Outs = std::vector<Out>;

class UnitGateTest : public testing::Test {
 protected:
  struct Facts {
    Pts pts = {};
    bool lost = false;
    std::uint32_t missing = 0;
    bool discontinuity = false;
    bool settled = true;
    bool opaque = false;
    base::ClockTicks length = kLength;
    std::size_t size = 100;
  };

  /// Pushes a unit and takes what is ready.
  Outs push(int tag, const Facts& facts) {
    const Bytes bytes(facts.size, static_cast<std::uint8_t>(tag));
    UnitGate::Unit unit{{.bytes = bytes,
                         .pts = facts.pts,
                         .missing = facts.missing,
                         .lost = facts.lost,
                         .discontinuity = facts.discontinuity},
                        facts.length,
                        facts.opaque};
    gate_.push(unit, facts.settled);
    Outs out;
    while (const auto next = gate_.next()) {
      out.push_back({next->unit.bytes.front(), next->unit.pts.value_or(0),
                     next->unit.lost});
      if (leaves_out_ && next->opaque) gate_.leave_out(*next);
    }
    return out;
  }

  UnitGate gate_;
  bool leaves_out_ = false;
};

TEST_F(UnitGateTest, HoldsNothingBackBehindAPts) {
  EXPECT_EQ(push(1, {.pts = 9'000}), (Outs{{1, 9'000, false}}));
  EXPECT_EQ(push(2, {}), (Outs{{2, 0, false}}));
  EXPECT_EQ(push(3, {.missing = 2}), (Outs{{3, 0, false}}));
}

TEST_F(UnitGateTest, CountsBackFromTheFirstPts) {
  EXPECT_TRUE(push(1, {}).empty());
  EXPECT_TRUE(push(2, {}).empty());
  EXPECT_EQ(
      push(3, {.pts = 9'000}),
      (Outs{{1, 9'000 - 2 * 2'160, false}, {2, 0, false}, {3, 9'000, false}}));
}

TEST_F(UnitGateTest, CountsBackBehindALossAndOverTheWrap) {
  (void)push(1, {.pts = 9'000});
  EXPECT_TRUE(push(2, {.lost = true}).empty());
  EXPECT_EQ(
      push(3, {.pts = 100}),
      (Outs{{2, (std::uint64_t{1} << 33) - 2'060, true}, {3, 100, false}}));
}

TEST_F(UnitGateTest, CountsWhatIsMissingBetweenThem) {
  EXPECT_TRUE(push(1, {.missing = 5}).empty());
  EXPECT_EQ(push(2, {.pts = 90'000, .missing = 2}).front().pts,
            90'000U - 3 * 2'160);
}

TEST_F(UnitGateTest, DropsWhatASecondLossCutsOff) {
  (void)push(1, {.pts = 9'000});
  (void)push(2, {.lost = true});
  (void)push(3, {.lost = true});
  EXPECT_EQ(push(4, {.pts = 90'000}),
            (Outs{{3, 90'000 - 2'160, true}, {4, 90'000, false}}));
  EXPECT_EQ(gate_.take_dropped(), 1U);
  EXPECT_EQ(gate_.take_dropped(), 0U);
}

TEST_F(UnitGateTest, DoesNotCountBackOverADiscontinuity) {
  (void)push(1, {.pts = 9'000});
  (void)push(2, {.lost = true});
  EXPECT_EQ(push(3, {.pts = 90'000, .discontinuity = true}),
            (Outs{{3, 90'000, false}}));
  EXPECT_EQ(gate_.take_dropped(), 1U);
}

TEST_F(UnitGateTest, WaitsUntilAllIsSettled) {
  EXPECT_TRUE(push(1, {.pts = 9'000, .settled = false}).empty());
  EXPECT_TRUE(push(2, {.settled = false}).empty());
  EXPECT_EQ(push(3, {}),
            (Outs{{1, 9'000, false}, {2, 0, false}, {3, 0, false}}));
}

TEST_F(UnitGateTest, TakesALengthThatIsLearntLater) {
  EXPECT_TRUE(push(1, {.settled = false, .length = {}}).empty());
  EXPECT_TRUE(push(2, {.settled = false, .length = {}}).empty());
  gate_.set_length(kLength);
  EXPECT_EQ(push(3, {.pts = 9'000}).front().pts, 9'000U - 2 * 2'160);
}

TEST_F(UnitGateTest, TellsTheTimeBehindUnitsThatAreLeftOut) {
  leaves_out_ = true;
  EXPECT_TRUE(
      push(1, {.pts = 9'000, .settled = false, .opaque = true}).empty());
  EXPECT_TRUE(push(2, {.settled = false, .opaque = true}).empty());
  const Outs out = push(3, {});
  ASSERT_EQ(out.size(), 3U);
  EXPECT_EQ(out[2], (Out{3, 9'000 + 2 * 2'160, true}));
  EXPECT_EQ(gate_.take_dropped(), 2U);
}

TEST_F(UnitGateTest, LetsAllGoWhereASecondWaits) {
  std::size_t waiting = 0;
  Outs out;
  while (out.empty()) out = push(static_cast<int>(++waiting), {});
  EXPECT_EQ(waiting, 42U);
  EXPECT_EQ(out.size(), waiting);
  EXPECT_EQ(out.front(), (Out{1, 0, false}));
  EXPECT_EQ(push(99, {}).size(), 1U);
}

TEST_F(UnitGateTest, LetsAllGoWhereThereIsNoMoreRoom) {
  const std::size_t size = UnitGate::kMostBytes / 4;
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(push(i, {.length = {}, .size = size}).empty());
  }
  EXPECT_EQ(push(4, {.length = {}, .size = size}).size(), 5U);
}

TEST_F(UnitGateTest, StartsOverAfterReset) {
  (void)push(1, {});
  gate_.reset();
  EXPECT_EQ(gate_.take_dropped(), 1U);
  EXPECT_TRUE(push(2, {}).empty());
  EXPECT_EQ(push(3, {.pts = 9'000}).size(), 2U);
}

}  // namespace
}  // namespace xg2g::audio
