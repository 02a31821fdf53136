// SPDX-License-Identifier: MIT
//
// How far sound is ahead of the picture in what left.

#include <gtest/gtest.h>

#include <cstdlib>
#include <ostream>

#include "filter.h"
#include "support/stream_reader.h"
#include "timetable.h"

namespace xg2g::test {
namespace {

using Offset = std::optional<Time>;

constexpr std::uint64_t kWrap = std::uint64_t{1} << 33;

Offset offset_of(const Filter& filter, std::uint16_t pid = kAudio) {
  const auto report = filter.stream(pid);
  if (!report || !report->av_offset) return std::nullopt;
  return report->av_offset->count();
}

/// What the last PES headers of a stream say, read by code of the tests' own.
Time measure(View stream, std::uint16_t sound = kAudio) {
  const StreamReader reader(stream);
  const ReadPes heard = reader.pes(sound).back();
  const ReadPes seen = reader.pes(kVideo).back();
  return static_cast<Time>(*heard.pts) -
         static_cast<Time>(seen.dts.value_or(*seen.pts));
}

StreamBuilder& put_picture(StreamBuilder& builder, std::uint64_t pts,
                           const PesOptions& options = {}) {
  return builder.pes(kVideo, 0xE0, pts, Bytes(1'000, 1), options);
}

/// Ten frames of ADTS in a PES packet each; the last one's PTS is `pts`.
StreamBuilder& put_adts(StreamBuilder& builder, std::uint64_t pts) {
  static const auto payloads = Track(kAdts, 0.3).aligned();
  for (std::size_t n = 0; n < 10; ++n) {
    builder.pes(kAudio, 0xC0, pts + kWrap - (9 - n) * 1'920,
                payloads.at(n).bytes);
  }
  return builder;
}

StreamBuilder begin(std::vector<PmtStream> sounds = {{0x0F, kAudio}}) {
  StreamBuilder builder;
  builder.pat({{1, kPmt}}).pmt(1, kPmt, television(std::move(sounds)));
  return builder;
}

struct Row {
  const char* name;
  std::uint64_t picture_pts;
  std::optional<std::uint64_t> picture_dts;
  std::uint64_t sound_pts;
  Time offset;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

class AvOffsetTable : public testing::TestWithParam<Row> {};

TEST_P(AvOffsetTable, IsThatOfSoundThatPasses) {
  const Row& row = GetParam();
  StreamBuilder builder = begin();
  put_picture(builder, row.picture_pts, {.dts = row.picture_dts});
  put_adts(builder, row.sound_pts);
  Filter filter;
  (void)filter.push(builder.bytes());
  EXPECT_EQ(filter.stream(kAudio)->state, remux::StreamState::kAac);
  EXPECT_EQ(offset_of(filter), row.offset);
  EXPECT_EQ(offset_of(filter, kVideo), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    Passing, AvOffsetTable,
    testing::Values(Row{"dts", 907'200, 900'000, 903'000, 3'000},
                    Row{"no_dts", 907'200, std::nullopt, 903'000, -4'200},
                    Row{"sound_wrapped", kWrap - 100, kWrap - 3'700, 200,
                        3'900},
                    Row{"picture_wrapped", 3'600, 100, kWrap - 500, -600}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(AvOffset, IsNotKnownBeforeBothHaveLeft) {
  StreamBuilder builder = begin();
  Filter filter;
  put_picture(builder, 900'000);
  (void)filter.push(builder.take());
  EXPECT_EQ(offset_of(filter), std::nullopt);
  put_adts(builder, 900'500);
  (void)filter.push(builder.take());
  EXPECT_EQ(offset_of(filter), 500);
}

TEST(AvOffset, IsNotKnownOfRadio) {
  StreamBuilder builder;
  builder.pat({{1, kPmt}}).pmt(1, kPmt, {kAudio, {{0x0F, kAudio}}});
  put_picture(builder, 900'000);  // of no program
  put_adts(builder, 900'500);
  Filter filter;
  (void)filter.push(builder.bytes());
  EXPECT_EQ(offset_of(filter), std::nullopt);
}

TEST(AvOffset, IsNotThatToThePictureOfAnotherProgram) {
  StreamBuilder builder;
  builder.pat({{1, kPmt}, {2, kPmt + 0x100}});
  builder.pmt(1, kPmt, {kVideo, {{0x1B, kVideo}}});
  builder.pmt(2, kPmt + 0x100, {kAudio, {{0x0F, kAudio}}});
  put_adts(put_picture(builder, 900'000), 900'500);
  Filter filter;
  (void)filter.push(builder.bytes());
  EXPECT_EQ(offset_of(filter), std::nullopt);
}

TEST(AvOffset, IsThatOfSoundThatIsNotSelected) {
  remux::Options options;
  options.languages = {"fra"};
  const Bytes in = mp2_broadcast(1.0).write();
  Filter filter(options);
  (void)filter.push(in);
  EXPECT_EQ(offset_of(filter), measure(in));
}

/// Pictures are sent 200 ms before their PTS, sound 100 ms; the AAC of it is
/// late by a frame that is being received and by two in the encoder.
TEST(AvOffset, IsThatOfTheAacThatWasWritten) {
  const Bytes in = mp2_broadcast(3.0).write();
  for (const std::size_t part : {in.size() / 188 / 2, in.size() / 188}) {
    Filter filter;
    const Bytes out = filter.push(View(in).first(part * 188));
    ASSERT_TRUE(offset_of(filter));
    EXPECT_EQ(*offset_of(filter), measure(out));
    EXPECT_LT(*offset_of(filter), -kSecond / 10);
    EXPECT_GT(*offset_of(filter), -kSecond / 4);
  }
}

TEST(AvOffset, IsToldOfTheWholeStreamAtItsEnd) {
  Filter filter;
  const Bytes out = filter.run(mp2_broadcast(1.0).write());
  EXPECT_EQ(offset_of(filter), measure(out));
}

TEST(AvOffset, IsForgottenWithTheStream) {
  const Bytes tables = begin({{0x03, kAudio, "deu"}}).take();
  const Bytes in = mp2_broadcast(1.0).write();
  Filter filter;
  (void)filter.push(in);
  filter.remuxer().reset();
  (void)filter.push(tables);
  (void)filter.flush();
  EXPECT_TRUE(filter.stream(kAudio));
  EXPECT_EQ(offset_of(filter), std::nullopt);
  (void)filter.run(in);
  ASSERT_TRUE(offset_of(filter));
  (void)filter.run(tables);
  EXPECT_TRUE(filter.stream(kAudio));
  EXPECT_EQ(offset_of(filter), std::nullopt);
}

TEST(AvOffset, IsForgottenWithTheTimeBase) {
  StreamBuilder builder = begin();
  put_adts(put_picture(builder, 900'000), 900'500);
  Filter filter;
  (void)filter.push(builder.take());
  EXPECT_EQ(offset_of(filter), 500);
  put_picture(builder.pcr(kVideo, 27'000'000, true), 2'000'000);
  (void)filter.push(builder.take());
  EXPECT_EQ(offset_of(filter), std::nullopt);
  put_adts(builder, 2'000'700);
  (void)filter.push(builder.take());
  EXPECT_EQ(offset_of(filter), 700);
}

TEST(AvOffset, IsNotThatOfNewSoundToAPictureOfTheOldTimeBase) {
  StreamBuilder builder = begin();
  put_adts(put_picture(builder, 900'000), 900'500);
  put_adts(builder.pcr(kVideo, 27'000'000, true), 2'000'700);
  Filter filter;
  (void)filter.push(builder.take());
  EXPECT_EQ(offset_of(filter), std::nullopt);
  put_picture(builder, 2'000'000);
  (void)filter.push(builder.take());
  EXPECT_EQ(offset_of(filter), 700);
}

/// Two seconds, and two an hour later behind a discontinuity_indicator.
TEST(AvOffset, NeverMixesTwoTimeBases) {
  const Track first(kMp2, 2.0);
  const Track second(kMp2, 2.0, first.end() + 3'600 * kSecond);
  const Time again = static_cast<Time>(second.end()) - 5 * kSecond / 2;
  StreamBuilder builder;
  broadcast({0x03, kAudio}, first.aligned()).write(builder);
  const std::size_t jump = builder.bytes().size();
  builder.pcr(kVideo, static_cast<std::uint64_t>(again) * 300, true);
  Timetable then;
  then.psi(television({{0x03, kAudio}}), again, again + 2 * kSecond);
  then.picture(kVideo, again, again + 2 * kSecond);
  then.sound(kAudio, second.aligned()).write(builder);
  const Bytes in = builder.take();
  Filter filter;
  std::size_t known = 0;
  for (std::size_t at = 0; at < in.size(); at += kPacketSize) {
    (void)filter.push(View(in).subspan(at, kPacketSize));
    const Offset offset = offset_of(filter);
    if (!offset) continue;
    known += at > jump ? 1U : 0U;
    ASSERT_LT(std::abs(*offset), kSecond) << "packet " << at / kPacketSize;
  }
  EXPECT_GT(known, 100U);
}

/// A stream whose packets on `pid` are scrambled from half of it on.
Bytes scrambled_from_the_middle(std::uint16_t pid) {
  Bytes in = mp2_broadcast(2.0).write();
  for (std::size_t at = 0; at < in.size(); at += kPacketSize) {
    const auto found =
        static_cast<std::uint16_t>((in[at + 1] & 0x1F) << 8 | in[at + 2]);
    if (at <= in.size() / 2 || found != pid) continue;
    in[at + 3] |= 0x80;
    const bool adapted = (in[at + 3] & 0x20) != 0;
    const std::size_t payload = adapted ? 5U + in[at + 4] : 4U;
    for (std::size_t i = payload; i < kPacketSize; ++i) in[at + i] ^= 0xA5;
  }
  return in;
}

TEST(AvOffset, IsNotKnownUnderScrambling) {
  for (const std::uint16_t pid : {kVideo, kAudio}) {
    const Bytes in = scrambled_from_the_middle(pid);
    Filter filter;
    (void)filter.push(View(in).first(in.size() / 2 / 188 * 188));
    EXPECT_TRUE(offset_of(filter)) << pid;
    (void)filter.push(View(in).subspan(in.size() / 2 / 188 * 188));
    EXPECT_EQ(offset_of(filter), std::nullopt) << pid;
  }
}

}  // namespace
}  // namespace xg2g::test
