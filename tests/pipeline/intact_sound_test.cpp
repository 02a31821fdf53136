// SPDX-License-Identifier: MIT
//
// Sound of which nothing is missing is heard whole, whatever its PTS,
// continuity_counters and PES_packet_lengths say.

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <ostream>

#include "audit.h"
#include "filter.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

struct Case {
  const char* name;
  Kind kind;
  PmtStream announced;
  std::uint8_t stream_id = 0xC0;
  bool in_loas = false;
};

std::ostream& operator<<(std::ostream& out, const Case& it) {
  return out << it.name;
}

using Payloads = std::vector<PesPayload>;
/// What the n-th PES packet says instead of its PTS.
using Lie = std::function<std::uint64_t(std::size_t n, std::uint64_t pts)>;

class IntactSound : public testing::TestWithParam<Case> {
 protected:
  [[nodiscard]] Payloads aligned() const {
    return GetParam().in_loas ? track_.loas() : track_.aligned();
  }

  /// Each PES packet is sent when it is due by its true PTS.
  [[nodiscard]] static Bytes send(const Payloads& payloads, const Lie& lie) {
    Timetable table;
    const Time end = static_cast<Time>(*payloads.back().pts);
    table.psi(television({GetParam().announced}), kStart, end);
    table.picture(kVideo, kStart, end);
    for (std::size_t n = 0; n < payloads.size(); ++n) {
      const std::uint64_t pts = *payloads[n].pts;
      table.at(static_cast<Time>(pts) - kSecond / 10,
               [payload = payloads[n].bytes,
                said = lie(n, pts)](StreamBuilder& builder) {
                 builder.pes(kAudio, GetParam().stream_id, said, payload);
               });
    }
    return table.write();
  }

  /// Fails where anything is missing or not in its place.
  void expect_whole(const Bytes& in) {
    Filter filter;
    const Bytes out = filter.run(in);
    expect_clean(in, out, {kAudio});
    expect_even(times(out, kAudio));
    const remux::Stats stats = filter.stats();
    EXPECT_EQ(stats.audio.gaps, 0U);
    EXPECT_EQ(stats.audio.overlaps, 0U);
    EXPECT_EQ(stats.audio.discontinuities, 0U);
    EXPECT_EQ(stats.audio.concealed, 0U);
    EXPECT_EQ(stats.audio.untimed, 0U);
    const auto late = samples_late(track_.reference(), heard(out, kAudio));
    EXPECT_LT(std::abs(late), 1.0);
    EXPECT_EQ(filter_cut_at_random(in, 5), out);
  }

  Track track_{GetParam().kind, 5.0};
};

TEST_P(IntactSound, IsWholeWhereSeveralPesPacketsHaveOnePts) {
  for (const std::size_t group : {2U, 3U, 7U}) {
    const Payloads payloads = aligned();
    expect_whole(send(payloads, [&](std::size_t n, std::uint64_t) {
      return *payloads[n - n % group].pts;
    }));
  }
}

TEST_P(IntactSound, IsWholeWhereAPtsIsThatOfAnotherFrameNowAndThen) {
  const Payloads payloads = aligned();
  expect_whole(send(payloads, [&](std::size_t n, std::uint64_t pts) {
    return n % 5 == 4 ? *payloads[n - 1].pts : pts;
  }));
}

TEST_P(IntactSound, IsWholeWhereOnePtsLies) {
  for (const std::int64_t lie :
       {450'000L, -450'000L, 60'000L, -20'000L, -30'000L, 1L << 32, 1L << 20}) {
    expect_whole(send(aligned(), [&](std::size_t n, std::uint64_t pts) {
      return n == 40 ? pts + static_cast<std::uint64_t>(lie) : pts;
    }));
  }
}

TEST_P(IntactSound, IsCutNowhereWherePtsAreRoundedToPictures) {
  const Bytes in = send(aligned(), [](std::size_t, std::uint64_t pts) {
    return pts / 3'600 * 3'600;
  });
  Filter filter;
  const Bytes out = filter.run(in);
  const auto pts = times(out, kAudio);
  for (std::size_t i = 1; i < pts.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(pts[i] - pts[i - 1]), 1'920, 2) << i;
  }
  EXPECT_EQ(filter.stats().audio.gaps + filter.stats().audio.overlaps, 0U);
  EXPECT_EQ(filter.stats().audio.discontinuities, 0U);
}

TEST_P(IntactSound, IsWholeWherePacketsOvertakeOthers) {
  Bytes in =
      send(aligned(), [](std::size_t, std::uint64_t pts) { return pts; });
  std::vector<std::size_t> sound;
  for (std::size_t at = 0; at < in.size(); at += kPacketSize) {
    if ((in[at + 1] & 0x1F) == 1 && in[at + 2] == 2) sound.push_back(at);
  }
  for (std::size_t i = 50; i + 3 < sound.size(); i += 41) {
    for (std::size_t k = 0; k < kPacketSize; ++k) {
      std::swap(in[sound[i] + k], in[sound[i + i % 3 + 1] + k]);
    }
  }
  Filter filter;
  const Bytes out = filter.run(in);
  expect_even(times(out, kAudio));
  EXPECT_EQ(filter.stats().audio.gaps + filter.stats().audio.concealed, 0U);
  EXPECT_LT(std::abs(samples_late(track_.reference(), heard(out, kAudio))),
            1.0);
}

TEST_P(IntactSound, IsWholeWhereContinuityCountersStartAnew) {
  Bytes in =
      send(aligned(), [](std::size_t, std::uint64_t pts) { return pts; });
  std::size_t seen = 0;
  std::uint8_t shift = 0;
  for (std::size_t at = 0; at < in.size(); at += kPacketSize) {
    if ((in[at + 1] & 0x1F) != 1 || in[at + 2] != 2) continue;
    if (++seen % 101 == 0)
      shift = static_cast<std::uint8_t>(shift + 5 + seen % 4);
    in[at + 3] = static_cast<std::uint8_t>((in[at + 3] & 0xF0) |
                                           ((in[at + 3] + shift) & 0x0F));
  }
  expect_whole(in);
}

TEST_P(IntactSound, IsWholeWherePesPacketLengthIsTooShort) {
  for (const int missing : {1, 6, 100}) {
    Bytes in =
        send(aligned(), [](std::size_t, std::uint64_t pts) { return pts; });
    for (std::size_t at = 0; at < in.size(); at += kPacketSize) {
      if (in[at + 1] != 0x41 || in[at + 2] != 2) continue;
      const std::size_t pes =
          at + 4 + ((in[at + 3] & 0x20) != 0 ? 1U + in[at + 4] : 0U);
      const int length = in[pes + 4] * 256 + in[pes + 5] - missing;
      in[pes + 4] = static_cast<std::uint8_t>(length / 256);
      in[pes + 5] = static_cast<std::uint8_t>(length % 256);
    }
    Filter filter;
    const Bytes out = filter.run(in);
    expect_even(times(out, kAudio));
    EXPECT_EQ(filter.stats().audio.gaps, 0U) << missing;
    EXPECT_LT(std::abs(samples_late(track_.reference(), heard(out, kAudio))),
              1.0);
    EXPECT_EQ(filter_cut_at_random(in, 6), out) << missing;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Codecs, IntactSound,
    testing::Values(Case{"mp2", kMp2, {0x03, kAudio}},
                    Case{"ac3", kAc3, {0x81, kAudio}, 0xBD},
                    Case{"eac3", kEac3, {0x87, kAudio}, 0xBD},
                    Case{"latm", kAdts, {0x11, kAudio}, 0xC0, true}),
    testing::PrintToStringParamName());

}  // namespace
}  // namespace xg2g::test
