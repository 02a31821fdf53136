// SPDX-License-Identifier: MIT
//
// What PacketSync gives at the end of a stream.

#include <gtest/gtest.h>

#include "support/packet_forms.h"
#include "ts/packet_sync.h"
#include "unit/ts/sync_runs.h"

namespace xg2g::ts {
namespace {

TEST(PacketSync, GivesFewPacketsAtTheEndOfAStream) {
  for (const std::size_t count : {1U, 2U, 4U}) {
    SCOPED_TRACE(count);
    EXPECT_EQ(read_whole(packets(count)).packets, packets(count));
    EXPECT_EQ(read_whole(test::to_timestamped(packets(count))).packets,
              packets(count));
    EXPECT_EQ(read_whole(test::to_parity(packets(count))).packets,
              packets(count));
  }
}

TEST(PacketSync, HoldsFewPacketsBackUntilTheEnd) {
  const Bytes stream = packets(4);
  PacketSync sync;
  sync.feed(stream);
  EXPECT_TRUE(sync.next_run().empty());
  sync.finish();
  EXPECT_EQ(sync.next_run().size(), stream.size());
}

TEST(PacketSync, TakesFourPacketsBehindGarbageAtTheEndButNotTwo) {
  EXPECT_EQ(read_whole(garbage(500) + packets(4)).packets, packets(4));
  const Found two = read_whole(garbage(500) + packets(2));
  EXPECT_TRUE(two.packets.empty());
  EXPECT_EQ(two.dropped, 500 + 2 * kPacketSize);
}

TEST(PacketSync, DropsAPartOfAPacketAtTheEnd) {
  for (const std::size_t count : {1U, 2U, 4U, 20U}) {
    for (const std::size_t part : {1U, 100U, 187U}) {
      SCOPED_TRACE(::testing::Message() << count << " and " << part);
      const Bytes stream = packets(count + 1);
      const Found found =
          read_whole(slice(stream, 0, count * kPacketSize + part));
      EXPECT_EQ(found.packets, packets(count));
      EXPECT_EQ(found.dropped, part);
    }
  }
}

}  // namespace
}  // namespace xg2g::ts
