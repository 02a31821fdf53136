// SPDX-License-Identifier: MIT
#include "remux/audio_streams.h"

#include <gtest/gtest.h>

#include "audio_run.h"

namespace xg2g::remux {
namespace {

using test::Bytes;

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

/// Two tracks of one program, and what is said of them.
struct TwoTracks {
  static constexpr std::uint16_t kOther = 0x103;

  AudioSurroundings around;
  AudioStreams streams{around.context};
  ProgramMap map;
  base::ClockTicks now{};

  TwoTracks() {
    (void)map.push_pat(test::make_pat({{1, 0x100}}));
    (void)map.push_pmt(
        0x100, test::make_pmt(1, {0x101, {{3, kAudioPid}, {3, kOther}}}));
    streams.update({{kAudioPid, kMp2Kind}, {kOther, kMp2Kind}}, {});
  }
  void push_to(std::uint16_t pid, const Bytes& packets, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      streams.find(pid)->push(ts::packet_at(packets, i * 188), now);
    }
    streams.tell_scrambled(map, now);
  }
  [[nodiscard]] StreamState state(std::uint16_t pid) const {
    return streams.find(pid)->state();
  }
};

TEST(AudioStreams, TakeOthersForScrambledThatHaveShownNothing) {
  TwoTracks run;
  const Bytes in = mp2_packets(3);
  run.push_to(kAudioPid, in, 1);
  EXPECT_EQ(run.around.announced, 1);
  EXPECT_EQ(run.around.take(), Bytes(in.begin(), in.begin() + 188));
  EXPECT_EQ(run.state(TwoTracks::kOther), StreamState::kScrambled);
  run.push_to(TwoTracks::kOther, mp2_packets(), 20);
  EXPECT_EQ(run.state(TwoTracks::kOther), StreamState::kTranscoded);
  EXPECT_EQ(run.around.announced, 2);
}

TEST(AudioStreams, LeaveAloneThoseOfOtherPrograms) {
  TwoTracks run;
  run.streams.update({{kAudioPid, kMp2Kind}, {0x300, kMp2Kind}}, {});
  run.push_to(kAudioPid, mp2_packets(3), 1);
  EXPECT_EQ(run.state(0x300), StreamState::kWaiting);
}

TEST(AudioStreams, TellOfAllThatBecomeScrambledAtOnce) {
  TwoTracks run;
  for (const std::uint16_t pid : {kAudioPid, TwoTracks::kOther}) {
    run.push_to(pid, mp2_packets(), 20);
    run.push_to(pid, mp2_packets(3), 4);
  }
  (void)run.around.take();
  run.now = std::chrono::milliseconds(1'001);
  run.push_to(kAudioPid, mp2_packets(3), 1);
  EXPECT_EQ(run.around.announced, 1);
  EXPECT_EQ(run.state(kAudioPid), StreamState::kScrambled);
  EXPECT_EQ(run.state(TwoTracks::kOther), StreamState::kScrambled);
}

TEST(AudioStreams, LeaveAloneATrackThatIsClear) {
  TwoTracks run;
  run.push_to(kAudioPid, mp2_packets(), 20);
  run.push_to(TwoTracks::kOther, mp2_packets(), 20);
  run.push_to(kAudioPid, mp2_packets(3), 4);
  run.now = std::chrono::milliseconds(1'001);
  run.push_to(kAudioPid, mp2_packets(3), 1);
  EXPECT_EQ(run.state(kAudioPid), StreamState::kScrambled);
  EXPECT_EQ(run.state(TwoTracks::kOther), StreamState::kTranscoded);
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
