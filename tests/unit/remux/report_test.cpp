// SPDX-License-Identifier: MIT
#include "remux/report.h"

#include <gtest/gtest.h>

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
  return report_stream(program, 0, announcer, streams, PidTable());
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

TEST(Report, SaysWhyNothingWasDone) {
  EXPECT_EQ(report(0x03, {}).state, StreamState::kNotSelected);
  EXPECT_EQ(report(0x0F, {}).state, StreamState::kAac);
  EXPECT_EQ(report(0x82, {}).state, StreamState::kUnsupported);
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
      report_stream(program, 0, announcer, streams, PidTable());
  EXPECT_EQ(it.codec, es::Codec::kMpegAudio);
  EXPECT_EQ(it.kind, "MP2");
  EXPECT_EQ(it.state, StreamState::kTranscoded);
  EXPECT_EQ(it.header.sample_rate, 48'000U);
  EXPECT_GT(it.audio.frames_in, 15U);
}

}  // namespace
}  // namespace xg2g::remux
