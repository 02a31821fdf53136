// SPDX-License-Identifier: MIT
//
// Lip-sync on recorded sound: what is heard stands where it stood, by the PTS
// of both sides and two decoders of libavcodec.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <ostream>
#include <string>

#include "capture_run.h"
#include "support/avformat_reader.h"

namespace xg2g::test {
namespace {

/// Sound that is neither damaged, nor silent, nor the same tone throughout.
struct Track {
  const char* capture;
  std::uint16_t pid;
  int sample_rate = 48'000;
  double correlation = 0.98;  ///< A downmix is not one channel alone.
};

std::ostream& operator<<(std::ostream& out, const Track& it) {
  return out << it.capture << " PID " << it.pid;
}

class Lag : public testing::TestWithParam<Track> {};

TEST_P(Lag, IsWithinOneSample) {
  const Track& track = GetParam();
  xg2g_remux_options options = default_options();
  options.sample_rate = track.sample_rate;
  const CaptureRun run = run_capture(track.capture, 65'536, options);
  if (run.in.empty()) GTEST_SKIP() << "needs the captures";
  const auto out = AvformatReader::open(run.out);
  ASSERT_TRUE(out.has_value());
  const Delay delay = measure_delay(run.sound_in(track.pid, 0),
                                    out->timeline(track.pid, 0), 2'000);
  RecordProperty("samples", std::to_string(delay.samples));
  RecordProperty("correlation", std::to_string(delay.correlation));
  EXPECT_LE(std::abs(delay.samples), 1.0);
  EXPECT_GE(delay.correlation, track.correlation);
}

INSTANTIATE_TEST_SUITE_P(
    Tracks, Lag,
    testing::Values(
        Track{"bbcnews_206.ts", 0x1F6}, Track{"dvb_p11_025.ts", 0x1001},
        Track{"abcnews_au_202.ts", 0x90B}, Track{"abcnews_au_202.ts", 0x96F},
        Track{"bbb_2500ms.ts", 0x101, 44'100},
        Track{"canalsat_2prog_ac3_035.ts", 0xDD},
        Track{"canalsat_2prog_ac3_035.ts", 0xDE},
        Track{"canalsat_2prog_ac3_035.ts", 0x3FD},
        Track{"atsc_ac3_audio_only_151.ts", 0x34},
        Track{"dolby_chid_ac3_51.ts", 0x101, 48'000, 0.3},
        Track{"dolby_chid_eac3_51.ts", 0x101, 48'000, 0.3},
        Track{"france2_026.ts", 0x82}, Track{"france2_026.ts", 0x83},
        Track{"france2_026.ts", 0x84}));

}  // namespace
}  // namespace xg2g::test
