// SPDX-License-Identifier: MIT
#include "remux/stream_kind.h"

#include <gtest/gtest.h>

#include <ostream>

#include "support/descriptors.h"

namespace xg2g::remux {
namespace {

using es::Codec;
using test::Bytes;
using test::Descriptors;

struct Row {
  const char* name;
  std::uint8_t stream_type;
  Descriptors descriptors;
  Handling handling;
  Codec codec = Codec::kUnknown;
  Descriptors program_info = {};
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

class StreamKindTable : public testing::TestWithParam<Row> {};

TEST_P(StreamKindTable, IsReadFromTypeAndDescriptors) {
  const Row& row = GetParam();
  const ts::PmtStream stream{row.stream_type, 0x102, row.descriptors.bytes()};
  const StreamKind kind = classify(stream, row.program_info.bytes());
  EXPECT_EQ(kind.handling, row.handling);
  EXPECT_EQ(kind.codec, row.codec);
  EXPECT_EQ(kind.name, row.name);
}

Descriptors extension(std::uint8_t tag) {
  return Descriptors(0x7F, Bytes{tag, 0});
}

constexpr auto kDecode = Handling::kDecode;
constexpr auto kPass = Handling::kPass;
constexpr auto kWatch = Handling::kWatch;

INSTANTIATE_TEST_SUITE_P(
    Sound, StreamKindTable,
    testing::Values(
        Row{"MPEG audio", 0x03, {}, kDecode, Codec::kMpegAudio},
        Row{"MPEG audio", 0x04, {}, kDecode, Codec::kMpegAudio},
        Row{"AAC", 0x0F, {}, kWatch, Codec::kAacAdts},
        Row{"AAC LATM", 0x11, {}, kDecode, Codec::kAacLatm},
        Row{"AC-3", 0x81, {}, kDecode, Codec::kAc3},
        Row{"E-AC-3", 0x84, {}, kDecode, Codec::kEac3},
        Row{"E-AC-3", 0x87, {}, kDecode, Codec::kEac3},
        Row{"E-AC-3", 0xA1, {}, kDecode, Codec::kEac3},
        Row{"DTS", 0x82, {}, kPass, Codec::kDts},
        Row{"DTS", 0x8A, {}, kPass, Codec::kDts},
        Row{"AC-3", 0x06, test::ac3_descriptor(), kDecode, Codec::kAc3},
        Row{"AC-3", 0x06, test::atsc_ac3_descriptor(), kDecode, Codec::kAc3},
        Row{"E-AC-3", 0x06, test::eac3_descriptor(), kDecode, Codec::kEac3},
        Row{"E-AC-3", 0x06, {0xCC, Bytes(3)}, kDecode, Codec::kEac3},
        Row{"DTS", 0x06, {0x7B, Bytes(5)}, kPass, Codec::kDts},
        Row{"AC-3", 0x06, test::registration("AC-3"), kDecode, Codec::kAc3},
        Row{"E-AC-3", 0x06, test::registration("EAC3"), kDecode, Codec::kEac3},
        Row{"AC-4", 0x06, test::registration("AC-4"), kPass, Codec::kAc4},
        Row{"AC-4", 0x06, extension(0x15), kPass, Codec::kAc4},
        Row{"DTS-HD", 0x06, extension(0x0E), kPass, Codec::kDts},
        Row{"LPCM", 0x06, test::registration("BSSD"), kPass, Codec::kLpcm}));

INSTANTIATE_TEST_SUITE_P(
    BluRay, StreamKindTable,
    testing::Values(
        Row{"LPCM", 0x80, {}, kPass, Codec::kLpcm, test::registration("HDMV")},
        Row{"TrueHD",
            0x83,
            {},
            kPass,
            Codec::kTrueHd,
            test::registration("HDMV")},
        Row{"DTS", 0x82, {}, kPass, Codec::kDts, test::registration("HDMV")},
        Row{"AC-3", 0x81, {}, kDecode, Codec::kAc3, test::registration("HDMV")},
        Row{"DTS-HD MA",
            0x86,
            {},
            kPass,
            Codec::kDts,
            test::registration("HDMV")}));

INSTANTIATE_TEST_SUITE_P(
    Atsc, StreamKindTable,
    testing::Values(
        Row{"AC-3", 0x81, {}, kDecode, Codec::kAc3, test::registration("GA94")},
        Row{"SCTE 27", 0x82, "eng", kWatch, Codec::kUnknown,
            test::registration("CUEI") + test::registration("GA94")},
        Row{"SCTE 27",
            0x82,
            {},
            kWatch,
            Codec::kUnknown,
            test::registration("SCTE")}));

INSTANTIATE_TEST_SUITE_P(
    SampleAes, StreamKindTable,
    testing::Values(Row{"AC-3", 0xC1, {}, Handling::kEncrypted, Codec::kAc3},
                    Row{"E-AC-3", 0xC2, {}, Handling::kEncrypted, Codec::kEac3},
                    Row{"AAC", 0xCF, {}, Handling::kEncrypted, Codec::kAacAdts},
                    Row{"H.264, SAMPLE-AES", 0xDB, {}, kPass}));

INSTANTIATE_TEST_SUITE_P(
    Contradictions, StreamKindTable,
    testing::Values(Row{"teletext", 0x06,
                        test::teletext("deu") + test::ac3_descriptor(), kWatch},
                    Row{"teletext", 0x06,
                        test::eac3_descriptor() + test::teletext("deu"),
                        kWatch},
                    Row{"DVB subtitles", 0x06,
                        test::registration("AC-3") + test::subtitling("deu"),
                        kWatch}));

INSTANTIATE_TEST_SUITE_P(
    Others, StreamKindTable,
    testing::Values(Row{"H.264", 0x1B, {}, kPass}, Row{"HEVC", 0x24, {}, kPass},
                    Row{"MPEG-2 video", 0x02, {}, kPass},
                    Row{"private sections", 0x05, {}, kPass},
                    Row{"AIT", 0x05, {0x6F, Bytes(3)}, kPass},
                    Row{"teletext", 0x06, test::teletext("deu"), kPass},
                    Row{"DVB subtitles", 0x06, test::subtitling("deu"), kPass},
                    Row{"SCTE 35", 0x86, {}, kWatch},
                    Row{"private data", 0x06, {}, kWatch},
                    Row{"private data", 0x06, "deu", kWatch},
                    Row{"unknown", 0xB0, {}, kWatch}));

TEST(StreamKind, TellsSoundAndPictureFromData) {
  EXPECT_EQ(classify({0x1B, 0x101, {}}, {}).medium, Medium::kPicture);
  EXPECT_EQ(classify({0x03, 0x101, {}}, {}).medium, Medium::kSound);
  EXPECT_EQ(classify({0x0F, 0x101, {}}, {}).medium, Medium::kSound);
  const auto opus = test::registration("Opus").bytes();
  EXPECT_EQ(classify({0x06, 0x101, opus}, {}).medium, Medium::kSound);
  EXPECT_EQ(classify({0x05, 0x101, {}}, {}).medium, Medium::kData);
  EXPECT_EQ(classify({0x06, 0x101, {}}, {}).medium, Medium::kData);
}

TEST(CodecName, TellsTheLayersApart) {
  EXPECT_EQ(codec_name(Codec::kMpegAudio, 1), "MP1");
  EXPECT_EQ(codec_name(Codec::kMpegAudio, 2), "MP2");
  EXPECT_EQ(codec_name(Codec::kMpegAudio, 3), "MP3");
  EXPECT_EQ(codec_name(Codec::kMpegAudio, 0), "MPEG audio");
  EXPECT_EQ(codec_name(Codec::kUnknown, 0), "");
}

TEST(BecomesAdts, HoldsForWhatIsDecoded) {
  for (const auto codec :
       {Codec::kMpegAudio, Codec::kAc3, Codec::kEac3, Codec::kAacLatm}) {
    EXPECT_TRUE(becomes_adts(codec));
  }
  for (const auto codec : {Codec::kUnknown, Codec::kAacAdts, Codec::kDts,
                           Codec::kAc4, Codec::kLpcm, Codec::kTrueHd}) {
    EXPECT_FALSE(becomes_adts(codec));
  }
}

}  // namespace
}  // namespace xg2g::remux
