// SPDX-License-Identifier: MIT
#include "es/audio_specific_config.h"

#include <gtest/gtest.h>

#include "unit/es/latm_builder.h"

namespace xg2g::es {
namespace {

using test::Asc;
using test::Bytes;
using test::Fields;

Bytes pack(const Fields& fields) {
  Bytes bytes((test::count_bits(fields) + 7) / 8);
  base::BitWriter writer(bytes);
  for (const auto& [value, bits] : fields) writer.write(value, bits);
  return bytes;
}

std::optional<AudioSpecificConfig> parse(const Asc& asc,
                                         bool length_known = true) {
  const Fields fields = asc.fields();
  const Bytes bytes = pack(fields);
  base::BitReader reader(bytes);
  return parse_audio_specific_config(
      reader,
      length_known ? std::optional(test::count_bits(fields)) : std::nullopt);
}

TEST(AudioSpecificConfig, ReadsAacLc) {
  const Bytes bytes{0x11, 0x90};  // as esds boxes have it
  base::BitReader reader(bytes);
  const auto config = parse_audio_specific_config(reader, 16);
  ASSERT_TRUE(config);
  EXPECT_EQ(config->object_type, kAotAacLc);
  EXPECT_EQ(config->sample_rate, 48'000U);
  EXPECT_EQ(config->channel_configuration, 2U);
  EXPECT_TRUE(config->whole);
  EXPECT_FALSE(config->sbr || config->ps || config->short_frames);
  EXPECT_EQ(reader.position(), 16U);
}

TEST(AudioSpecificConfig, ReadsHierarchicalSbrAndPs) {
  const Fields behind{{3, 4}, {2, 5}, {0, 1}, {0, 1}, {0, 1}};
  const auto sbr =
      parse({.object_type = {{5, 5}}, .sample_rate = {{6, 4}}, .ga = behind});
  ASSERT_TRUE(sbr);
  EXPECT_TRUE(sbr->sbr && sbr->whole);
  EXPECT_FALSE(sbr->ps);
  EXPECT_EQ(sbr->object_type, kAotAacLc);
  EXPECT_EQ(sbr->sample_rate, 24'000U);
  const auto ps = parse({.object_type = {{29, 5}}, .ga = behind});
  ASSERT_TRUE(ps);
  EXPECT_TRUE(ps->sbr && ps->ps);
}

TEST(AudioSpecificConfig, ReadsTheSyncExtensionWhereTheLengthIsKnown) {
  const Asc asc{
      .extension = {{0x2B7, 11}, {5, 5}, {1, 1}, {3, 4}, {0x548, 11}, {1, 1}}};
  const auto config = parse(asc);
  ASSERT_TRUE(config);
  EXPECT_TRUE(config->sbr && config->ps);
  EXPECT_FALSE(config->no_sbr);
  const auto unknown = parse(asc, false);
  ASSERT_TRUE(unknown);
  EXPECT_FALSE(unknown->sbr);
}

TEST(AudioSpecificConfig, TellsSbrThatIsDeniedFromSbrThatIsNotNamed) {
  EXPECT_TRUE(parse({.extension = {{0x2B7, 11}, {5, 5}, {0, 1}}})->no_sbr);
  EXPECT_FALSE(parse({})->no_sbr);
}

TEST(AudioSpecificConfig, ReadsEscapes) {
  const auto config = parse({.object_type = {{31, 5}, {10, 6}},
                             .sample_rate = {{15, 4}, {44'101, 24}}});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->object_type, 42U);
  EXPECT_EQ(config->sample_rate, 44'101U);
  EXPECT_FALSE(config->whole);
}

TEST(AudioSpecificConfig, ReadsGaSpecificConfig) {
  const auto config =
      parse({.ga = {{1, 1}, {1, 1}, {0x1234, 14}, {1, 1}, {0, 1}}});
  ASSERT_TRUE(config);
  EXPECT_TRUE(config->short_frames && config->depends_on_core_coder);
  EXPECT_TRUE(config->whole);
  EXPECT_FALSE(parse({.channels = 0})->whole);
}

TEST(AudioSpecificConfig, IsNoneWhereTheBitsRunOut) {
  const Bytes bytes{0x11};
  base::BitReader reader(bytes);
  EXPECT_FALSE(parse_audio_specific_config(reader, 8));
}

TEST(AacTables, GoBothWays) {
  for (std::uint8_t index = 0; index < 13; ++index) {
    EXPECT_EQ(aac_sample_rate_index(aac_sample_rate(index)), index);
  }
  EXPECT_EQ(aac_sample_rate(13), 0U);
  EXPECT_FALSE(aac_sample_rate_index(0));
  EXPECT_FALSE(aac_sample_rate_index(48'001));
  EXPECT_EQ(aac_channels(0), 0);
  EXPECT_EQ(aac_channels(6), 6);
  EXPECT_EQ(aac_channels(7), 8);
  EXPECT_EQ(aac_channels(8), 0);
}

}  // namespace
}  // namespace xg2g::es
