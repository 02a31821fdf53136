// SPDX-License-Identifier: MIT
#include "remux/report.h"

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>

#include "audio_run.h"
#include "support/descriptors.h"

namespace xg2g::remux {
namespace {

using test::Descriptors;

/// The report of one stream that a PMT announces, with nothing decoded.
StreamReport report(std::uint8_t stream_type, const Descriptors& descriptors) {
  AudioSurroundings around;
  const AudioStreams streams(around.context);
  const Announcer announcer(0x29, [](std::uint16_t) { return false; });
  Program program{7, 0x100, ts::Pmt{.program_number = 7, .pcr_pid = 0x101}, {}};
  program.pmt->streams = {{stream_type, kAudioPid, descriptors.bytes()}};
  return report_stream(program, 0, announcer, streams, PidTable(), {});
}

TEST(Report, NamesWhatThePmtSays) {
  const StreamReport it = report(0x81, test::language("eng", 2));
  EXPECT_EQ(it.program_number, 7);
  EXPECT_EQ(it.pmt_pid, 0x100);
  EXPECT_EQ(it.pcr_pid, 0x101);
  EXPECT_EQ(it.pid, kAudioPid);
  EXPECT_EQ(it.stream_type_in, 0x81);
  EXPECT_STREQ(it.language.data(), "eng");
  EXPECT_EQ(it.audio_type, 2);
  EXPECT_EQ(it.kind, "AC-3");
}

TEST(Report, ReadsTheLanguageFromWhateverGivesIt) {
  const Descriptors visual(
      0x81, test::Bytes{8, 0x28, 0x45, 0xFF, 0x1F, 1, 0xBF, 's', 'p', 'a'});
  EXPECT_STREQ(report(0x81, visual).language.data(), "spa");
  EXPECT_EQ(report(0x81, visual).audio_type, 3);
}

TEST(Report, SaysWhyNothingWasDone) {
  EXPECT_EQ(report(0x03, {}).state, StreamState::kNotSelected);
  EXPECT_EQ(report(0x0F, {}).state, StreamState::kAac);
  EXPECT_EQ(report(0x82, {}).state, StreamState::kUnsupported);
  EXPECT_EQ(report(0xC1, {}).state, StreamState::kScrambled);
  EXPECT_EQ(report(0x1B, {}).state, StreamState::kOther);
  EXPECT_EQ(report(0x06, test::teletext("deu")).state, StreamState::kOther);
}

TEST(Report, PutsWhatWasFoundOverWhatWasAnnounced) {
  AudioSurroundings around;
  AudioStreams streams(around.context);
  streams.update({{kAudioPid, kPrivateKind}}, {});
  push(*streams.find(kAudioPid), mp2_packets());
  const Announcer announcer(0x29, [](std::uint16_t) { return true; });
  Program program{1, 0x100, ts::Pmt{.program_number = 1}, {}};
  program.pmt->streams = {{0x06, kAudioPid, {}}};
  const StreamReport it =
      report_stream(program, 0, announcer, streams, PidTable(), {});
  EXPECT_EQ(it.codec, es::Codec::kMpegAudio);
  EXPECT_EQ(it.kind, "MP2");
  EXPECT_EQ(it.state, StreamState::kTranscoded);
  EXPECT_EQ(it.header.sample_rate, 48'000U);
  EXPECT_GT(it.audio.frames_in, 15U);
}

constexpr std::uint16_t kVideoPid = 0x101;
constexpr std::uint16_t kSecondVideoPid = 0x105;
constexpr std::uint64_t kWrap = std::uint64_t{1} << 33;
using Offset = std::optional<std::int64_t>;

/// What is known of the newest sound and picture, and how far they are apart.
struct OffsetRow {
  const char* name;
  std::optional<std::uint64_t> sound;
  std::optional<std::uint64_t> picture;
  Offset offset;
  std::uint8_t sound_type = 0x03;
  std::uint8_t picture_type = 0x1B;
};

std::ostream& operator<<(std::ostream& out, const OffsetRow& row) {
  return out << row.name;
}

class AvOffset : public testing::TestWithParam<OffsetRow> {
 protected:
  /// The offset of the stream at `index`: a picture, sound, another picture.
  static Offset of(std::size_t index, const OffsetRow& row,
                   const NewestTimes& times) {
    AudioSurroundings around;
    const AudioStreams streams(around.context);
    const Announcer announcer(0x29, [](std::uint16_t) { return false; });
    Program program{1, 0x100, ts::Pmt{.program_number = 1}, {}};
    program.pmt->streams = {{row.picture_type, kVideoPid, {}},
                            {row.sound_type, kAudioPid, {}},
                            {row.picture_type, kSecondVideoPid, {}}};
    const auto it =
        report_stream(program, index, announcer, streams, PidTable(), times);
    return it.av_offset ? Offset(it.av_offset->count()) : std::nullopt;
  }
  static NewestTimes times_of(const OffsetRow& row, std::uint16_t picture) {
    NewestTimes times;
    times.follow({kVideoPid, kAudioPid, kSecondVideoPid});
    if (row.sound) times.set(kAudioPid, *row.sound);
    if (row.picture) times.set(picture, *row.picture);
    return times;
  }
};

TEST_P(AvOffset, IsSoundLessPicture) {
  const OffsetRow& row = GetParam();
  EXPECT_EQ(of(1, row, times_of(row, kVideoPid)), row.offset);
}

TEST_P(AvOffset, GoesByThePictureWhoseTimeIsKnown) {
  const OffsetRow& row = GetParam();
  EXPECT_EQ(of(1, row, times_of(row, kSecondVideoPid)), row.offset);
}

TEST_P(AvOffset, IsNotThatOfAPicture) {
  const OffsetRow& row = GetParam();
  EXPECT_EQ(of(0, row, times_of(row, kVideoPid)), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    Report, AvOffset,
    testing::Values(
        OffsetRow{"ahead", 903'000, 900'000, 3'000},
        OffsetRow{"behind", 900'000, 945'000, -45'000},
        OffsetRow{"together", 900'000, 900'000, 0},
        OffsetRow{"sound_wrapped", 100, kWrap - 200, 300},
        OffsetRow{"picture_wrapped", kWrap - 200, 100, -300},
        OffsetRow{"no_sound", std::nullopt, 900'000, std::nullopt},
        OffsetRow{"no_picture", 900'000, std::nullopt, std::nullopt},
        OffsetRow{"aac", 903'000, 900'000, 3'000, 0x0F},
        OffsetRow{"dts", 903'000, 900'000, 3'000, 0x82},
        OffsetRow{"private_data", 903'000, 900'000, std::nullopt, 0x06},
        OffsetRow{"unknown_data", 903'000, 900'000, std::nullopt, 0xB0},
        OffsetRow{"data_for_a_picture", 903'000, 900'000, std::nullopt, 0x03,
                  0x0B}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Report, KnowsTheFfmpegThatIsLinked) { EXPECT_STRNE(ffmpeg_version(), ""); }

}  // namespace
}  // namespace xg2g::remux
