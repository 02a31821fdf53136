// SPDX-License-Identifier: MIT
#include "remux/audio_streams.h"

#include <gtest/gtest.h>

#include "audio_run.h"

namespace xg2g::remux {
namespace {

TEST(AudioStreams, FindsThoseThatAreSelected) {
  AudioSurroundings around;
  AudioStreams streams(around.context);
  streams.update({{0x105, kMp2Kind}, {0x102, kMp2Kind}}, {});
  ASSERT_NE(streams.find(0x102), nullptr);
  EXPECT_EQ(streams.find(0x102)->pid(), 0x102);
  EXPECT_EQ(streams.find(0x103), nullptr);
  EXPECT_EQ(streams.all().size(), 2U);
}

TEST(AudioStreams, KeepsThoseThatStay) {
  AudioSurroundings around;
  AudioStreams streams(around.context);
  streams.update({{0x102, kMp2Kind}}, {});
  const AudioStream* known = streams.find(0x102);
  streams.update({{0x101, kMp2Kind}, {0x102, kPrivateKind}}, {});
  EXPECT_EQ(streams.find(0x102), known);
  EXPECT_EQ(known->kind(), kPrivateKind);
}

TEST(AudioStreams, EndsThoseThatAreGoneWithTheirLastSamples) {
  AudioSurroundings around;
  AudioStreams streams(around.context);
  streams.update({{kAudioPid, kMp2Kind}}, {});
  push(*streams.find(kAudioPid), mp2_packets());
  (void)around.take();
  streams.update({}, {});
  EXPECT_EQ(streams.find(kAudioPid), nullptr);
  EXPECT_FALSE(around.take().empty());
  EXPECT_EQ(streams.counters().frames_in, 20U);
}

TEST(AudioStreams, BeginScrambledWhereThePacketsBeforeWere) {
  AudioSurroundings around;
  AudioStreams streams(around.context);
  PidTable pids;
  pids[kAudioPid].scrambled = true;
  streams.update({{kAudioPid, kMp2Kind}}, pids);
  EXPECT_EQ(streams.find(kAudioPid)->state(), StreamState::kScrambled);
}

TEST(AudioStreams, SumUpOverThoseThatWere) {
  AudioSurroundings around;
  AudioStreams streams(around.context);
  for (int i = 0; i < 2; ++i) {
    streams.update({{kAudioPid, kMp2Kind}}, {});
    push(*streams.find(kAudioPid), mp2_packets());
    streams.finish();
    streams.clear();
  }
  EXPECT_EQ(streams.counters().frames_in, 40U);
  EXPECT_TRUE(streams.all().empty());
}

}  // namespace
}  // namespace xg2g::remux
