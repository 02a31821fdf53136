// SPDX-License-Identifier: MIT
#include "audio/aac_inspector.h"

#include <gtest/gtest.h>

#include "base/bit_reader.h"
#include "base/bit_writer.h"
#include "es/adts_header.h"
#include "support/encode.h"
#include "support/signal.h"

namespace xg2g::audio {
namespace {

using test::Bytes;

es::PesPiece piece_of(test::View bytes, bool starts) {
  es::PesPiece piece;
  piece.bytes = bytes;
  piece.starts = starts;
  return piece;
}

std::vector<Bytes> adts(int rate, std::size_t channels) {
  test::Sound sound;
  for (std::size_t c = 0; c < channels; ++c) {
    sound.push_back(test::noise(static_cast<std::uint32_t>(c + 1), 8'000));
  }
  std::vector<Bytes> frames;
  for (const auto& unit : test::encode({"aac", rate, 96'000, {}}, sound)) {
    frames.push_back(unit.bytes);
  }
  return frames;
}

/// The frame with a fill element of SBR data, without a header in it, in front
/// of its ID_END (ISO/IEC 14496-3, tables 4.11 and 4.57).
Bytes with_sbr(const Bytes& frame) {
  std::size_t end = frame.size() * 8;
  while ((frame[(end - 1) / 8] >> (7 - (end - 1) % 8) & 1) == 0) --end;
  end -= 3;  // ID_END
  Bytes longer(frame.size() + 4);
  base::BitReader in(frame);
  base::BitWriter out(longer);
  for (std::size_t i = 0; i < end; ++i) out.write(in.read(1), 1);
  out.write(6, 3);    // ID_FIL
  out.write(2, 4);    // count
  out.write(0xD, 4);  // EXT_SBR_DATA
  out.write(0, 12);   // bs_header_flag, and fill
  out.write(7, 3);    // ID_END
  const std::size_t size = (end + 3 + 4 + 16 + 3 + 7) / 8;
  longer.resize(size);
  // aac_frame_length
  longer[3] = static_cast<std::uint8_t>((longer[3] & 0xFC) | size >> 11);
  longer[4] = static_cast<std::uint8_t>(size >> 3);
  longer[5] = static_cast<std::uint8_t>((longer[5] & 0x1F) | size << 5);
  return longer;
}

std::vector<Bytes> with_sbr(std::vector<Bytes> frames) {
  for (Bytes& frame : frames) frame = with_sbr(frame);
  return frames;
}

/// Pushes the frames as one elementary stream in pieces of this size, without
/// a PES packet that begins with one; how often there was news.
int push(AacInspector& inspector, const std::vector<Bytes>& frames,
         std::size_t piece = 184) {
  Bytes all;
  for (const Bytes& frame : frames) test::put(all, frame);
  int news = 0;
  test::View rest = all;
  while (!rest.empty()) {
    const auto part = rest.first(std::min(piece, rest.size()));
    rest = rest.subspan(part.size());
    news += inspector.push(piece_of(part, false)) ? 1 : 0;
  }
  return news;
}

TEST(AacInspector, ReadsTheHeadersOfALowComplexityStream) {
  AacInspector inspector;
  EXPECT_EQ(push(inspector, adts(44'100, 2)), 1);
  EXPECT_EQ(inspector.header().sample_rate, 44'100U);
  EXPECT_EQ(inspector.header().channels, 2);
}

TEST(AacInspector, TakesALowRateWithoutSbrForWhatItIs) {
  AacInspector inspector;
  EXPECT_EQ(push(inspector, adts(24'000, 1)), 1);
  EXPECT_EQ(inspector.header().sample_rate, 24'000U);
  EXPECT_EQ(inspector.header().channels, 1);
}

TEST(AacInspector, FindsTheRateOfSbr) {
  AacInspector inspector;
  EXPECT_EQ(push(inspector, with_sbr(adts(24'000, 2))), 1);
  EXPECT_EQ(inspector.header().sample_rate, 48'000U);
  EXPECT_EQ(inspector.header().channels, 2);
}

TEST(AacInspector, TakesMonoWithSbrForMono) {
  AacInspector inspector;
  auto frames = with_sbr(adts(24'000, 1));
  while (frames.size() < 50) frames.push_back(frames.back());
  EXPECT_EQ(push(inspector, frames), 1);
  EXPECT_EQ(inspector.header().sample_rate, 48'000U);
  EXPECT_EQ(inspector.header().channels, 1);
}

TEST(AacInspector, FindsSurround) {
  AacInspector inspector;
  EXPECT_EQ(push(inspector, with_sbr(adts(24'000, 6))), 1);
  EXPECT_EQ(inspector.header().channels, 6);
  EXPECT_TRUE(inspector.header().lfe);
}

TEST(AacInspector, FindsTheSameHoweverTheStreamIsCut) {
  for (const std::size_t piece : {1U, 7U, 10'000U}) {
    AacInspector inspector;
    EXPECT_EQ(push(inspector, with_sbr(adts(22'050, 2)), piece), 1);
    EXPECT_EQ(inspector.header().sample_rate, 44'100U);
  }
}

TEST(AacInspector, NoticesAPesPacketOfAnotherCore) {
  AacInspector inspector;
  const auto lc = adts(48'000, 2);
  ASSERT_EQ(push(inspector, lc), 1);
  const auto low = with_sbr(adts(24'000, 2));
  EXPECT_FALSE(inspector.push(piece_of(lc[0], true)));
  bool news = false;
  for (const Bytes& frame : low) {
    news = inspector.push(piece_of(frame, true)) || news;
  }
  EXPECT_TRUE(news);
  EXPECT_EQ(inspector.header().sample_rate, 48'000U);
}

TEST(AacInspector, GivesUpOnWhatIsNoAac) {
  AacInspector inspector;
  EXPECT_EQ(push(inspector, {Bytes(200'000, 0x47)}), 0);
  EXPECT_EQ(push(inspector, adts(48'000, 2)), 0);
  EXPECT_EQ(inspector.header(), es::FrameHeader{});
}

}  // namespace
}  // namespace xg2g::audio
