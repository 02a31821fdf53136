// SPDX-License-Identifier: MIT
//
// Time through the whole track: what is heard, decoded again, stands where
// libavcodec's plain decoding of the same frames has it.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <ostream>
#include <string>

#include "support/encode.h"
#include "support/signal.h"
#include "track_run.h"

namespace xg2g::audio {
namespace {

struct Case {
  const char* encoder;
  int rate_in;
  std::size_t channels;
  int bit_rate;
  int rate_out;
};

std::ostream& operator<<(std::ostream& out, const Case& it) {
  return out << it.encoder << " " << it.rate_in << " to " << it.rate_out;
}

class TrackTime : public testing::TestWithParam<Case> {};

/// The reference at the rate that leaves: through the sound card, as it were.
double seconds_late(const Samples& reference, int rate_in, const Samples& heard,
                    int rate_out) {
  if (rate_in == rate_out) {
    const auto delay = test::measure_delay(reference, heard, 2048);
    EXPECT_GT(delay.correlation, 0.98);
    return delay.samples / rate_out;
  }
  // Envelopes of clicks need no common rate.
  const auto first = [](const Samples& in) {
    double sum = 0;
    double moment = 0;
    for (std::size_t i = 0; i < in.size(); ++i) {
      const double power = static_cast<double>(in[i]) * in[i];
      sum += power;
      moment += power * static_cast<double>(i);
    }
    return moment / sum;
  };
  return first(heard) / rate_out - first(reference) / rate_in;
}

TEST_P(TrackTime, StandsWhereItStood) {
  const Case& it = GetParam();
  Sound sound = speech(it.channels, 2, it.rate_in);
  if (it.rate_in != it.rate_out) {
    // One burst in silence: its centre of gravity tells the time.
    for (Samples& channel : sound) {
      const auto size = channel.size();
      channel = test::sine(1'000, static_cast<unsigned>(it.rate_in), size);
      for (std::size_t i = 0; i < size; ++i) {
        const double x =
            (static_cast<double>(i) - static_cast<double>(size) / 2) /
            (0.01 * it.rate_in);
        channel[i] *= static_cast<float>(std::exp(-x * x));
      }
    }
  }
  const auto units =
      test::encode({it.encoder, it.rate_in, it.bit_rate, {}}, sound);
  ASSERT_FALSE(units.empty());
  Format format;
  format.sample_rate = it.rate_out;
  TrackRun run(format);
  run.push_all(units);
  run.flush();

  const Sound heard = run.decoded_from(kStart);
  const Sound reference = test::decode(units);
  const double late =
      seconds_late(reference.at(0), it.rate_in, heard.at(0), it.rate_out);
  EXPECT_LT(std::abs(late), 1.0 / it.rate_out);
}

INSTANTIATE_TEST_SUITE_P(
    Codecs, TrackTime,
    testing::Values(Case{"mp2", 48'000, 2, 192'000, 48'000},
                    Case{"mp2", 44'100, 2, 192'000, 48'000},
                    Case{"mp2", 32'000, 2, 192'000, 48'000},
                    Case{"mp2", 24'000, 1, 64'000, 48'000},
                    Case{"mp2", 16'000, 2, 96'000, 48'000},
                    Case{"mp2", 48'000, 1, 96'000, 44'100},
                    Case{"mp2", 44'100, 2, 192'000, 44'100},
                    Case{"ac3", 48'000, 2, 192'000, 48'000},
                    Case{"ac3", 44'100, 2, 192'000, 48'000},
                    Case{"ac3", 32'000, 2, 192'000, 48'000},
                    Case{"eac3", 48'000, 2, 192'000, 48'000},
                    Case{"eac3", 44'100, 2, 192'000, 48'000}));

TEST(TrackTimestamps, CountExactly1024SamplesAFrame) {
  const auto units =
      test::encode({"mp2", 44'100, 192'000, {}}, speech(2, 5, 44'100));
  Format format;
  format.sample_rate = 44'100;
  TrackRun run(format);
  run.push_all(units);
  run.flush();
  for (std::size_t k = 0; k < run.times().size(); ++k) {
    const double exact = (static_cast<double>(k) - 1) * 1024 * 90'000 / 44'100;
    EXPECT_NEAR(static_cast<double>(run.times()[k] - kStart), exact, 0.51);
  }
}

}  // namespace
}  // namespace xg2g::audio
