// SPDX-License-Identifier: MIT
//
// Bytes in and out: what waits, what is refused, how a stream ends.

#include <gtest/gtest.h>

#include "handle.h"
#include "streams.h"
#include "support/stream_reader.h"

namespace xg2g::test {
namespace {

constexpr std::size_t kLimit = XG2G_PENDING_LIMIT;

/// Every piece is taken, and one packet leaves for it.
Bytes fill_to_the_limit(const Handle& handle, View piece, Bytes& in) {
  Bytes out;
  while (xg2g_audio_remux_pending(handle.get()) <= kLimit) {
    put(in, piece);
    put(out, process(handle, piece, XG2G_PACKET_SIZE).bytes);
  }
  return out;
}

TEST(Process, RefusesInputOnceTheQueueIsFull) {
  const Handle handle = open_handle();
  const Bytes piece = make_packets(4'096);
  Bytes in;
  (void)fill_to_the_limit(handle, piece, in);
  const std::size_t waiting = xg2g_audio_remux_pending(handle.get());
  EXPECT_EQ(process(handle, piece).answer, XG2G_ERR_OUTPUT_TOO_SMALL);
  EXPECT_EQ(xg2g_audio_remux_pending(handle.get()), waiting);
  EXPECT_EQ(stats_of(handle).bytes_in, in.size());
}

TEST(Process, LosesNothingThroughAFullQueue) {
  const Handle handle = open_handle();
  const Bytes piece = make_packets(4'096);
  Bytes in;
  Bytes out = fill_to_the_limit(handle, piece, in);
  (void)process(handle, piece);  // Refused.
  put(out, drain(handle));
  EXPECT_EQ(xg2g_audio_remux_pending(handle.get()), 0U);
  put(in, piece);
  put(out, feed(handle, piece, piece.size(), piece.size()));
  EXPECT_TRUE(out == in);
}

TEST(Process, GivesTheSameThroughBuffersOfOnePacket) {
  const Bytes stream = make_television();
  const Handle handle = open_handle();
  Bytes out = feed(handle, stream, 4'000, XG2G_PACKET_SIZE);
  put(out, drain(handle, XG2G_PACKET_SIZE));
  put(out, finish(handle, XG2G_PACKET_SIZE));
  EXPECT_TRUE(out == remux(stream));
}

TEST(Process, GivesTheSameForInputByteByByte) {
  const Bytes stream = make_television({.seconds = 0.5});
  const Handle handle = open_handle();
  Bytes out = feed(handle, stream, 1);
  put(out, finish(handle));
  EXPECT_TRUE(out == remux(stream));
}

TEST(Process, WritesWholePacketsAlone) {
  const Handle handle = open_handle();
  const Bytes stream = make_packets(100);
  const Called called = process(handle, stream, 1'000);
  EXPECT_EQ(called.answer, 940);
}

TEST(NotTs, DropsTheBytesAndKeepsWhatIsReady) {
  const Handle handle = open_handle();
  const Bytes stream = make_packets(300);
  Bytes in = stream;
  put(in, make_garbage(65'536 + 2'000));
  EXPECT_EQ(process(handle, in).answer, XG2G_ERR_NOT_TS);
  // Packets that stood before them were not lost with the answer.
  EXPECT_EQ(drain(handle), stream);
}

TEST(NotTs, LosesNoPacketBehindTheGarbageOfTheSameCall) {
  const Handle handle = open_handle();
  const Bytes stream = make_packets(300);
  Bytes in = make_garbage(65'536);
  put(in, stream);
  EXPECT_EQ(process(handle, in).answer, XG2G_ERR_NOT_TS);
  Bytes out = drain(handle);
  put(out, finish(handle));
  EXPECT_EQ(out, stream);
  EXPECT_EQ(stats_of(handle).bytes_dropped, 65'536U);
}

TEST(NotTs, IsWhatFlushSaysOfAShortFileThatIsNone) {
  const Handle handle = open_handle();
  EXPECT_EQ(process(handle, make_garbage(1'000)).answer, 0);
  Bytes out(1'000);
  EXPECT_EQ(xg2g_audio_remux_flush(handle.get(), out.data(), out.size()),
            XG2G_ERR_NOT_TS);
}

TEST(Flush, OfAnEmptyStreamIsFine) {
  const Handle handle = open_handle();
  EXPECT_TRUE(finish(handle).empty());
  EXPECT_TRUE(finish(handle).empty());
}

TEST(Flush, GivesTheLastSound) {
  const Handle handle = open_handle();
  (void)feed(handle, make_television());
  const std::uint64_t before = stats_of(handle).frames_out;
  EXPECT_FALSE(finish(handle).empty());
  EXPECT_GT(stats_of(handle).frames_out, before);
}

TEST(Flush, MakesWhatFollowsANewStream) {
  const Bytes stream = make_television();
  const Handle handle = open_handle();
  (void)feed(handle, stream);
  (void)finish(handle);
  Bytes out = feed(handle, stream);
  put(out, finish(handle));
  const Bytes alone = remux(stream);
  const StreamReader again(out);
  const StreamReader once(alone);
  ASSERT_EQ(again.pes(kAudioPid).size(), once.pes(kAudioPid).size());
  EXPECT_EQ(again.pes(kAudioPid).front().pts, once.pes(kAudioPid).front().pts);
}

TEST(Reset, ForgetsTheStreamAndKeepsTheCounters) {
  const Handle handle = open_handle();
  (void)feed(handle, make_television());
  const xg2g_remux_stats before = stats_of(handle);
  EXPECT_EQ(xg2g_audio_remux_reset(handle.get()), XG2G_OK);
  const xg2g_remux_stats after = stats_of(handle);
  EXPECT_EQ(after.streams, 0U);
  EXPECT_EQ(after.packets, before.packets);
  EXPECT_EQ(after.frames_out, before.frames_out);
  EXPECT_EQ(after.bytes_in, before.bytes_in);
}

TEST(Reset, KeepsTheContinuityOfWhatLeaves) {
  const Bytes stream = make_television();
  const Handle handle = open_handle();
  Bytes out = feed(handle, stream);
  EXPECT_EQ(xg2g_audio_remux_reset(handle.get()), XG2G_OK);
  put(out, feed(handle, stream));
  put(out, finish(handle));
  EXPECT_EQ(StreamReader(out).continuity_errors(kAudioPid), 0U);
}

TEST(Reset, KeepsWhatWaits) {
  const Handle handle = open_handle();
  const Bytes stream = make_packets(100);
  Bytes out = process(handle, stream, XG2G_PACKET_SIZE).bytes;
  EXPECT_EQ(xg2g_audio_remux_reset(handle.get()), XG2G_OK);
  put(out, drain(handle));
  EXPECT_EQ(out, stream);
}

}  // namespace
}  // namespace xg2g::test
