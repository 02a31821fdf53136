// SPDX-License-Identifier: MIT
//
// The calls; tests/pipeline has what they do to streams.
#include "remux/remuxer.h"

#include <gtest/gtest.h>

#include "support/stream_builder.h"

namespace xg2g::remux {
namespace {

using test::Bytes;

Bytes null_packets(std::size_t count) {
  test::StreamBuilder builder;
  builder.null(count);
  return builder.take();
}

TEST(Remuxer, TakesAllInputAndKeepsWhatDoesNotFit) {
  Remuxer remuxer({});
  const Bytes in = null_packets(10);
  Bytes out(3 * 188 + 100);
  EXPECT_EQ(remuxer.process(in, out).bytes, 3U * 188);
  EXPECT_EQ(remuxer.pending(), 7U * 188);
  EXPECT_EQ(remuxer.process({}, out).bytes, 3U * 188);
  EXPECT_EQ(remuxer.pending(), 4U * 188);
}

TEST(Remuxer, CountsWhatCameAndWhatLeft) {
  Remuxer remuxer({});
  Bytes out(20 * 188);
  (void)remuxer.process(null_packets(10), out);
  const Stats stats = remuxer.stats();
  EXPECT_EQ(stats.bytes_in, 1'880U);
  EXPECT_EQ(stats.bytes_out, 1'880U);
  EXPECT_EQ(stats.packets.packets, 10U);
  EXPECT_EQ(stats.packet_size, 188U);
}

TEST(Remuxer, TellsOfSync) {
  Remuxer remuxer({});
  Bytes out(20 * 188);
  (void)remuxer.process(null_packets(10), out);
  const auto event = remuxer.next_event();
  ASSERT_TRUE(event);
  EXPECT_EQ(event->type, EventType::kSync);
  EXPECT_EQ(event->value, 188);
  EXPECT_FALSE(remuxer.next_event());
}

TEST(Remuxer, KnowsNoStreamBeforeItsPmt) {
  const Remuxer remuxer({});
  EXPECT_FALSE(remuxer.stream(0));
}

TEST(Remuxer, DropsOutputThatWaitsWhereACallIsAbandoned) {
  Remuxer remuxer({});
  Bytes out(188);
  (void)remuxer.process(null_packets(10), out);
  remuxer.abandon();
  EXPECT_EQ(remuxer.process(null_packets(5), out).bytes, 188U);
}

}  // namespace
}  // namespace xg2g::remux
