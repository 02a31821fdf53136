// SPDX-License-Identifier: MIT
//
// E-AC-3, whose access units are of several frames.

#include <gtest/gtest.h>

#include "es/framer.h"
#include "unit/es/frames.h"

namespace xg2g::es {
namespace {

using test::ac3;
using test::Bytes;
using test::eac3;
using test::join;
using test::run;
using test::slice;
using test::Stream;
using test::tags;
using test::tail;
using test::Unit;
using Tags = std::vector<int>;

class Eac3Framer : public testing::Test {
 protected:
  static constexpr bool kDependent = true;

  Tags push(const Bytes& bytes) {
    return tags(run(framer_, Stream().more(bytes)));
  }

  Framer framer_{Codec::kEac3};
};

TEST_F(Eac3Framer, WaitsForTheNextHeaderOnceOnly) {
  EXPECT_EQ(tags(run(framer_, Stream().pes(eac3(1)))), Tags{});
  EXPECT_EQ(push(eac3(2)), (Tags{1, 2}));
  EXPECT_EQ(push(eac3(3)), Tags{3});
}

TEST_F(Eac3Framer, JoinsDependentFramesToTheirIndependentOne) {
  const Bytes unit =
      join({eac3(1), eac3(2, kDependent), eac3(3, kDependent, 1)});
  const auto units = run(framer_, Stream().pes(join({unit, unit, unit}), 9));
  ASSERT_EQ(units.size(), 3U);
  EXPECT_EQ(units[2].bytes, unit);
  EXPECT_EQ(units[2].header.size, test::kEac3Size);
  EXPECT_EQ(units[0].pts, 9U);
  EXPECT_EQ(framer_.skipped(), 0U);
}

TEST_F(Eac3Framer, WaitsAgainWhenADependentFrameComesUnexpected) {
  (void)run(framer_, Stream().pes(join({eac3(1), eac3(2)})));
  EXPECT_EQ(push(eac3(3)), Tags{3});
  EXPECT_EQ(push(eac3(0, kDependent)), Tags{}) << "its unit has left";
  EXPECT_EQ(push(join({eac3(4), eac3(0, kDependent)})), Tags{});
  EXPECT_EQ(push(join({eac3(5), eac3(0, kDependent)})), (Tags{4, 5}));
  EXPECT_EQ(framer_.skipped(), 0U);
}

TEST_F(Eac3Framer, ExpectsNoMoreDependentFramesThanThereWere) {
  const Bytes pair = join({eac3(1), eac3(0, kDependent)});
  (void)run(framer_, Stream().pes(join({pair, pair})));
  EXPECT_EQ(push(eac3(2)), Tags{});
  EXPECT_EQ(push(eac3(3)), (Tags{2, 3}));
}

TEST_F(Eac3Framer, DropsOtherIndependentSubstreams) {
  const Bytes other = join({eac3(9, false, 1), eac3(9, kDependent)});
  const auto units = run(
      framer_, Stream().pes(join({eac3(1), other, eac3(2), other, eac3(3)})));
  EXPECT_EQ(tags(units), (Tags{1, 2, 3}));
  for (const Unit& unit : units) {
    EXPECT_EQ(unit.bytes.size(), test::kEac3Size);
    EXPECT_EQ(unit.missing, 0U);
  }
  EXPECT_EQ(framer_.skipped(), 0U);
}

TEST_F(Eac3Framer, CountsMissingUnitsRatherThanFrames) {
  Bytes bytes;
  for (std::uint8_t i = 0; i < 8; ++i) {
    test::put(bytes, eac3(i));
    test::put(bytes, eac3(0, kDependent));
  }
  const std::size_t hole = 2 * 1024 + 300;
  const auto units = run(framer_, Stream()
                                      .pes(slice(bytes, 0, hole))
                                      .lose(10)
                                      .more(tail(bytes, hole + 1840)));
  ASSERT_EQ(tags(units), (Tags{0, 1, 5, 6, 7}));
  EXPECT_EQ(units[2].missing, 3U);
}

TEST_F(Eac3Framer, GivesTheIndependentFrameWhoseDependentOneIsLost) {
  const Bytes pair = join({eac3(1), eac3(0, kDependent)});
  const auto units =
      run(framer_, Stream()
                       .pes(join({pair, pair, slice(pair, 0, 600)}))
                       .lose(2)
                       .more(join({tail(pair, 600 + 368), pair})));
  ASSERT_EQ(units.size(), 4U);
  EXPECT_EQ(units[2].bytes, eac3(1));
  EXPECT_EQ(units[3].bytes, pair);
  EXPECT_EQ(units[3].missing, 0U);
}

TEST_F(Eac3Framer, GivesAnAc3CoreAtOnceAndDropsWhatExtendsIt) {
  Framer framer(Codec::kAc3);
  EXPECT_EQ(tags(run(framer, Stream().pes(ac3(1)))), Tags{1});
  const Stream rest = Stream().more(
      join({eac3(9, kDependent), ac3(2), eac3(9, kDependent), ac3(3)}));
  const auto units = run(framer, rest);
  EXPECT_EQ(tags(units), (Tags{2, 3}));
  EXPECT_EQ(units[1].missing, 0U);
  EXPECT_EQ(framer.skipped(), 0U);
}

}  // namespace
}  // namespace xg2g::es
