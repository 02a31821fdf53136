// SPDX-License-Identifier: MIT
#include "es/mpeg_audio_header.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/crc.h"

namespace xg2g::es {
namespace {

using Bytes = std::array<std::uint8_t, 4>;

struct Case {
  Bytes bytes;
  std::uint8_t layer;
  std::uint32_t size;
  std::uint32_t sample_rate;
  std::uint16_t samples;
  std::uint8_t channels;
  bool dual_mono;
};

// Sizes by ISO/IEC 11172-3, 2.4.3.1: bits in a frame's time, in whole slots.
constexpr std::array kCases{
    // MPEG-1
    Case{{0xFF, 0xFD, 0xA4, 0x00}, 2, 576, 48'000, 1152, 2, false},
    Case{{0xFF, 0xFC, 0xA4, 0x80}, 2, 576, 48'000, 1152, 2, true},
    Case{{0xFF, 0xFD, 0xA4, 0xC0}, 2, 576, 48'000, 1152, 1, false},
    Case{{0xFF, 0xFD, 0xE0, 0x40}, 2, 1253, 44'100, 1152, 2, false},
    Case{{0xFF, 0xFD, 0xE2, 0x40}, 2, 1254, 44'100, 1152, 2, false},
    Case{{0xFF, 0xFD, 0x18, 0x00}, 2, 144, 32'000, 1152, 2, false},
    Case{{0xFF, 0xFB, 0x90, 0x00}, 3, 417, 44'100, 1152, 2, false},
    Case{{0xFF, 0xFB, 0xE6, 0x00}, 3, 961, 48'000, 1152, 2, false},
    Case{{0xFF, 0xFF, 0x14, 0x00}, 1, 32, 48'000, 384, 2, false},
    Case{{0xFF, 0xFF, 0xE2, 0x00}, 1, 488, 44'100, 384, 2, false},
    Case{{0xFF, 0xFF, 0xE0, 0x00}, 1, 484, 44'100, 384, 2, false},
    // MPEG-2
    Case{{0xFF, 0xF5, 0xE4, 0x00}, 2, 960, 24'000, 1152, 2, false},
    Case{{0xFF, 0xF5, 0x18, 0x00}, 2, 72, 16'000, 1152, 2, false},
    Case{{0xFF, 0xF3, 0x80, 0x00}, 3, 208, 22'050, 576, 2, false},
    Case{{0xFF, 0xF7, 0xE8, 0x00}, 1, 768, 16'000, 384, 2, false},
    // MPEG-2.5
    Case{{0xFF, 0xE3, 0x18, 0xC0}, 3, 72, 8'000, 576, 1, false},
    Case{{0xFF, 0xE3, 0x84, 0x00}, 3, 384, 12'000, 576, 2, false},
};

TEST(MpegAudioHeader, IsReadInEveryVersionAndLayer) {
  for (const Case& c : kCases) {
    const FrameHeader expected{.codec = Codec::kMpegAudio,
                               .size = c.size,
                               .sample_rate = c.sample_rate,
                               .samples = c.samples,
                               .channels = c.channels,
                               .layer = c.layer,
                               .dual_mono = c.dual_mono};
    const auto header = parse_mpeg_audio_header(c.bytes);
    ASSERT_TRUE(header) << &c - kCases.data();
    EXPECT_EQ(*header, expected) << &c - kCases.data();
  }
}

TEST(MpegAudioHeader, TakesEveryBitRateOnceAndInOrder) {
  for (const Bytes& start : {Bytes{0xFF, 0xFF},
                             {0xFF, 0xFD},
                             {0xFF, 0xFB},
                             {0xFF, 0xF7},
                             {0xFF, 0xF5},
                             {0xFF, 0xF3}}) {
    std::uint32_t last = 0;
    for (unsigned index = 1; index < 15; ++index) {
      const Bytes bytes{0xFF, start[1],
                        static_cast<std::uint8_t>(index << 4 | 4), 0};
      const auto header = parse_mpeg_audio_header(bytes);
      ASSERT_TRUE(header) << index;
      EXPECT_GT(header->size, last) << index;
      last = header->size;
    }
  }
}

TEST(MpegAudioHeader, IsNoneWhereAFieldIsReserved) {
  for (const Bytes& bytes : {
           Bytes{0xFF, 0xED, 0xA4, 0},  // version
           Bytes{0xFF, 0xF9, 0xA4, 0},  // layer
           Bytes{0xFF, 0xFD, 0xF4, 0},  // bitrate_index 15
           Bytes{0xFF, 0xFD, 0x04, 0},  // free format
           Bytes{0xFF, 0xFD, 0xAC, 0},  // sampling_frequency 3
           Bytes{0xFF, 0xDD, 0xA4, 0},  // syncword
           Bytes{0xFE, 0xFD, 0xA4, 0},
       }) {
    EXPECT_FALSE(parse_mpeg_audio_header(bytes));
  }
}

TEST(MpegAudioHeader, NeedsFourBytes) {
  const auto bytes = std::span(kCases[0].bytes);
  EXPECT_FALSE(parse_mpeg_audio_header(bytes.first(3)));
  EXPECT_FALSE(parse_mpeg_audio_header({}));
}

TEST(FreeFormatHeader, IsReadWithoutASize) {
  const auto header = parse_free_format_header(Bytes{0xFF, 0xFC, 0x08, 0x00});
  ASSERT_TRUE(header);
  EXPECT_EQ(header->layer, 2);
  EXPECT_EQ(header->sample_rate, 32'000U);
  EXPECT_EQ(header->channels, 2);
  EXPECT_EQ(header->size, 0U);
}

TEST(FreeFormatHeader, IsNoOther) {
  for (const Case& c : kCases) EXPECT_FALSE(parse_free_format_header(c.bytes));
  EXPECT_FALSE(parse_free_format_header(Bytes{0xFF, 0xFC, 0x0C, 0x00}));
  EXPECT_FALSE(parse_free_format_header(Bytes{0xFF, 0xF8, 0x08, 0x00}));
  EXPECT_FALSE(parse_free_format_header(Bytes{0xFF, 0xFC, 0xF4, 0x00}));
}

/// A layer I frame with what its mode makes the CRC guard, and that CRC.
std::vector<std::uint8_t> layer1_frame(std::uint8_t mode_bits,
                                       std::size_t guarded) {
  std::vector<std::uint8_t> frame(392, 0x35);
  const std::uint8_t header[] = {0xFF, 0xFE, 0xC4, mode_bits};
  std::copy(std::begin(header), std::end(header), frame.begin());
  std::vector<std::uint8_t> bytes(frame.begin() + 2, frame.begin() + 4);
  bytes.insert(bytes.end(), frame.begin() + 6,
               frame.begin() + 6 + static_cast<std::ptrdiff_t>(guarded));
  const std::uint16_t crc = base::crc16(bytes, 0xFFFF);
  frame[4] = static_cast<std::uint8_t>(crc >> 8);
  frame[5] = static_cast<std::uint8_t>(crc);
  return frame;
}

TEST(Layer1Crc, GuardsAsMuchAsTheModeSays) {
  struct Mode {
    std::uint8_t bits;
    std::size_t guarded;
  };
  for (const Mode mode :
       {Mode{0x00, 32}, Mode{0x40, 18}, Mode{0x50, 20}, Mode{0x60, 22},
        Mode{0x70, 24}, Mode{0x80, 32}, Mode{0xC0, 16}}) {
    auto frame = layer1_frame(mode.bits, mode.guarded);
    EXPECT_TRUE(layer1_crc_holds(frame)) << int{mode.bits};
    frame[6 + mode.guarded] ^= 1;
    EXPECT_TRUE(layer1_crc_holds(frame)) << int{mode.bits};
    frame[6 + mode.guarded - 1] ^= 1;
    EXPECT_FALSE(layer1_crc_holds(frame)) << int{mode.bits};
    EXPECT_FALSE(layer1_crc_holds(std::span(frame).first(20)));
  }
}

TEST(Layer1Crc, HoldsWhereThereIsNone) {
  auto frame = layer1_frame(0x40, 18);
  frame[4] ^= 1;
  EXPECT_FALSE(layer1_crc_holds(frame));
  frame[1] |= 1;
  EXPECT_TRUE(layer1_crc_holds(frame));
}

}  // namespace
}  // namespace xg2g::es
