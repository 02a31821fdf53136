// SPDX-License-Identifier: MIT
#include "remux/routes.h"

#include <gtest/gtest.h>

#include "audio_run.h"

namespace xg2g::remux {
namespace {

using test::Bytes;
using test::StreamBuilder;

constexpr std::uint16_t kPmt = 0x100;
constexpr std::uint16_t kVideo = 0x101;

/// PAT and PMT of a picture and a sound, and the routes that they give.
struct Routes {
  AudioSurroundings around;
  AudioStreams streams{around.context};
  PsiFilter psi{2, [](std::uint16_t) { return false; }, around.events,
                around.continuity, around.output};
  PidTable pids;

  void read(const Bytes& packets) {
    for (std::size_t at = 0; at < packets.size(); at += ts::kPacketSize) {
      const ts::Packet packet = ts::packet_at(packets, at);
      (void)(packet.pid() == 0 ? psi.read_pat(packet) : psi.read_pmt(packet));
    }
  }
  void read_tables() {
    read(StreamBuilder()
             .pat({{1, kPmt}})
             .pmt(1, kPmt, {kVideo, {{0x1B, kVideo}, {0x03, kAudioPid}}})
             .take());
    streams.update({{kAudioPid, kMp2Kind}}, pids);
  }
  std::vector<std::uint16_t> set(bool on_air, bool none_waits) {
    return set_routes(pids, {.psi = psi,
                             .streams = streams,
                             .continuity = around.continuity,
                             .on_air = on_air,
                             .none_waits = none_waits});
  }
};

TEST(Routes, FollowTheTables) {
  Routes run;
  run.read_tables();
  EXPECT_EQ(run.set(true, true),
            (std::vector<std::uint16_t>{kVideo, kAudioPid}));
  EXPECT_EQ(run.pids[0].route, Route::kPat);
  EXPECT_EQ(run.pids[kPmt].route, Route::kPmt);
  EXPECT_EQ(run.pids[kVideo].route, Route::kPass);
  EXPECT_TRUE(run.pids[kVideo].timed);
  EXPECT_EQ(run.pids[kAudioPid].route, Route::kAudio);
  EXPECT_EQ(run.pids[0x300].route, Route::kPass);
}

TEST(Routes, WatchForTheFirstSignOfAService) {
  Routes run;
  run.read_tables();
  (void)run.set(false, true);
  EXPECT_EQ(run.pids[kVideo].route, Route::kMedia);
}

TEST(Routes, KeepWhatWaitsAndWatchTheRestUntilAllIsKnown) {
  Routes run;
  run.read_tables();
  run.pids[0x300].route = Route::kWaiting;
  (void)run.set(true, false);
  EXPECT_EQ(run.pids[0x300].route, Route::kWaiting);
  EXPECT_EQ(run.pids[0x301].route, Route::kUnknown);
  EXPECT_EQ(run.pids[0x0F].route, Route::kPass);  // reserved
  EXPECT_EQ(run.pids[0x10].route, Route::kUnknown);
}

TEST(Routes, WatchOnWithoutAPat) {
  Routes run;
  (void)run.set(true, true);
  EXPECT_EQ(run.pids[0x300].route, Route::kUnknown);
}

TEST(Routes, RenumberWhereOthersWereReplaced) {
  Routes run;
  run.read_tables();
  (void)run.around.continuity.adopt(0x300, 0);
  (void)run.set(true, true);
  EXPECT_EQ(run.pids[0x300].route, Route::kRenumber);
}

TEST(MediaSeen, CountsPacketsOfSoundAndPictureAlone) {
  Routes run;
  run.read_tables();
  run.pids[kPmt].packets = 1;
  EXPECT_FALSE(media_seen(run.psi.map(), run.pids));
  run.pids[kVideo].packets = 1;
  EXPECT_TRUE(media_seen(run.psi.map(), run.pids));
}

}  // namespace
}  // namespace xg2g::remux
