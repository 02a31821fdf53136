// SPDX-License-Identifier: MIT
//
// Stats, streams, events and error strings.

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <thread>

#include "handle.h"
#include "streams.h"
#include "support/stream_builder.h"

namespace xg2g::test {
namespace {

TEST(Stats, FillsNoMoreThanTheCallerHas) {
  const Handle handle = open_handle();
  (void)feed(handle, make_television());
  xg2g_remux_stats stats;
  std::memset(&stats, 0xEE, sizeof stats);
  stats.struct_size = offsetof(xg2g_remux_stats, bytes_out);
  EXPECT_EQ(xg2g_audio_remux_stats(handle.get(), &stats), XG2G_OK);
  EXPECT_GT(stats.bytes_in, 0U);
  EXPECT_EQ(stats.bytes_out, 0xEEEEEEEEEEEEEEEEU);
  EXPECT_EQ(stats.struct_size, offsetof(xg2g_remux_stats, bytes_out));
}

TEST(Stats, LeavesWhatANewerCallerHasBesides) {
  const Handle handle = open_handle();
  struct {
    xg2g_remux_stats known;
    std::uint8_t newer[32];
  } stats;
  std::memset(&stats, 0xEE, sizeof stats);
  stats.known.struct_size = sizeof stats;
  EXPECT_EQ(xg2g_audio_remux_stats(handle.get(), &stats.known), XG2G_OK);
  EXPECT_EQ(stats.known.stream_time, 0);
  EXPECT_EQ(stats.newer[0], 0xEE);
}

TEST(Stats, RefusesARecordWithoutSize) {
  const Handle handle = open_handle();
  xg2g_remux_stats stats{};
  EXPECT_EQ(xg2g_audio_remux_stats(handle.get(), &stats),
            XG2G_ERR_INVALID_ARGUMENT);
}

TEST(Stats, TellsWhatHappened) {
  const Handle handle = open_handle();
  const Bytes stream = make_television();
  Bytes out = feed(handle, stream);
  put(out, finish(handle));
  const xg2g_remux_stats stats = stats_of(handle);
  EXPECT_EQ(stats.programs, 1U);
  EXPECT_EQ(stats.streams, 2U);
  EXPECT_EQ(stats.packet_size, 188U);
  EXPECT_EQ(stats.bytes_in, stream.size());
  EXPECT_EQ(stats.bytes_out, out.size());
  EXPECT_EQ(stats.frames_in, 41U);
  EXPECT_GE(stats.frames_out, 46U);
  EXPECT_EQ(stats.continuity_errors + stats.psi_errors + stats.gaps, 0U);
  EXPECT_NEAR(static_cast<double>(stats.stream_time) / 27e6, 0.96, 0.03);
}

TEST(Stream, IsToldForEachOfTheProgramMap) {
  const Handle handle = open_handle();
  (void)feed(handle, make_television());
  xg2g_remux_stream stream{};
  stream.struct_size = sizeof stream;
  ASSERT_EQ(xg2g_audio_remux_stream(handle.get(), 1, &stream), XG2G_OK);
  EXPECT_EQ(stream.program_number, 1);
  EXPECT_EQ(stream.pmt_pid, 0x20);
  EXPECT_EQ(stream.pcr_pid, kVideoPid);
  EXPECT_EQ(stream.pid, kAudioPid);
  EXPECT_EQ(stream.stream_type_in, 0x03);
  EXPECT_EQ(stream.stream_type_out, 0x0F);
  EXPECT_EQ(stream.codec, XG2G_CODEC_MPEG_AUDIO);
  EXPECT_EQ(stream.state, XG2G_STREAM_TRANSCODED);
  EXPECT_EQ(stream.layer, 2);
  EXPECT_EQ(stream.channels, 2);
  EXPECT_EQ(stream.sample_rate, 48'000U);
  EXPECT_STREQ(stream.language, "eng");
  EXPECT_STRNE(stream.kind, "");
  EXPECT_EQ(xg2g_audio_remux_stream(handle.get(), 2, &stream),
            XG2G_ERR_INVALID_ARGUMENT);
}

TEST(Stream, TellsHowFarSoundIsAheadOfThePicture) {
  const Handle handle = open_handle();
  (void)feed(handle, make_television());
  xg2g_remux_stream stream{};
  stream.struct_size = sizeof stream;
  ASSERT_EQ(xg2g_audio_remux_stream(handle.get(), 0, &stream), XG2G_OK);
  EXPECT_EQ(stream.av_offset, XG2G_NO_AV_OFFSET);
  ASSERT_EQ(xg2g_audio_remux_stream(handle.get(), 1, &stream), XG2G_OK);
  // Both come with one PTS; AAC leaves when the encoder has looked ahead.
  EXPECT_LE(stream.av_offset, -1'920);
  EXPECT_GE(stream.av_offset, -3 * 1'920);
}

TEST(Stream, LeavesAnOlderCallerWhatItHasNoRoomFor) {
  const Handle handle = open_handle();
  (void)feed(handle, make_television());
  xg2g_remux_stream stream;
  std::memset(&stream, 0xEE, sizeof stream);
  stream.struct_size = offsetof(xg2g_remux_stream, av_offset);
  ASSERT_EQ(xg2g_audio_remux_stream(handle.get(), 1, &stream), XG2G_OK);
  EXPECT_EQ(stream.discontinuities, 0U);
  EXPECT_EQ(static_cast<std::uint64_t>(stream.av_offset), 0xEEEEEEEEEEEEEEEEU);
}

std::vector<xg2g_remux_event> take_events(const Handle& handle) {
  std::vector<xg2g_remux_event> events;
  xg2g_remux_event event{};
  event.struct_size = sizeof event;
  while (xg2g_audio_remux_next_event(handle.get(), &event) == 1) {
    events.push_back(event);
  }
  return events;
}

TEST(Event, TellsWhatWasFound) {
  const Handle handle = open_handle();
  (void)feed(handle, make_television());
  std::set<int> types;
  for (const auto& event : take_events(handle)) types.insert(event.type);
  EXPECT_EQ(types,
            (std::set<int>{XG2G_EVENT_SYNC, XG2G_EVENT_PROGRAMS, XG2G_EVENT_PMT,
                           XG2G_EVENT_CODEC, XG2G_EVENT_STATE}));
}

TEST(Event, IsNotLostToARecordWithoutSize) {
  const Handle handle = open_handle();
  (void)feed(handle, make_packets(100));
  xg2g_remux_event event{};
  EXPECT_EQ(xg2g_audio_remux_next_event(handle.get(), &event),
            XG2G_ERR_INVALID_ARGUMENT);
  EXPECT_EQ(take_events(handle).size(), 1U);
}

TEST(Event, TheOldestGiveWayAndAreCounted) {
  StreamBuilder builder;
  builder.pat({{1, 0x20}}).packet(kVideoPid, Bytes(184, 1));
  for (unsigned n = 0; n < 600; ++n) {
    builder.pmt(
        1, 0x20,
        {kVideoPid,
         {{static_cast<std::uint8_t>(n % 2 == 0 ? 0x1B : 0x02), kVideoPid}}},
        {.version = static_cast<std::uint8_t>(n % 32)});
  }
  const Handle handle = open_handle();
  (void)feed(handle, builder.bytes());
  const auto events = take_events(handle);
  EXPECT_EQ(events.size(), 256U);
  EXPECT_EQ(events.back().packet, 601U);
  EXPECT_EQ(stats_of(handle).events_dropped, 602U - 256U);
}

TEST(ErrorText, IsTheHandlesOwn) {
  const Handle good = open_handle();
  const Handle bad = open_handle();
  (void)process(bad, {}, 100);
  EXPECT_STRNE(xg2g_audio_remux_error(bad.get()), "");
  EXPECT_STREQ(xg2g_audio_remux_error(good.get()), "");
}

TEST(ErrorText, IsGoneWithTheNextCallThatSucceeds) {
  const Handle handle = open_handle();
  (void)process(handle, {}, 100);
  EXPECT_EQ(xg2g_audio_remux_reset(handle.get()), XG2G_OK);
  EXPECT_STREQ(xg2g_audio_remux_error(handle.get()), "");
}

TEST(LastError, IsTheThreadsOwn) {
  EXPECT_EQ(xg2g_audio_remux_init(1, 2, 3), nullptr);
  EXPECT_NE(last_error(), "");
  std::string other = "unset";
  bool none = false;
  std::thread([&] {
    other = last_error();
    char* message = xg2g_last_error();
    none = message == nullptr;
    xg2g_free_string(message);
  }).join();
  EXPECT_EQ(other, "");
  EXPECT_TRUE(none);
}

}  // namespace
}  // namespace xg2g::test
