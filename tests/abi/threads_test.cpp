// SPDX-License-Identifier: MIT
//
// Threads: several on one handle, many handles at once, and a second FFmpeg
// beside the one in the archive.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "handle.h"
#include "streams.h"
#include "support/avformat_reader.h"

namespace xg2g::test {
namespace {

void run_on_threads(int count, const auto& work) {
  std::vector<std::thread> threads;
  for (int n = 0; n < count; ++n) threads.emplace_back([&work, n] { work(n); });
  for (std::thread& thread : threads) thread.join();
}

TEST(Threads, ShareOneHandle) {
  const Handle handle = open_handle();
  const Bytes stream = make_packets(50);
  (void)process(handle, make_packets(50));
  std::atomic<std::size_t> written = 0;
  run_on_threads(4, [&](int) {
    xg2g_remux_event event{};
    event.struct_size = sizeof event;
    for (int n = 0; n < 100; ++n) {
      written += process(handle, stream).bytes.size();
      (void)stats_of(handle);
      (void)xg2g_audio_remux_pending(handle.get());
      (void)xg2g_audio_remux_next_event(handle.get(), &event);
    }
  });
  EXPECT_EQ(written, 400 * stream.size());
  EXPECT_EQ(stats_of(handle).packets, 401U * 50U);
}

TEST(Threads, ShareOneHandleThatTranscodes) {
  const Handle handle = open_handle();
  const Bytes stream = make_television();
  run_on_threads(3, [&](int n) {
    if (n == 0) {
      (void)feed(handle, stream, 1'000);
    } else {
      for (int i = 0; i < 200; ++i) {
        (void)drain(handle);
        (void)stats_of(handle);
      }
    }
  });
  (void)finish(handle);
  EXPECT_EQ(stats_of(handle).frames_in, 41U);
}

TEST(Threads, EachWithItsHandleGetTheSame) {
  const Bytes stream = make_television();
  const Bytes expected = remux(stream);
  std::atomic<int> same = 0;
  run_on_threads(6, [&](int) { same += remux(stream) == expected ? 1 : 0; });
  EXPECT_EQ(same, 6);
}

TEST(Threads, FreeAHandleThatAnotherMade) {
  Handle handle = open_handle();
  (void)feed(handle, make_television({.seconds = 0.3}));
  std::thread([&] { handle.reset(); }).join();
  EXPECT_EQ(handle, nullptr);
}

TEST(SecondFfmpeg, WorksAtTheSameTime) {
  const Bytes stream = make_television();
  const Bytes expected = remux(stream);
  const auto count = [&] {
    const auto reader = AvformatReader::open(expected);
    return reader ? reader->decode(kAudioPid).size() : 0;
  };
  const std::size_t frames = count();
  EXPECT_GT(frames, 40U);
  std::atomic<int> same = 0;
  run_on_threads(4, [&](int n) {
    for (int i = 0; i < 3; ++i) {
      const bool ok =
          n % 2 == 0 ? remux(stream) == expected : count() == frames;
      same += ok ? 1 : 0;
    }
  });
  EXPECT_EQ(same, 12);
}

}  // namespace
}  // namespace xg2g::test
