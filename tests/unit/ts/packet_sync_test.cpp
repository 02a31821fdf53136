// SPDX-License-Identifier: MIT
#include "ts/packet_sync.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "support/packet_forms.h"
#include "unit/ts/sync_runs.h"

namespace xg2g::ts {
namespace {

constexpr std::size_t kBarren = 65'536;

/// A stream with the damage that receivers see, in three forms.
struct Stream {
  const char* name;
  Bytes bytes;
};

Bytes with_sync_damaged(Bytes stream, std::size_t at) {
  stream.at(at) = 0x46;
  return stream;
}

const std::vector<Stream>& streams() {
  static const std::vector<Stream> kStreams = {
      {"188 bytes", packets(200)},
      {"192 bytes", test::to_timestamped(packets(200))},
      {"204 bytes", test::to_parity(packets(200))},
      {"garbage before", garbage(1'000) + packets(100)},
      {"garbage in between, odd", packets(80) + garbage(101) + packets(80)},
      {"garbage in between, whole",
       packets(80) + garbage(3 * kPacketSize) + packets(80)},
      {"a packet cut short",
       slice(packets(80), 0, 79 * kPacketSize + 50) + packets(80)},
      {"one damaged sync byte",
       with_sync_damaged(packets(100), 50 * kPacketSize)},
      {"a damaged sync byte at 192",
       with_sync_damaged(test::to_timestamped(packets(100)), 50 * 192 + 4)},
      {"a damaged sync byte at 204",
       with_sync_damaged(test::to_parity(packets(100)), 50 * 204)},
      {"every third sync byte damaged",
       [] {
         Bytes bytes = packets(100);
         for (std::size_t i = 9; i < 100; i += 3) bytes[i * kPacketSize] = 0;
         return bytes;
       }()},
      {"a damaged sync byte near the end",
       with_sync_damaged(packets(23), 20 * kPacketSize)},
      {"188, then 204, then 192 bytes", packets(20) +
                                            test::to_parity(packets(20)) +
                                            test::to_timestamped(packets(20))},
      {"garbage only", garbage(200'000)},
      {"exactly 64 KiB of garbage before", garbage(kBarren) + packets(40)},
      {"a little less than 64 KiB of garbage before",
       garbage(kBarren - 500) + packets(40)},
      {"more than 64 KiB of garbage before", garbage(70'000) + packets(40)},
      {"more than 64 KiB of garbage in between",
       packets(7) + garbage(200'001) + packets(40)},
      {"0x47 everywhere", Bytes(10'000, kSyncByte)},
      {"0x47 often",
       [] {
         Bytes bytes = garbage(100'000);
         for (std::size_t i = 0; i < bytes.size(); i += 47) {
           bytes[i] = kSyncByte;
         }
         return bytes;
       }()},
      {"part of a packet at the end", packets(20) + garbage(100)},
      {"few packets", packets(2)},
  };
  return kStreams;
}

TEST(PacketSync, FindsTheSameHoweverTheInputIsCut) {
  for (const Stream& stream : streams()) {
    const Found whole = read_whole(stream.bytes);
    for (const std::size_t size : {1U, 187U, 188U, 189U, 204U, 4'096U}) {
      SCOPED_TRACE(::testing::Message()
                   << stream.name << " in pieces of " << size);
      EXPECT_TRUE(read_in_pieces(stream.bytes, [&] { return size; }) == whole);
    }
    for (const unsigned seed : {1U, 2U, 3U}) {
      SCOPED_TRACE(::testing::Message()
                   << stream.name << " in pieces at random, " << seed);
      std::minstd_rand random(seed);
      const auto size = [&] { return random() % (random() % 2'000 + 1); };
      EXPECT_TRUE(read_in_pieces(stream.bytes, size) == whole);
    }
  }
}

TEST(PacketSync, FindsPacketsOf188Bytes) {
  const Found found = read_whole(packets(100));
  EXPECT_EQ(found.packets, packets(100));
  EXPECT_EQ(found.packet_size, 188U);
  EXPECT_EQ(found.dropped, 0U);
  EXPECT_EQ(found.losses, 0U);
  EXPECT_EQ(found.locks, 1U);
}

TEST(PacketSync, FindsPacketsOf192Bytes) {
  const Found found = read_whole(test::to_timestamped(packets(100)));
  EXPECT_EQ(found.packets, packets(100));
  EXPECT_EQ(found.packet_size, 192U);
  EXPECT_EQ(found.dropped, 0U);
  EXPECT_EQ(found.losses, 0U);
}

TEST(PacketSync, TakesATimestampForNoGarbage) {
  const Bytes timestamped = test::to_timestamped(packets(40));
  for (const std::size_t size : {1U, 100U, 4'097U}) {
    EXPECT_EQ(read_whole(garbage(size) + timestamped).dropped, size);
  }
  // Joined inside a timestamp.
  EXPECT_EQ(read_whole(slice(timestamped, 3, 1 + 188 + 5 * 192)).dropped, 0U);
  const Bytes two = test::to_timestamped(packets(2));
  EXPECT_EQ(read_whole(two).dropped, 0U);
}

TEST(PacketSync, FindsPacketsOf204Bytes) {
  const Found found = read_whole(test::to_parity(packets(100)));
  EXPECT_EQ(found.packets, packets(100));
  EXPECT_EQ(found.packet_size, 204U);
  EXPECT_EQ(found.dropped, 0U);
  EXPECT_EQ(found.losses, 0U);
}

TEST(PacketSync, DropsGarbageBeforeTheFirstPacket) {
  for (const std::size_t size : {1U, 187U, 188U, 4'097U}) {
    const Found found = read_whole(garbage(size) + packets(20));
    EXPECT_EQ(found.packets, packets(20));
    EXPECT_EQ(found.dropped, size);
    EXPECT_EQ(found.losses, 0U);
  }
}

TEST(PacketSync, DropsGarbageBetweenPacketsAndNothingElse) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{101}, kPacketSize,
                                 2 * kPacketSize, std::size_t{5'000}}) {
    SCOPED_TRACE(size);
    const Found found = read_whole(packets(20) + garbage(size) + packets(20));
    EXPECT_EQ(found.packets, packets(20) + packets(20));
    EXPECT_EQ(found.dropped, size);
    EXPECT_EQ(found.losses, 1U);
    EXPECT_EQ(found.locks, 2U);
  }
}

TEST(PacketSync, LosesOnePacketToADamagedSyncByte) {
  const Bytes stream = packets(40);
  const Found found = read_whole(with_sync_damaged(stream, 20 * kPacketSize));
  EXPECT_EQ(found.packets, slice(stream, 0, 20 * kPacketSize) +
                               View(stream).subspan(21 * kPacketSize));
  EXPECT_EQ(found.dropped, kPacketSize);
  EXPECT_EQ(found.losses, 1U);
}

TEST(PacketSync, LosesOnlyThePacketsWhoseSyncByteIsDamaged) {
  Bytes stream = packets(60);
  Bytes undamaged;
  for (std::size_t i = 0; i < 60; ++i) {
    const std::size_t at = i * kPacketSize;
    if (i >= 10 && i % 3 == 0) {
      stream[at] = 0x46;
    } else {
      test::put(undamaged, slice(stream, at, kPacketSize));
    }
  }
  const Found found = read_whole(stream);
  EXPECT_EQ(found.packets, undamaged);
  EXPECT_EQ(found.dropped, stream.size() - undamaged.size());
}

TEST(PacketSync, LosesOnePacketToADamagedSyncByteNearTheEnd) {
  const Bytes stream = packets(13);
  EXPECT_EQ(read_whole(with_sync_damaged(stream, 10 * kPacketSize)).packets,
            slice(stream, 0, 10 * kPacketSize) +
                View(stream).subspan(11 * kPacketSize));
}

TEST(PacketSync, IsNotMisledByAPidWith0x47BehindADamagedSyncByte) {
  Bytes stream = packets(40);
  for (std::size_t at = 2; at < stream.size(); at += kPacketSize) {
    stream[at] = kSyncByte;
  }
  const Found found = read_whole(with_sync_damaged(stream, 20 * kPacketSize));
  EXPECT_EQ(found.packets, slice(stream, 0, 20 * kPacketSize) +
                               View(stream).subspan(21 * kPacketSize));
}

TEST(PacketSync, TellsTimestampsThatStartWith0x47FromPackets) {
  for (const std::size_t byte : {std::size_t{0}, std::size_t{1}}) {
    for (const std::size_t count : {2U, 4U, 40U}) {
      SCOPED_TRACE(::testing::Message() << "byte " << byte << ", " << count);
      Bytes stream = test::to_timestamped(packets(count));
      for (std::size_t at = byte; at < stream.size(); at += 192) {
        stream[at] = kSyncByte;
      }
      EXPECT_EQ(read_whole(stream).packets, packets(count));
    }
  }
}

TEST(PacketSync, TellsTimestampedPacketsWithA0x47InThePidFromTimestamps) {
  Bytes expected = packets(40);
  for (std::size_t at = 2; at < expected.size(); at += kPacketSize) {
    expected[at] = kSyncByte;
  }
  const Bytes stream = test::to_timestamped(expected);
  EXPECT_EQ(read_whole(slice(stream, 4, stream.size() - 4)).packets, expected);
}

TEST(PacketSync, FollowsAChangeOfForm) {
  const Found found = read_whole(packets(10) + test::to_parity(packets(10)));
  EXPECT_EQ(found.packets, packets(10) + packets(10));
  EXPECT_EQ(found.packet_size, 204U);
}

TEST(PacketSync, CallsBytesBarrenAfterExactly64KiBHoweverTheyAreCut) {
  const Bytes stream = garbage(3 * kBarren);
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{100}, std::size_t{4'099}, kBarren - 1}) {
    SCOPED_TRACE(size);
    PacketSync sync;
    std::size_t fed = 0;
    const auto feed_up_to = [&](std::size_t end) {
      while (fed < end) {
        const std::size_t count = std::min(size, end - fed);
        sync.feed(View(stream).subspan(fed, count));
        EXPECT_TRUE(sync.next_run().empty());
        fed += count;
      }
    };
    for (std::uint64_t times = 1; times <= 3; ++times) {
      feed_up_to(times * kBarren - 1);
      EXPECT_EQ(sync.barren(), times - 1);
      feed_up_to(times * kBarren);
      EXPECT_EQ(sync.barren(), times);
      EXPECT_EQ(sync.dropped(), times * kBarren);
    }
  }
}

TEST(PacketSync, CountsBarrenBytesFromTheLossOn) {
  const Bytes stream = garbage(1'000) + packets(30) + garbage(kBarren);
  PacketSync sync;
  Bytes out;
  sync.feed(View(stream).first(stream.size() - 1));
  drain(sync, out);
  EXPECT_EQ(sync.barren(), 0U);
  sync.feed(View(stream).last(1));
  drain(sync, out);
  EXPECT_EQ(sync.barren(), 1U);
  EXPECT_EQ(sync.dropped(), 1'000 + kBarren);
}

TEST(PacketSync, FindsPacketsBehindBarrenBytes) {
  const Found found = read_whole(garbage(kBarren) + packets(10));
  EXPECT_EQ(found.packets, packets(10));
  EXPECT_EQ(found.barren, 1U);
}

TEST(PacketSync, TakesSyncBytesEverywhereFor188BytePackets) {
  const Found found = read_whole(Bytes(10 * kPacketSize, kSyncByte));
  EXPECT_EQ(found.packets, Bytes(10 * kPacketSize, kSyncByte));
  EXPECT_EQ(found.packet_size, 188U);
}

TEST(PacketSync, WaitsForFiveSyncBytesInARow) {
  const Bytes stream = packets(4) + garbage(kPacketSize) + packets(10);
  EXPECT_EQ(read_whole(stream).packets, packets(10));
}

TEST(PacketSync, FindsNothingInNothing) {
  EXPECT_TRUE(read_whole({}) == Found{});
}

TEST(PacketSync, FindsNothingInLessThanAPacket) {
  const Found found = read_whole(slice(packets(1), 0, 187));
  EXPECT_TRUE(found.packets.empty());
  EXPECT_EQ(found.dropped, 187U);
}

TEST(PacketSync, ShowsTheInputItselfOnceItIsLocked) {
  const Bytes stream = packets(40);
  PacketSync sync;
  Bytes out;
  sync.feed(View(stream).first(10 * kPacketSize));
  drain(sync, out);
  const View more = View(stream).subspan(10 * kPacketSize);
  sync.feed(more);
  const auto run = sync.next_run();
  EXPECT_EQ(run.data(), more.data());
  EXPECT_EQ(run.size(), more.size());
}

TEST(PacketSync, GivesWholePacketsOnceItIsLockedWithoutWaitingForMore) {
  const Bytes stream = packets(20);
  PacketSync sync;
  Bytes out;
  sync.feed(View(stream).first(10 * kPacketSize + 187));
  drain(sync, out);
  EXPECT_EQ(out, packets(10));
  sync.feed(View(stream).subspan(10 * kPacketSize + 187, 1));
  drain(sync, out);
  EXPECT_EQ(out, packets(11));
}

TEST(PacketSync, ForgetsTheStreamOnResetAndKeepsItsCounters) {
  PacketSync sync;
  Bytes out;
  const Bytes first = garbage(10) + slice(packets(11), 0, 10 * kPacketSize + 7);
  sync.feed(first);
  drain(sync, out);
  sync.finish();
  sync.reset();
  EXPECT_EQ(sync.packet_size(), 0U);
  EXPECT_EQ(sync.dropped(), 17U);
  const Bytes second = test::to_parity(packets(10));
  sync.feed(second);
  drain(sync, out);
  EXPECT_EQ(out, packets(10) + packets(10));
  EXPECT_EQ(sync.packet_size(), 204U);
  EXPECT_EQ(sync.locks(), 2U);
}

TEST(PacketSync, DoesNotCountPacketsThatItHasGivenAsDroppedOnReset) {
  PacketSync sync;
  const Bytes stream = packets(10);
  sync.feed(stream);
  EXPECT_EQ(sync.next_run().size(), stream.size());
  sync.reset();
  EXPECT_EQ(sync.dropped(), 0U);
}

}  // namespace
}  // namespace xg2g::ts
