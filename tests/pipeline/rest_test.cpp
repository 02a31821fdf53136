// SPDX-License-Identifier: MIT
//
// Sound that is away for long and comes back.

#include <gtest/gtest.h>

#include <cmath>
#include <ostream>
#include <set>
#include <string>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

constexpr double kSounding = 3;
constexpr Time kBack = kSoundStart + 43 * kSecond;

struct Case {
  const char* name;
  Kind kind;
  std::uint8_t stream_type;
  bool in_loas = false;
  std::size_t unaligned =
      0;  ///< Bytes in a PES packet, where not whole frames.

  [[nodiscard]] std::vector<PesPayload> lay(const Track& track) const {
    if (in_loas) return track.loas();
    return unaligned > 0 ? track.unaligned(unaligned) : track.aligned();
  }
};

std::ostream& operator<<(std::ostream& out, const Case& it) {
  return out << it.name;
}

class Rest : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    Timetable table;
    table.psi(television({{GetParam().stream_type, kAudio}}), kStart,
              kBack + 4 * kSecond);
    table.picture(kVideo, kStart, kBack + 4 * kSecond);
    table.sound(kAudio, GetParam().lay(before_));
    table.sound(kAudio, GetParam().lay(after_));
    in_ = table.write();
  }

  /// Expects the sound of `track` where its PTS are.
  static void expect_heard(const Bytes& out, const Track& track, Time from) {
    const AvTimeline reference = track.reference();
    const Time to = static_cast<Time>(track.end());
    const AvTimeline all = heard(out, kAudio);
    // What a decoder needs before its first sample is right, and the cut's
    // fade.
    const Time fade = kSecond / 10;
    for (const Time begin : {from + fade, to - fade - kSecond / 2}) {
      EXPECT_LT(std::abs(samples_late(part(reference, begin, to - fade),
                                      part(all, begin, to - fade))),
                1.0);
    }
  }

  Track before_{GetParam().kind, kSounding, kSoundStart};
  Track after_{GetParam().kind, kSounding, kBack};
  Bytes in_;
};

TEST_P(Rest, LosesNothingAndGoesOnInTime) {
  Filter filter;
  const Bytes out = filter.run(in_);
  expect_clean(in_, out, {kAudio});
  expect_heard(out, before_, kSoundStart);
  expect_heard(out, after_, kBack);
  const audio::TrackCounters counters = filter.stats().audio;
  const std::uint64_t units = before_.units().size() + after_.units().size();
  EXPECT_EQ(counters.frames_in, units);
  EXPECT_GE(counters.frames_out, 2 * kSounding * 48'000 / 1'024);
  EXPECT_EQ(counters.gaps + counters.overlaps + counters.concealed, 0U);
  EXPECT_EQ(counters.discontinuities, 0U);
}

TEST_P(Rest, LeavesThePmtAsItIs) {
  const Bytes out = filter(in_);
  std::set<std::uint8_t> versions;
  for (const ReadPmt& pmt : StreamReader(out).pmts(1)) {
    versions.insert(pmt.version);
    EXPECT_EQ(pmt.find(kAudio)->stream_type, 0x0F);
  }
  EXPECT_EQ(versions.size(), 1U);
}

TEST_P(Rest, IsTheSameHoweverTheInputIsCut) {
  const Bytes whole = filter(in_);
  EXPECT_EQ(filter_cut(in_, 1), whole);
  EXPECT_EQ(filter_cut_at_random(in_, 7), whole);
}

TEST(RestOfWhatWasEncoded, IsStillEncodedWhereItCouldBeConverted) {
  const Track after(kAdts, kSounding, kBack);
  Timetable table = broadcast({0x03, kAudio}, Track(kMp2, kSounding).aligned());
  table.psi(television({{0x03, kAudio}}), kStart + 4 * kSecond,
            kBack + 4 * kSecond);
  table.picture(kVideo, kStart + 4 * kSecond, kBack + 4 * kSecond);
  table.sound(kAudio, after.loas());
  Filter filter;
  const Bytes out = filter.run(table.write());
  EXPECT_EQ(filter.stream(kAudio)->state, remux::StreamState::kTranscoded);
  const Time middle = kBack + kSecond;
  EXPECT_LT(std::abs(samples_late(
                part(after.reference(), middle, middle + kSecond),
                part(heard(out, kAudio), middle, middle + kSecond))),
            1.0);
}

INSTANTIATE_TEST_SUITE_P(
    Codecs, Rest,
    testing::Values(Case{"mp2", kMp2, 0x03},
                    Case{"mp2_unaligned", kMp2, 0x03, false, 1'500},
                    Case{"ac3", kAc3Surround, 0x81}, Case{"eac3", kEac3, 0x87},
                    Case{"latm", kAdts, 0x11, true}),
    [](const auto& it) { return std::string(it.param.name); });

}  // namespace
}  // namespace xg2g::test
