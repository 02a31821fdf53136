// SPDX-License-Identifier: MIT
#include "es/adts_header.h"

#include <cassert>

#include "base/bit_reader.h"
#include "base/bit_writer.h"
#include "es/audio_specific_config.h"

namespace xg2g::es {
namespace {

constexpr std::uint32_t kSyncword = 0xFFF;
constexpr std::uint32_t kProfileLc = 1;  // ISO/IEC 13818-7, table 31
constexpr std::uint32_t kCrcSize = 2;
constexpr std::uint32_t kBufferFullnessVariable = 0x7FF;
constexpr std::uint16_t kBlockSamples = 1024;

}  // namespace

std::optional<FrameHeader> parse_adts_header(
    std::span<const std::uint8_t> bytes) noexcept {
  base::BitReader reader(bytes);
  if (reader.read(12) != kSyncword) return std::nullopt;
  reader.skip(1);  // ID
  const std::uint32_t layer = reader.read(2);
  const bool protection_absent = reader.flag();
  reader.skip(2);  // profile
  const std::uint32_t sample_rate = aac_sample_rate(reader.read(4));
  reader.skip(1);  // private_bit
  const std::uint32_t configuration = reader.read(3);
  reader.skip(4);  // original_copy to copyright_identification_start
  const std::uint32_t frame_length = reader.read(13);
  reader.skip(11);  // adts_buffer_fullness
  const std::uint32_t blocks = reader.read(2) + 1;
  const std::uint32_t least =
      kAdtsHeaderSize + (protection_absent ? 0 : kCrcSize);
  if (!reader.ok() || layer != 0 || sample_rate == 0 || frame_length <= least) {
    return std::nullopt;
  }

  FrameHeader header;
  header.codec = Codec::kAacAdts;
  header.size = frame_length;
  header.sample_rate = sample_rate;
  header.samples = static_cast<std::uint16_t>(blocks * kBlockSamples);
  header.channels = aac_channels(configuration);
  header.lfe = header.channels >= 6;
  return header;
}

std::array<std::uint8_t, kAdtsHeaderSize> make_adts_header(
    AdtsFormat format, std::size_t payload_size) noexcept {
  assert(payload_size <= kAdtsMaxPayload);
  std::array<std::uint8_t, kAdtsHeaderSize> header{};
  base::BitWriter writer(header);
  writer.write(kSyncword, 12);
  writer.write(0b0'00'1, 4);  // ID, layer, protection_absent
  writer.write(kProfileLc, 2);
  writer.write(format.sample_rate_index, 4);
  writer.write(0, 1);  // private_bit
  writer.write(format.channel_configuration, 3);
  writer.write(0, 4);  // original_copy to copyright_identification_start
  writer.write(kAdtsHeaderSize + payload_size, 13);
  writer.write(kBufferFullnessVariable, 11);
  writer.write(0, 2);  // number_of_raw_data_blocks_in_frame - 1
  return header;
}

}  // namespace xg2g::es
