// SPDX-License-Identifier: MIT
//
// The library prints nothing, whatever comes in.

#include <gtest/gtest.h>

#include "handle.h"
#include "streams.h"
#include "support/captures.h"

namespace xg2g::test {
namespace {

std::string printed_during(const auto& work) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  work();
  return testing::internal::GetCapturedStdout() +
         testing::internal::GetCapturedStderr();
}

TEST(Library, PrintsNothing) {
  Bytes damaged = make_television();
  for (std::size_t n = 5'000; n < damaged.size(); n += 997) damaged[n] ^= 0x55;
  EXPECT_EQ(printed_during([&] {
              (void)remux(make_television());
              (void)remux(damaged);
              (void)remux(make_garbage(100'000));
              (void)xg2g_audio_remux_init(1, 2, 3);
            }),
            "");
}

TEST(Library, PrintsNothingOnAnyCapture) {
  if (all_captures().empty()) GTEST_SKIP() << "needs the captures";
  for (const auto& path : all_captures()) {
    const Bytes stream = read_file(path);
    EXPECT_EQ(printed_during([&] { (void)remux(stream); }), "") << path;
  }
}

}  // namespace
}  // namespace xg2g::test
