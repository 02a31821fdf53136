// SPDX-License-Identifier: MIT
//
// Whatever the cutting of the input, the same bytes leave.

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "filter.h"
#include "support/packet_forms.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

/// Two programs, MP2, AC-3 5.1, LATM and teletext, loss, damage, a new PMT, a
/// codec that changes with it, a scrambled stretch.
Bytes rich_stream() {
  constexpr Time kChange = kStart + 3 * kSecond / 2;
  constexpr Time kEnd = kStart + 3 * kSecond;
  const Track mp2(kMp2, 2.4);
  const Track surround(kAc3Surround, 1.0);
  const Track after(kMp2Mono, 1.4, surround.end());
  const ProgramMap before = television({{0x03, kAudio, "deu"},
                                        {0x06, kSecondAudio, ac3_descriptor()},
                                        {0x06, kTeletext, teletext("deu")}});
  ProgramMap then = before;
  then.streams[2] = {0x03, kSecondAudio};
  const ProgramMap other{0x201, {{0x11, 0x202, "eng"}, {0x1B, 0x201}}};

  Timetable table;
  for (Time time = kStart; time < kEnd; time += kSecond / 10) {
    table.at(time, [=](StreamBuilder& b) {
      b.pat({{1, kPmt}, {2, 0x200}}).pmt(2, 0x200, other);
      if (time < kChange) b.pmt(1, kPmt, before);
      if (time >= kChange) b.pmt(1, kPmt, then, {.version = 1});
    });
  }
  table.picture(kVideo, kStart, kEnd).picture(0x201, kStart, kEnd);
  table.teletext(kTeletext, kStart, kEnd);
  table.sound(kAudio, mp2.unaligned(1'000));
  table.sound(kSecondAudio, surround.aligned(), 0xBD);
  table.sound(kSecondAudio, after.aligned(2));
  table.sound(0x202, Track(kAdts, 2.0).loas());
  StreamBuilder builder;
  builder.fault(kAudio, Fault::kDrop, 3, 100);
  builder.fault(kAudio, Fault::kDamage, 2, 140);
  builder.fault(kAudio, Fault::kDuplicate, 1, 160);
  builder.fault(kAudio, Fault::kTransportError, 1, 170);
  table.write(builder);
  return builder.take();
}

/// Rubbish here and there, some of it sync bytes.
Bytes with_rubbish(const Bytes& stream) {
  Bytes out(300, 0x47);
  for (std::size_t at = 0; at < stream.size(); at += 50'000) {
    const std::size_t size = std::min<std::size_t>(50'000, stream.size() - at);
    put(out, View(stream).subspan(at, size));
    for (std::size_t i = 0; i < at / 700; ++i) put(out, i % 3 == 0 ? 0x47 : i);
  }
  return out;
}

struct Form {
  const char* name;
  Bytes (*make)(const Bytes&);
};

std::ostream& operator<<(std::ostream& out, const Form& form) {
  return out << form.name;
}

class Cutting : public testing::TestWithParam<Form> {};

TEST_P(Cutting, ChangesNoByte) {
  static const Bytes kRich = rich_stream();
  const Bytes stream = GetParam().make(kRich);
  const Bytes expected = filter(stream);
  ASSERT_GT(expected.size(), kRich.size() / 2);
  for (const std::size_t piece : {1U, 187U, 188U, 189U, 65'536U}) {
    EXPECT_TRUE(filter_cut(stream, piece) == expected) << piece;
  }
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    EXPECT_TRUE(filter_cut_at_random(stream, seed) == expected) << seed;
  }
}

TEST_P(Cutting, AndLittleRoomForTheOutputChangeNoByte) {
  static const Bytes kRich = rich_stream();
  const Bytes stream = GetParam().make(kRich);
  const Bytes expected = filter(stream);
  EXPECT_TRUE(filter_cut(stream, 1'316, 188) == expected);
  EXPECT_TRUE(filter_cut(stream, stream.size(), 188 * 7 + 5) == expected);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, Cutting,
    testing::Values(
        Form{"packets", [](const Bytes& stream) { return stream; }},
        Form{"timestamped",
             [](const Bytes& stream) { return to_timestamped(stream); }},
        Form{"parity", [](const Bytes& stream) { return to_parity(stream); }},
        Form{"rubbish", with_rubbish}));

TEST(CuttingForms, OfAllPacketSizesGiveTheSamePackets) {
  const Bytes stream = rich_stream();
  const Bytes expected = filter(stream);
  EXPECT_TRUE(filter(to_timestamped(stream)) == expected);
  EXPECT_TRUE(filter(to_parity(stream)) == expected);
}

}  // namespace
}  // namespace xg2g::test
