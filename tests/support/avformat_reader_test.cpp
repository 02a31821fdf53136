// SPDX-License-Identifier: MIT
#include "support/avformat_reader.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/captures.h"

namespace xg2g::test {
namespace {

TEST(AvformatReader, SaysNothingOfWhatIsNoStream) {
  EXPECT_FALSE(AvformatReader::open(Bytes(10'000, 0x55)));
}

TEST(AvformatReader, DecodesTheSoundOfARecordedStream) {
  const auto capture = read_capture("sample_ac3.ts");
  if (!capture) GTEST_SKIP() << "the recorded streams are not there";
  const auto reader = AvformatReader::open(*capture);
  ASSERT_TRUE(reader);
  const auto sound =
      std::find_if(reader->streams().begin(), reader->streams().end(),
                   [](const AvStream& s) { return s.codec == "ac3"; });
  ASSERT_NE(sound, reader->streams().end());
  const AvTimeline timeline = reader->timeline(sound->pid, 0);
  EXPECT_EQ(timeline.sample_rate, 48'000);
  EXPECT_GT(root_mean_square(timeline.samples), 0.001);
  EXPECT_NEAR(measure_delay(timeline, timeline, 20).samples, 0, 1e-6);
}

}  // namespace
}  // namespace xg2g::test
