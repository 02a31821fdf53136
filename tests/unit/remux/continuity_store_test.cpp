// SPDX-License-Identifier: MIT
#include "remux/continuity_store.h"

#include <gtest/gtest.h>

namespace xg2g::remux {
namespace {

TEST(ContinuityStore, KnowsNoPidThatWasNotAdopted) {
  ContinuityStore store;
  (void)store.adopt(0x102, 3);
  EXPECT_EQ(store.find(0x103), nullptr);
}

TEST(ContinuityStore, GoesOnBehindTheLastPacket) {
  ContinuityStore store;
  EXPECT_EQ(store.adopt(0x102, 15).next(), 0);
  EXPECT_EQ(store.find(0x102)->next(), 1);
}

TEST(ContinuityStore, KeepsTheCounterOfAPidAdoptedBefore) {
  ContinuityStore store;
  (void)store.adopt(0x102, 3).next();
  EXPECT_EQ(store.adopt(0x102, 9).next(), 5);
}

}  // namespace
}  // namespace xg2g::remux
