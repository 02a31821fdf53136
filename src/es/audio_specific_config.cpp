// SPDX-License-Identifier: MIT
#include "es/audio_specific_config.h"

#include <algorithm>
#include <array>

namespace xg2g::es {
namespace {

constexpr std::array<std::uint32_t, 13> kSampleRates{
    96'000, 88'200, 64'000, 48'000, 44'100, 32'000, 24'000,
    22'050, 16'000, 12'000, 11'025, 8'000,  7'350};
constexpr std::array<std::uint8_t, 8> kChannels{0, 1, 2, 3, 4, 5, 6, 8};

// ISO/IEC 14496-3, 1.6.2.1 and table 1.1
constexpr std::uint32_t kEscapeIndex = 0xF;
constexpr std::uint32_t kEscapeObjectType = 31;
constexpr std::uint32_t kErBsac = 22;
constexpr std::uint32_t kSbrSync = 0x2B7;
constexpr std::uint32_t kPsSync = 0x548;

/// ISO/IEC 14496-3, 1.6.2.1, GetAudioObjectType().
std::uint32_t read_object_type(base::BitReader& reader) noexcept {
  const std::uint32_t type = reader.read(5);
  return type == kEscapeObjectType ? 32 + reader.read(6) : type;
}

std::uint32_t read_sample_rate(base::BitReader& reader) noexcept {
  const std::uint32_t index = reader.read(4);
  return index == kEscapeIndex ? reader.read(24) : aac_sample_rate(index);
}

/// Whether GASpecificConfig as it is read here describes this type: AAC Main,
/// LC, SSR and LTP. The scalable and error resilient ones have more fields.
constexpr bool is_plain_aac(std::uint32_t object_type) noexcept {
  return object_type >= 1 && object_type <= 4;
}

/// ISO/IEC 14496-3, 4.4.1.
void read_ga_specific_config(base::BitReader& reader,
                             AudioSpecificConfig& config) noexcept {
  config.short_frames = reader.flag();
  config.depends_on_core_coder = reader.flag();
  if (config.depends_on_core_coder) reader.skip(14);  // coreCoderDelay
  const bool extension = reader.flag();
  if (config.channel_configuration == 0) return;  // program_config_element
  if (extension) reader.skip(1);                  // extensionFlag3
  config.whole = true;
}

/// ISO/IEC 14496-3, 1.6.2.1: the part behind syncExtensionType.
void read_sync_extension(base::BitReader& reader, std::size_t end,
                         AudioSpecificConfig& config) noexcept {
  const auto has = [&](std::size_t bits) {
    return reader.position() + bits <= end;
  };
  if (!has(16) || reader.read(11) != kSbrSync) return;
  if (read_object_type(reader) != kAotSbr) return;
  config.sbr = reader.flag();
  config.no_sbr = !config.sbr;
  if (!config.sbr) return;
  (void)read_sample_rate(reader);
  if (has(12) && reader.read(11) == kPsSync) config.ps = reader.flag();
}

}  // namespace

std::uint32_t aac_sample_rate(std::uint32_t index) noexcept {
  return index < kSampleRates.size() ? kSampleRates[index] : 0;
}

std::optional<std::uint8_t> aac_sample_rate_index(
    std::uint32_t sample_rate) noexcept {
  const auto* const found =
      std::find(kSampleRates.begin(), kSampleRates.end(), sample_rate);
  if (found == kSampleRates.end()) return std::nullopt;
  return static_cast<std::uint8_t>(found - kSampleRates.begin());
}

std::uint8_t aac_channels(std::uint32_t configuration) noexcept {
  return configuration < kChannels.size() ? kChannels[configuration] : 0;
}

std::optional<AudioSpecificConfig> parse_audio_specific_config(
    base::BitReader& reader, std::optional<std::size_t> bits) noexcept {
  const std::size_t start = reader.position();
  AudioSpecificConfig config;
  config.object_type = read_object_type(reader);
  config.sample_rate = read_sample_rate(reader);
  config.channel_configuration = reader.read(4);
  if (config.object_type == kAotSbr || config.object_type == kAotPs) {
    config.sbr = true;
    config.ps = config.object_type == kAotPs;
    (void)read_sample_rate(reader);
    config.object_type = read_object_type(reader);
    if (config.object_type == kErBsac) reader.skip(4);
  }
  if (is_plain_aac(config.object_type)) read_ga_specific_config(reader, config);
  if (config.whole && bits && !config.sbr) {
    read_sync_extension(reader, start + *bits, config);
  }
  if (!reader.ok()) return std::nullopt;
  return config;
}

}  // namespace xg2g::es
