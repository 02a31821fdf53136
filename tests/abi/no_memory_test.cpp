// SPDX-License-Identifier: MIT
//
// operator new fails, at one place after the other.

#include <gtest/gtest.h>

#include <cstddef>
#include <span>

#include "failing_new.h"
#include "handle.h"
#include "streams.h"

namespace xg2g::test {
namespace {

constexpr long kMost = 100'000;

TEST(NoMemory, GivesNoHandleAndSaysSo) {
  long n = 0;
  for (bool failed = true; failed; ++n) {
    ASSERT_LT(n, kMost);
    failing_new_start(n, FAILURE_NO_MEMORY);
    const xg2g_remuxer_handle handle =
        xg2g_audio_remux_init(48'000, 2, 192'000);
    failed = failing_new_stop() == 1;
    EXPECT_EQ(handle == nullptr, failed) << n;
    xg2g_audio_remux_free(handle);
  }
  EXPECT_GT(n, 1);
}

/// The first negative answer of a whole stream whose n-th allocation fails.
int run_failing(const Handle& handle, View stream, long n, bool& failed) {
  Bytes out(stream.size() * 2);
  failing_new_start(n, FAILURE_NO_MEMORY);
  int answer = xg2g_audio_remux_process(handle.get(), stream.data(),
                                        stream.size(), out.data(), out.size());
  if (answer >= 0) {
    answer = xg2g_audio_remux_flush(handle.get(), out.data(), out.size());
  }
  failed = failing_new_stop() == 1;
  return answer;
}

TEST(NoMemory, IsAnAnswerOfProcessAndTheHandleWorksOn) {
  const Bytes stream = make_television({.seconds = 0.2});
  const std::uint64_t frames = [&] {
    const Handle handle = open_handle();
    (void)feed(handle, stream);
    (void)finish(handle);
    return stats_of(handle).frames_out;
  }();
  long n = 0;
  for (bool failed = true; failed; ++n) {
    ASSERT_LT(n, kMost);
    const Handle handle = open_handle();
    const int answer = run_failing(handle, stream, n, failed);
    EXPECT_EQ(answer == XG2G_ERR_NO_MEMORY, failed) << n;
    const std::uint64_t before = stats_of(handle).frames_out;
    (void)feed(handle, stream);
    (void)finish(handle);
    EXPECT_EQ(stats_of(handle).frames_out - before, frames) << n;
  }
  EXPECT_GT(n, 10);
}

/// `stream` with its sound scrambled in the middle third.
Bytes scramble_middle(Bytes stream) {
  const std::size_t packets = stream.size() / 188;
  for (std::size_t i = packets / 3; i < packets * 2 / 3; ++i) {
    const auto packet = std::span(stream).subspan(i * 188, 188);
    const unsigned pid = (packet[1] & 0x1FU) << 8 | packet[2];
    if (pid != kAudioPid) continue;
    packet[3] |= 0x80;
    for (auto& byte : packet.subspan(4)) byte ^= 0xA5;
  }
  return stream;
}

TEST(NoMemory, IsAnAnswerWhereSoundIsScrambledInBetween) {
  const Bytes stream = scramble_middle(make_television({.seconds = 0.3}));
  long n = 0;
  for (bool failed = true; failed; ++n) {
    ASSERT_LT(n, kMost);
    const Handle handle = open_handle();
    const int answer = run_failing(handle, stream, n, failed);
    EXPECT_EQ(answer == XG2G_ERR_NO_MEMORY, failed) << n;
    (void)feed(handle, stream);
    (void)finish(handle);
    EXPECT_GT(stats_of(handle).scrambled_packets, 0U) << n;
  }
  EXPECT_GT(n, 10);
}

TEST(Defect, IsAnAnswerToo) {
  for (const failure how : {FAILURE_DEFECT, FAILURE_UNKNOWN}) {
    failing_new_start(0, how);
    const xg2g_remuxer_handle handle =
        xg2g_audio_remux_init(48'000, 2, 192'000);
    EXPECT_EQ(failing_new_stop(), 1);
    EXPECT_EQ(handle, nullptr);
  }
}

}  // namespace
}  // namespace xg2g::test
