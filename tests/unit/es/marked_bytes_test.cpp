// SPDX-License-Identifier: MIT
#include "es/marked_bytes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/bytes.h"

namespace xg2g::es {
namespace {

using test::Bytes;
using Type = Mark::Type;

Bytes content(const MarkedBytes& bytes, std::uint64_t from = 0) {
  const auto view = bytes.window(from, {}).bytes;
  return {view.begin(), view.end()};
}

TEST(MarkedBytes, GivesMarksInOrderOnceTheirPlaceIsReached) {
  MarkedBytes bytes(16);
  bytes.mark({.type = Type::kPesStart, .pts = 1});
  bytes.append(Bytes{1, 2});
  bytes.mark({.type = Type::kLoss, .bytes = 184});
  bytes.mark({.type = Type::kPesStart, .pts = 2});
  bytes.append(Bytes{3});
  EXPECT_EQ(bytes.take(1)->pts, 1U);
  EXPECT_FALSE(bytes.take(1));
  EXPECT_EQ(bytes.find({Type::kLoss})->position, 2U);
  EXPECT_EQ(bytes.take(2)->type, Type::kLoss);
  EXPECT_EQ(bytes.take(2)->pts, 2U);
  EXPECT_EQ(bytes.find({Type::kLoss, Type::kPesStart}), nullptr);
}

TEST(MarkedBytes, AddsUpLossesAtOnePlace) {
  MarkedBytes bytes(16);
  bytes.mark({.type = Type::kLoss, .bytes = 184});
  bytes.mark({.type = Type::kLoss, .bytes = 368});
  EXPECT_EQ(bytes.take(0)->bytes, 552U);
  EXPECT_FALSE(bytes.take(0));
}

TEST(MarkedBytes, KeepsADiscontinuityWherePesPacketsAreEmpty) {
  MarkedBytes bytes(16);
  bytes.mark({.type = Type::kPesStart, .pts = 1, .discontinuity = true});
  bytes.mark({.type = Type::kPesStart, .pts = 2});
  const auto mark = bytes.take(0);
  EXPECT_EQ(mark->pts, 2U);
  EXPECT_TRUE(mark->discontinuity);
}

TEST(MarkedBytes, KeepsPositionsWhereBytesAreForgotten) {
  MarkedBytes bytes(16);
  bytes.append(Bytes{1, 2, 3});
  bytes.mark({.type = Type::kPesStart});
  bytes.append(Bytes{4});
  bytes.forget_before(2);
  EXPECT_EQ(content(bytes, 2), (Bytes{3, 4}));
  EXPECT_EQ(bytes.end(), 4U);
  EXPECT_EQ(bytes.find_pes_start(2, 4)->position, 3U);
  EXPECT_EQ(bytes.find_pes_start(2, 3), nullptr);
}

TEST(MarkedBytes, TakesMoreSurplusUntilThePesPacketEnds) {
  MarkedBytes bytes(16);
  bytes.append(Bytes{1});
  bytes.append_surplus(Bytes{2});
  bytes.append_surplus(Bytes{3});
  const Mark* surplus = bytes.find({Type::kSurplus});
  ASSERT_NE(surplus, nullptr);
  EXPECT_EQ(surplus->bytes, 2U);
  EXPECT_TRUE(surplus->open);
  EXPECT_FALSE(bytes.take(5)) << "it is decided on, not taken";
  bytes.mark({.type = Type::kPesStart});
  EXPECT_FALSE(bytes.find({Type::kSurplus})->open);
}

TEST(MarkedBytes, DropsSurplusAndWhatMayStillCome) {
  MarkedBytes bytes(16);
  bytes.append(Bytes{1});
  bytes.append_surplus(Bytes{2, 3});
  bytes.drop_surplus(bytes.find({Type::kSurplus}));
  bytes.append_surplus(Bytes{4});
  EXPECT_EQ(content(bytes), (Bytes{1}));
  bytes.mark({.type = Type::kPesStart});
  bytes.append(Bytes{5});
  bytes.append_surplus(Bytes{6});
  EXPECT_EQ(content(bytes), (Bytes{1, 5, 6}));
}

TEST(MarkedBytes, MovesMarksBehindSurplusThatIsDropped) {
  MarkedBytes bytes(16);
  bytes.append(Bytes{1});
  bytes.append_surplus(Bytes{2, 3});
  bytes.mark({.type = Type::kPesStart, .pts = 9});
  bytes.append(Bytes{4});
  bytes.drop_surplus(bytes.find({Type::kSurplus}));
  EXPECT_EQ(content(bytes), (Bytes{1, 4}));
  EXPECT_EQ(bytes.take(1)->pts, 9U);
}

TEST(MarkedBytes, KeepsSurplusUpToWhereItIsNeeded) {
  MarkedBytes bytes(16);
  bytes.append(Bytes{1});
  bytes.append_surplus(Bytes{2, 3, 4});
  bytes.keep_surplus(bytes.find({Type::kSurplus}), 3);
  EXPECT_EQ(bytes.find({Type::kSurplus})->position, 3U);
  EXPECT_EQ(bytes.find({Type::kSurplus})->bytes, 1U);
  bytes.drop_surplus(bytes.find({Type::kSurplus}));
  EXPECT_EQ(content(bytes), (Bytes{1, 2, 3}));
}

TEST(MarkedBytes, HasNoMarkOfSurplusThatWasKeptWhole) {
  MarkedBytes bytes(16);
  bytes.append_surplus(Bytes{1});
  bytes.keep_surplus(bytes.find({Type::kSurplus}), 1);
  bytes.mark({.type = Type::kPesStart});
  EXPECT_EQ(bytes.find({Type::kSurplus}), nullptr);
  bytes.append_surplus(Bytes{2});
  bytes.mark({.type = Type::kLoss});
  bytes.keep_surplus(bytes.find({Type::kSurplus}), 2);
  EXPECT_EQ(bytes.find({Type::kSurplus}), nullptr);
}

TEST(MarkedBytes, GivesWhatStandsBeforeAMark) {
  MarkedBytes bytes(16);
  bytes.append(Bytes{1, 2});
  bytes.mark({.type = Type::kLoss});
  bytes.append(Bytes{3});
  bytes.mark({.type = Type::kPesStart});
  bytes.append(Bytes{4});
  EXPECT_EQ(bytes.window(1, {Type::kLoss}).bytes.size(), 1U);
  EXPECT_TRUE(bytes.window(1, {Type::kLoss}).closed);
  EXPECT_FALSE(bytes.window(1, {Type::kLoss}).ended);
  EXPECT_EQ(bytes.window(1, {Type::kEnd}).bytes.size(), 3U);
  EXPECT_FALSE(bytes.window(1, {Type::kEnd}).closed);
}

TEST(MarkedBytes, RemovesLossesAndNothingElse) {
  MarkedBytes bytes(16);
  for (std::uint8_t i = 0; i < 4; ++i) {
    bytes.append(Bytes{i});
    bytes.mark({.type = Type::kLoss, .bytes = i});
    bytes.mark({.type = Type::kPesStart, .pts = i});
  }
  bytes.remove_losses(2, 4);
  EXPECT_EQ(bytes.find({Type::kLoss})->position, 1U);
  while (bytes.take(3)) {
  }
  EXPECT_EQ(bytes.find({Type::kLoss})->position, 4U);
}

}  // namespace
}  // namespace xg2g::es
