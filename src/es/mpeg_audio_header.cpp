// SPDX-License-Identifier: MIT
#include "es/mpeg_audio_header.h"

#include <array>

#include "base/bit_reader.h"
#include "base/crc.h"

namespace xg2g::es {
namespace {

// "MPEG-2.5" is no standard's: it takes the last bit of the 12-bit syncword
// for a second bit of ID, and halves MPEG-2's rates once more.
enum Version : std::uint32_t { kMpeg25 = 0, kReserved = 1, kMpeg2 = 2 };

constexpr std::uint32_t kSyncword = 0x7FF;
constexpr std::uint32_t kModeJointStereo = 1;
constexpr std::uint32_t kModeDualChannel = 2;
constexpr std::uint32_t kModeSingleChannel = 3;

using BitRates = std::array<std::uint16_t, 16>;

/// bitrate_index in kbit/s by layer; 0 is free format or forbidden.
// ISO/IEC 11172-3, 2.4.2.3
constexpr std::array<BitRates, 3> kBitRates{{
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0},
}};

// ISO/IEC 13818-3, 2.4.2.3
constexpr std::array<BitRates, 3> kLowBitRates{{
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
}};

// ISO/IEC 11172-3, 2.4.2.3
constexpr std::array<std::uint32_t, 4> kSampleRates{44'100, 48'000, 32'000, 0};

constexpr std::uint32_t sample_rate(std::uint32_t version,
                                    std::uint32_t index) noexcept {
  const unsigned halvings = version == kMpeg25 ? 2 : version == kMpeg2 ? 1 : 0;
  return kSampleRates[index] >> halvings;
}

// ISO/IEC 11172-3, 2.4.2.1 and 13818-3, 2.4.2.1
constexpr std::uint16_t samples(bool low_rate, std::uint8_t layer) noexcept {
  if (layer == 1) return 384;
  return layer == 3 && low_rate ? 576 : 1152;
}

// ISO/IEC 11172-3, 2.4.3.1: slots of 4 bytes in layer I, of 1 byte otherwise.
constexpr std::uint32_t frame_size(const FrameHeader& header,
                                   std::uint32_t bit_rate,
                                   std::uint32_t padding) noexcept {
  const std::uint32_t slot = header.layer == 1 ? 4 : 1;
  const std::uint32_t bits = header.samples / 8U / slot * bit_rate;
  return (bits / header.sample_rate + padding) * slot;
}

/// What a header says, and the fields that give its size.
struct Fields {
  FrameHeader header;
  bool low_rate = false;
  std::uint32_t bit_rate_index = 0;
  std::uint32_t padding = 0;
};

std::optional<Fields> read_fields(
    std::span<const std::uint8_t> bytes) noexcept {
  base::BitReader reader(bytes);
  if (reader.read(11) != kSyncword) return std::nullopt;
  const std::uint32_t version = reader.read(2);
  const std::uint32_t layer_code = reader.read(2);
  reader.skip(1);  // protection_bit
  Fields fields;
  fields.bit_rate_index = reader.read(4);
  const std::uint32_t rate_index = reader.read(2);
  fields.padding = reader.read(1);
  reader.skip(1);  // private_bit
  const std::uint32_t mode = reader.read(2);
  reader.skip(6);
  if (!reader.ok() || version == kReserved || layer_code == 0) return {};

  fields.low_rate = version == kMpeg25 || version == kMpeg2;
  FrameHeader& header = fields.header;
  header.codec = Codec::kMpegAudio;
  header.layer = static_cast<std::uint8_t>(4 - layer_code);
  header.sample_rate = sample_rate(version, rate_index);
  header.samples = samples(fields.low_rate, header.layer);
  header.channels = mode == kModeSingleChannel ? 1 : 2;
  header.dual_mono = mode == kModeDualChannel;
  if (header.sample_rate == 0) return std::nullopt;
  return fields;
}

}  // namespace

std::optional<FrameHeader> parse_mpeg_audio_header(
    std::span<const std::uint8_t> bytes) noexcept {
  auto fields = read_fields(bytes);
  if (!fields) return std::nullopt;
  FrameHeader& header = fields->header;
  const auto& table = fields->low_rate ? kLowBitRates : kBitRates;
  const std::uint32_t kilobits =
      table[header.layer - 1U][fields->bit_rate_index];
  if (kilobits == 0) return std::nullopt;
  header.size = frame_size(header, kilobits * 1000, fields->padding);
  return header;
}

std::optional<FrameHeader> parse_free_format_header(
    std::span<const std::uint8_t> bytes) noexcept {
  const auto fields = read_fields(bytes);
  if (!fields || fields->bit_rate_index != 0) return std::nullopt;
  return fields->header;
}

bool layer1_crc_holds(std::span<const std::uint8_t> frame) noexcept {
  constexpr std::size_t kGuardedFrom = 2;  // Of the header, its last 16 bits.
  constexpr std::size_t kCrcAt = 4;
  constexpr std::size_t kAllocationAt = 6;
  constexpr unsigned kSubbands = 32;
  if (frame.size() < kAllocationAt || (frame[1] & 0x01) != 0) return true;
  base::BitReader reader(frame.subspan(3));
  const std::uint32_t mode = reader.read(2);
  // From `bound` on both channels share one allocation of 4 bits.
  const unsigned bound = 4 * (reader.read(2) + 1);
  const unsigned allocations = mode == kModeSingleChannel ? kSubbands
                               : mode == kModeJointStereo ? kSubbands + bound
                                                          : 2 * kSubbands;
  const std::size_t size = allocations * 4U / 8U;
  if (frame.size() < kAllocationAt + size) return false;
  std::uint16_t crc = base::crc16(frame.subspan(kGuardedFrom, 2), 0xFFFF);
  crc = base::crc16(frame.subspan(kAllocationAt, size), crc);
  return base::crc16(frame.subspan(kCrcAt, 2), crc) == 0;
}

}  // namespace xg2g::es
