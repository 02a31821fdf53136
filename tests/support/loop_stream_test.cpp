// SPDX-License-Identifier: MIT
#include "support/loop_stream.h"

#include <gtest/gtest.h>

#include "support/stream_builder.h"
#include "support/stream_reader.h"

namespace xg2g::test {
namespace {

constexpr std::uint16_t kPid = 0x101;
constexpr std::uint64_t kStart = (std::uint64_t{1} << 33) - 5'000;

/// Ten PES packets, 2160 ticks apart, with a PCR before each.
Bytes ten_units() {
  StreamBuilder builder;
  builder.pat({{1, 0x100}});
  for (std::uint64_t n = 0; n < 10; ++n) {
    builder.pcr(0x102, (kStart + n * 2160) * 300 + 7);
    builder.pes(kPid, 0xC0, kStart + n * 2160, Bytes(400, 1));
  }
  return builder.take();
}

TEST(LoopStream, RunsOnInTimeThroughTheWrap) {
  const Bytes looped = loop_stream(ten_units(), kPid, 1);
  const StreamReader reader(looped);
  const auto units = reader.pes(kPid);
  ASSERT_GT(units.size(), 40U);
  for (std::size_t n = 0; n < units.size(); ++n) {
    EXPECT_EQ(units[n].pts, (kStart + n * 2160) % (std::uint64_t{1} << 33));
    EXPECT_EQ(units[n].payload, Bytes(400, 1));
  }
}

TEST(LoopStream, RunsOnInPcr) {
  const Bytes looped = loop_stream(ten_units(), kPid, 1);
  const StreamReader reader(looped);
  const auto pcrs = reader.pcrs(0x102);
  ASSERT_GT(pcrs.size(), 40U);
  for (std::size_t n = 0; n < pcrs.size(); ++n) {
    const std::uint64_t base = (kStart + n * 2160) % (std::uint64_t{1} << 33);
    EXPECT_EQ(pcrs[n].value, base * 300 + 7);
  }
}

TEST(LoopStream, IsContinuous) {
  const Bytes looped = loop_stream(ten_units(), kPid, 1);
  EXPECT_EQ(StreamReader(looped).continuity_errors(), 0U);
}

}  // namespace
}  // namespace xg2g::test
