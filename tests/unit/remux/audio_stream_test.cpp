// SPDX-License-Identifier: MIT
#include "remux/audio_stream.h"

#include <gtest/gtest.h>

#include "audio_run.h"

namespace xg2g::remux {
namespace {

using test::Bytes;

TEST(AudioStream, TrustsAnAnnouncedCodecUntilThePayloadHasCome) {
  AudioSurroundings around;
  const AudioStream announced(kAudioPid, kMp2Kind, around.context);
  const AudioStream bare(0x103, kPrivateKind, around.context);
  EXPECT_TRUE(announced.carries_adts());
  EXPECT_FALSE(bare.carries_adts());
  EXPECT_EQ(announced.state(), StreamState::kWaiting);
}

TEST(AudioStream, ReplacesSound) {
  AudioSurroundings around;
  AudioStream stream(kAudioPid, kMp2Kind, around.context);
  push(stream, mp2_packets());
  stream.finish();
  EXPECT_EQ(stream.state(), StreamState::kTranscoded);
  EXPECT_EQ(stream.codec(), es::Codec::kMpegAudio);
  EXPECT_EQ(stream.header().layer, 2);
  const Bytes out = around.take();
  for (const auto& pes : test::StreamReader(out).pes(kAudioPid)) {
    EXPECT_TRUE(test::read_adts(pes.payload));
  }
  EXPECT_EQ(stream.counters().frames_in, 20U);
  EXPECT_EQ(around.announced, 0);
}

TEST(AudioStream, TellsThatWhatItCarriesHasChanged) {
  AudioSurroundings around;
  AudioStream stream(kAudioPid, kPrivateKind, around.context);
  push(stream, mp2_packets());
  EXPECT_TRUE(stream.carries_adts());
  EXPECT_EQ(around.announced, 1);
}

TEST(AudioStream, PassesWhatIsScrambled) {
  AudioSurroundings around;
  AudioStream stream(kAudioPid, kMp2Kind, around.context);
  const Bytes in = mp2_packets(3);
  push(stream, in);
  EXPECT_TRUE(stream.untold());
  EXPECT_TRUE(around.take().empty());
  stream.tell_scrambled();
  around.context.announce();
  stream.let_go();
  EXPECT_EQ(stream.state(), StreamState::kScrambled);
  EXPECT_FALSE(stream.carries_adts());
  EXPECT_EQ(stream.scrambled_packets(), in.size() / 188);
  EXPECT_EQ(around.take(), in);
  EXPECT_EQ(around.announced, 1);
}

TEST(AudioStream, PassesWhatItCannotRecognize) {
  AudioSurroundings around;
  AudioStream stream(kAudioPid, kMp2Kind, around.context);
  test::StreamBuilder builder;
  for (int i = 0; i < 12; ++i) {
    builder.pes(kAudioPid, 0xC0, 0, Bytes(50'000, 0x11));
  }
  const Bytes in = builder.take();
  push(stream, in);
  EXPECT_EQ(stream.state(), StreamState::kUnrecognized);
  EXPECT_EQ(around.take(), in);
}

TEST(AudioStream, PassesBehindTheLimitOfTracks) {
  AudioSurroundings around;
  around.context.tracks_left = 0;
  AudioStream stream(kAudioPid, kMp2Kind, around.context);
  const Bytes in = mp2_packets();
  push(stream, in);
  stream.finish();
  EXPECT_EQ(stream.state(), StreamState::kTooMany);
  EXPECT_EQ(around.take(), in);
}

TEST(AudioStream, LeavesItsPlaceToAnotherWhereItRests) {
  constexpr base::ClockTicks kLater = std::chrono::seconds(31);
  AudioSurroundings around;
  around.context.tracks_left = 1;
  AudioStream first(kAudioPid, kMp2Kind, around.context);
  AudioStream second(kAudioPid, kMp2Kind, around.context);
  const Bytes in = mp2_packets();
  push(first, in);
  push(second, in);
  EXPECT_EQ(second.state(), StreamState::kTooMany);
  for (const base::ClockTicks now : {base::ClockTicks{}, kLater}) {
    first.rest(now);
    second.rest(now);
  }
  EXPECT_EQ(first.state(), StreamState::kTranscoded);
  EXPECT_EQ(first.counters().frames_in, 20U);
  EXPECT_EQ(first.counters().frames_out, 24U);
  push(second, in);
  EXPECT_EQ(second.state(), StreamState::kTranscoded);
  push(first, in);
  EXPECT_EQ(first.state(), StreamState::kTooMany);
}

TEST(AudioStream, GivesItsTrackBack) {
  AudioSurroundings around;
  {
    AudioStream stream(kAudioPid, kMp2Kind, around.context);
    push(stream, mp2_packets());
    EXPECT_EQ(around.context.tracks_left, 63U);
  }
  EXPECT_EQ(around.context.tracks_left, 64U);
}

}  // namespace
}  // namespace xg2g::remux
