// SPDX-License-Identifier: MIT
#include "es/latm_converter.h"

#include <gtest/gtest.h>

#include "es/audio_specific_config.h"
#include "es/latm_header.h"
#include "unit/es/latm_builder.h"

namespace xg2g::es {
namespace {

using test::Asc;
using test::Bytes;
using test::Fields;
using test::Latm;

enum class Kind : std::uint8_t { kUnknown, kConvertible, kNeedsDecoding };

/// Learns from a unit, and converts it where that can be.
Kind push(LatmConverter& converter, const Bytes& unit) {
  if (converter.learn(unit) != LatmConverter::State::kSettled) {
    return Kind::kUnknown;
  }
  if (!converter.convertible()) return Kind::kNeedsDecoding;
  return converter.convert(unit) ? Kind::kConvertible : Kind::kUnknown;
}

std::uint8_t channels(const LatmConverter& converter) {
  return aac_channels(converter.format().channel_configuration);
}

/// The payload of each frame, whose ADTS header is checked.
std::vector<Bytes> payloads(const LatmConverter& converter) {
  std::vector<Bytes> out;
  for (const auto& frame : converter.frames()) {
    const auto header = parse_adts_header(frame);
    EXPECT_TRUE(header);
    EXPECT_EQ(header->size, frame.size());
    EXPECT_EQ(header->sample_rate, converter.sample_rate());
    EXPECT_EQ(header->channels, channels(converter));
    EXPECT_EQ(header->samples, LatmConverter::kFrameSamples);
    out.emplace_back(frame.begin() + kAdtsHeaderSize, frame.end());
  }
  return out;
}

Kind push_alone(const Bytes& unit) {
  LatmConverter converter;
  return push(converter, unit);
}

Kind kind_of(const Latm& latm) { return push_alone(latm.bytes()); }

TEST(LatmConverter, PutsAnAacFrameBehindAnAdtsHeader) {
  LatmConverter converter;
  const Latm latm{.payloads = {{0x21, 0xFF, 0x00, 0x81}}};
  EXPECT_EQ(push(converter, latm.bytes()), Kind::kConvertible);
  EXPECT_EQ(payloads(converter), latm.payloads);
  EXPECT_EQ(converter.sample_rate(), 48'000U);
  EXPECT_EQ(channels(converter), 2);
}

TEST(LatmConverter, TakesPayloadsOfEveryLengthAtEveryBit) {
  for (unsigned shift = 0; shift < 8; ++shift) {
    // audioMuxVersion 1 lets fillBits move all that follows.
    for (const std::size_t size : {1U, 254U, 255U, 256U, 510U, 511U, 8000U}) {
      Bytes payload(size);
      for (std::size_t i = 0; i < size; ++i) {
        payload[i] = static_cast<std::uint8_t>(i * 7 + 1);
      }
      LatmConverter converter;
      const Latm latm{
          .version = true, .asc_fill = shift, .payloads = {payload}};
      ASSERT_EQ(push(converter, latm.bytes()), Kind::kConvertible);
      EXPECT_EQ(payloads(converter), latm.payloads) << size << ' ' << shift;
    }
  }
}

TEST(LatmConverter, TakesSubFrames) {
  LatmConverter converter;
  Latm latm{.payloads = {{1}, Bytes(300, 2), {3, 4}}};
  EXPECT_EQ(push(converter, latm.bytes()), Kind::kConvertible);
  EXPECT_EQ(payloads(converter), latm.payloads);

  latm.payloads.assign(64, Bytes(100, 9));
  LatmConverter another;
  EXPECT_EQ(push(another, latm.bytes()), Kind::kConvertible);
  EXPECT_EQ(payloads(another), latm.payloads);
}

TEST(LatmConverter, BelievesAnotherConfigurationWhereUnitsInARowCarryIt) {
  LatmConverter converter;
  const Latm usual{};
  const Latm mono{.asc = Asc{.channels = 1}.fields()};
  (void)push(converter, usual.bytes());
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(push(converter, mono.bytes()), Kind::kUnknown) << i;
    EXPECT_EQ(push(converter, usual.bytes()), Kind::kConvertible) << i;
  }
  EXPECT_EQ(channels(converter), 2);
}

TEST(LatmConverter, ConvertsByTheConfigurationInForceWhateverAUnitCarries) {
  LatmConverter converter;
  (void)push(converter, Latm{}.bytes());
  const Latm mono{.asc = Asc{.channels = 1}.fields(), .payloads = {{7, 8}}};
  EXPECT_EQ(converter.learn(mono.bytes()), LatmConverter::State::kUndecided);
  EXPECT_TRUE(converter.convert(mono.bytes()));
  EXPECT_EQ(payloads(converter), mono.payloads);
  EXPECT_EQ(channels(converter), 2);
}

TEST(LatmConverter, IsUndecidedUntilTheOldConfigurationComesBack) {
  using State = LatmConverter::State;
  LatmConverter converter;
  const Latm mono{.asc = Asc{.channels = 1}.fields()};
  EXPECT_EQ(converter.learn(Latm{.same_mux = true}.bytes()), State::kUnknown);
  EXPECT_EQ(converter.learn(Latm{}.bytes()), State::kSettled);
  EXPECT_EQ(converter.learn(mono.bytes()), State::kUndecided);
  EXPECT_EQ(converter.learn(Latm{.same_mux = true}.bytes()), State::kUndecided);
  EXPECT_EQ(converter.learn(Latm{}.bytes()), State::kSettled);
  EXPECT_EQ(converter.learn(mono.bytes()), State::kUndecided);
  converter.settle();
  EXPECT_EQ(converter.learn(Latm{.same_mux = true}.bytes()), State::kSettled);
  EXPECT_EQ(channels(converter), 2);
}

TEST(LatmConverter, TellsHowLongUnitsAre) {
  LatmConverter converter;
  EXPECT_EQ(converter.unit_samples(), 0U);
  EXPECT_EQ(converter.sample_rate(), 0U);
  (void)converter.learn(Latm{.payloads = {{1}, {2}}}.bytes());
  EXPECT_EQ(converter.unit_samples(), 2'048U);
  EXPECT_EQ(converter.sample_rate(), 48'000U);
  LatmConverter short_frames;
  const Asc asc{.sample_rate = {{6, 4}}, .ga = {{1, 1}, {0, 1}, {0, 1}}};
  (void)short_frames.learn(Latm{.asc = asc.fields()}.bytes());
  EXPECT_FALSE(short_frames.convertible());
  EXPECT_EQ(short_frames.unit_samples(), 960U);
  EXPECT_EQ(short_frames.sample_rate(), 24'000U);
}

TEST(LatmConverter, KeepsTheConfigurationUntilTheNext) {
  LatmConverter converter;
  const Latm same{.same_mux = true, .payloads = {{7, 8}}};
  EXPECT_EQ(push(converter, same.bytes()), Kind::kUnknown) << "none yet";
  const Latm mono{.asc = Asc{.channels = 1}.fields()};
  EXPECT_EQ(push(converter, mono.bytes()), Kind::kConvertible);
  EXPECT_EQ(push(converter, same.bytes()), Kind::kConvertible);
  EXPECT_EQ(payloads(converter), same.payloads);
  EXPECT_EQ(channels(converter), 1);

  const Latm sbr{.asc = Asc{.object_type = {{1, 5}}}.fields()};
  for (unsigned i = 1; i < LatmConverter::kConfirmations; ++i) {
    EXPECT_EQ(push(converter, sbr.bytes()), Kind::kUnknown);
  }
  EXPECT_EQ(push(converter, sbr.bytes()), Kind::kNeedsDecoding);
  EXPECT_EQ(push(converter, same.bytes()), Kind::kNeedsDecoding);
  EXPECT_FALSE(converter.convert(same.bytes()));
  EXPECT_TRUE(converter.frames().empty());

  converter.reset();
  EXPECT_EQ(push(converter, same.bytes()), Kind::kUnknown);
}

TEST(LatmConverter, ReadsPastWhatItDoesNotNeed) {
  const Fields other_data{{1, 1}, {1, 1}, {2, 8}, {0, 1}, {9, 8}};
  EXPECT_EQ(kind_of({.other_data = other_data}), Kind::kConvertible);
  EXPECT_EQ(kind_of({.version = true, .other_data = {{1, 1}, {0, 2}, {9, 8}}}),
            Kind::kConvertible);
  EXPECT_EQ(kind_of({.crc = {{1, 1}, {0x5A, 8}}}), Kind::kConvertible);
  const Asc extended{.ga = {{0, 1}, {0, 1}, {1, 1}, {0, 1}}};
  EXPECT_EQ(kind_of({.asc = extended.fields()}), Kind::kConvertible);
}

TEST(LatmConverter, TakesARateThatIsWrittenOut) {
  LatmConverter converter;
  const Asc asc{.sample_rate = {{15, 4}, {44'100, 24}}};
  EXPECT_EQ(push(converter, Latm{.asc = asc.fields()}.bytes()),
            Kind::kConvertible);
  EXPECT_EQ(converter.sample_rate(), 44'100U);
  const Asc odd{.sample_rate = {{15, 4}, {44'101, 24}}};
  EXPECT_EQ(kind_of({.asc = odd.fields()}), Kind::kNeedsDecoding);
}

TEST(LatmConverter, LeavesWhatAdtsCannotSay) {
  const std::vector<Asc> configs{
      {.object_type = {{1, 5}}},            // AAC Main
      {.object_type = {{31, 5}, {10, 6}}},  // USAC
      {.object_type = {{17, 5}}},           // ER AAC LC
      {.object_type = {{5, 5}},             // SBR
       .ga = {{3, 4}, {2, 5}, {0, 3}}},
      {.object_type = {{29, 5}}, .ga = {{3, 4}, {2, 5}, {0, 3}}},  // PS
      {.sample_rate = {{13, 4}}},
      {.channels = 0},
      {.channels = 8},
      {.ga = {{1, 1}, {0, 1}, {0, 1}}},           // 960 samples
      {.ga = {{0, 1}, {1, 1}, {0, 14}, {0, 1}}},  // dependsOnCoreCoder
  };
  for (const Asc& asc : configs) {
    EXPECT_EQ(kind_of({.asc = asc.fields()}), Kind::kNeedsDecoding)
        << &asc - configs.data();
  }
  EXPECT_EQ(kind_of({.version = true, .version_a = true}),
            Kind::kNeedsDecoding);
  EXPECT_EQ(kind_of({.same_time_framing = false}), Kind::kNeedsDecoding);
  EXPECT_EQ(kind_of({.programs = 2}), Kind::kNeedsDecoding);
  EXPECT_EQ(kind_of({.layers = 2}), Kind::kNeedsDecoding);
  EXPECT_EQ(kind_of({.frame_length_type = 1}), Kind::kNeedsDecoding);
}

TEST(LatmConverter, SeesSbrThatIsSignalledAtTheEnd) {
  const Asc sbr{.extension = {{0x2B7, 11}, {5, 5}, {1, 1}, {3, 4}}};
  const Asc without{.extension = {{0x2B7, 11}, {5, 5}, {0, 1}}};
  EXPECT_EQ(kind_of({.version = true, .asc = sbr.fields()}),
            Kind::kNeedsDecoding);
  EXPECT_EQ(kind_of({.version = true, .asc = without.fields()}),
            Kind::kConvertible);
}

TEST(LatmConverter, DoubtsRatesThatMayHideSbr) {
  const Fields rate{{6, 4}};  // 24 kHz
  EXPECT_EQ(kind_of({.asc = Asc{.sample_rate = rate}.fields()}),
            Kind::kNeedsDecoding);
  const Asc denied{.sample_rate = rate,
                   .extension = {{0x2B7, 11}, {5, 5}, {0, 1}}};
  EXPECT_EQ(kind_of({.version = true, .asc = denied.fields()}),
            Kind::kConvertible);
  const Fields above{{5, 4}};  // 32 kHz
  EXPECT_EQ(kind_of({.asc = Asc{.sample_rate = above}.fields()}),
            Kind::kConvertible);
}

TEST(LatmConverter, GivesNoFrameOfADamagedUnit) {
  const Latm latm{.payloads = {{1, 2, 3, 4}, {5, 6, 7, 8}}};
  const Bytes bytes = latm.bytes();
  for (std::size_t size = kLoasHeaderSize + 1; size < bytes.size() - 1;
       ++size) {
    Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(push_alone(cut), Kind::kUnknown) << "shorter than said";
    cut[2] = static_cast<std::uint8_t>(size - kLoasHeaderSize);
    LatmConverter converter;
    EXPECT_EQ(push(converter, cut), Kind::kUnknown) << size;
    EXPECT_TRUE(converter.frames().empty()) << size;
  }
  EXPECT_EQ(kind_of({.payloads = {{}}}), Kind::kUnknown);
  EXPECT_EQ(kind_of({.sub_frames = 2}), Kind::kUnknown);
  EXPECT_EQ(push_alone({}), Kind::kUnknown);
}

TEST(LatmConverter, ConvertsOnBehindADamagedUnit) {
  LatmConverter converter;
  (void)push(converter, Latm{}.bytes());
  const Latm damaged{.same_mux = true, .payloads = {{}}};
  EXPECT_EQ(push(converter, damaged.bytes()), Kind::kUnknown);
  EXPECT_EQ(push(converter, Latm{.same_mux = true}.bytes()),
            Kind::kConvertible);
}

}  // namespace
}  // namespace xg2g::es
