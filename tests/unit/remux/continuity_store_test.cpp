// SPDX-License-Identifier: MIT
#include "remux/continuity_store.h"

#include <gtest/gtest.h>

#include "support/stream_builder.h"
#include "support/stream_reader.h"

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

TEST(ContinuityStore, WritesAPcrBehindWhatLeftLast) {
  const test::Bytes source = test::StreamBuilder().pcr(0x102, 27'000).take();
  ContinuityStore store;
  ts::PacketOutput output;
  store.write_pcr(ts::packet_at(source, 0), 7, output);
  EXPECT_EQ(store.find(0x102), nullptr);
  (void)store.adopt(0x102, 3).next();
  store.write_pcr(ts::packet_at(source, 0), 7, output);
  test::Bytes out(output.pending());
  output.open(out);
  (void)output.close();
  const test::StreamReader reader(out);
  ASSERT_EQ(reader.packets().size(), 2U);
  EXPECT_EQ(reader.packets()[0].continuity_counter, 7);
  EXPECT_EQ(reader.packets()[1].continuity_counter, 4);
  EXPECT_EQ(reader.pcrs(0x102)[1].value, 27'000U);
}

TEST(ContinuityStore, KeepsTheCounterOfAPidAdoptedBefore) {
  ContinuityStore store;
  (void)store.adopt(0x102, 3).next();
  EXPECT_EQ(store.adopt(0x102, 9).next(), 5);
}

}  // namespace
}  // namespace xg2g::remux
