// SPDX-License-Identifier: MIT
#include "es/ac3_header.h"

#include <algorithm>
#include <array>

#include "base/bit_reader.h"

namespace xg2g::es {
namespace {

constexpr std::uint32_t kSyncword = 0x0B77;  // ETSI TS 102 366, 4.4.1.1
// bsid stands in the sixth byte of both (E.1.3.1.6 was made so).
constexpr std::size_t kBitsBeforeBsid = 40;
constexpr std::uint32_t kFullRateBsid = 8;
constexpr std::uint32_t kMaxAc3Bsid = 10;
constexpr std::uint32_t kMaxEac3Bsid = 16;
constexpr std::uint32_t kMinFrameSize = 8;
constexpr std::uint32_t kReservedFscod = 3;
constexpr std::uint16_t kBlockSamples = 256;

// ETSI TS 102 366, table 4.1
constexpr std::array<std::uint32_t, 4> kSampleRates{48'000, 44'100, 32'000, 0};

// ETSI TS 102 366, table 4.13: kbit/s by frmsizecod >> 1
constexpr std::array<std::uint16_t, 19> kBitRates{
    32,  40,  48,  56,  64,  80,  96,  112, 128, 160,
    192, 224, 256, 320, 384, 448, 512, 576, 640};

// ETSI TS 102 366, table 4.3: full bandwidth channels by acmod
constexpr std::array<std::uint8_t, 8> kChannels{2, 1, 2, 3, 3, 4, 4, 5};
enum Acmod : std::uint32_t { kDualMono = 0, kCentre = 1, kStereo = 2 };

// ETSI TS 102 366, table E.1.5
constexpr std::array<std::uint8_t, 4> kBlocks{1, 2, 3, 6};

// ETSI TS 102 366, table E.1.2
enum StreamType : std::uint32_t { kDependent = 1, kReservedType = 3 };

/// ETSI TS 102 366, table 4.13: bytes. Only at 44.1 kHz does a frame not come
/// out in whole 16-bit words; the odd codes take one more.
constexpr std::uint32_t frame_size(std::uint32_t fscod,
                                   std::uint32_t frmsizecod) noexcept {
  constexpr std::uint32_t kFrameSamples = 6 * kBlockSamples;
  const std::uint32_t bits = kBitRates[frmsizecod / 2] * 1000U * kFrameSamples;
  const std::uint32_t words = bits / kSampleRates[fscod] / 16;
  const std::uint32_t odd = kSampleRates[fscod] == 44'100 ? frmsizecod % 2 : 0;
  return 2 * (words + odd);
}

/// Reads dialnorm: a level below full scale, where 0 stands for -31 (4.4.2.8).
std::int8_t read_dialnorm(base::BitReader& reader) noexcept {
  const auto level = static_cast<int>(reader.read(5));
  return static_cast<std::int8_t>(level == 0 ? -31 : -level);
}

void set_channels(FrameHeader& header, std::uint32_t acmod,
                  bool lfeon) noexcept {
  header.lfe = lfeon;
  header.channels =
      static_cast<std::uint8_t>(kChannels[acmod] + (lfeon ? 1 : 0));
  header.dual_mono = acmod == kDualMono;
}

/// Skips the mix levels and dsurmod, which are there by acmod (4.3.2).
void skip_mix_levels(base::BitReader& reader, std::uint32_t acmod) noexcept {
  if ((acmod & kCentre) != 0 && acmod != kCentre) reader.skip(2);  // cmixlev
  if ((acmod & 4) != 0) reader.skip(2);                            // surmixlev
  if (acmod == kStereo) reader.skip(2);                            // dsurmod
}

/// ETSI TS 102 366, 4.3.1 and 4.3.2: syncinfo and the start of bsi.
std::optional<FrameHeader> parse_ac3(base::BitReader reader) noexcept {
  reader.skip(16 + 16);  // syncword, crc1
  const std::uint32_t fscod = reader.read(2);
  const std::uint32_t frmsizecod = reader.read(6);
  const std::uint32_t bsid = reader.read(5);
  reader.skip(3);  // bsmod
  const std::uint32_t acmod = reader.read(3);
  skip_mix_levels(reader, acmod);
  const bool lfeon = reader.flag();
  if (fscod == kReservedFscod || frmsizecod / 2 >= kBitRates.size()) return {};

  FrameHeader header;
  header.codec = Codec::kAc3;
  header.size = frame_size(fscod, frmsizecod);
  header.sample_rate =
      kSampleRates[fscod] >> (std::max(bsid, kFullRateBsid) - kFullRateBsid);
  header.samples = 6 * kBlockSamples;
  set_channels(header, acmod, lfeon);
  header.dialnorm = read_dialnorm(reader);
  if (header.dual_mono) {
    if (reader.flag()) reader.skip(8);      // compr
    if (reader.flag()) reader.skip(8);      // langcod
    if (reader.flag()) reader.skip(5 + 2);  // mixlevel, roomtyp
    header.dialnorm2 = read_dialnorm(reader);
  }
  if (!reader.ok()) return std::nullopt;
  return header;
}

/// Reads fscod and what stands behind it: fscod2 with half the rate and six
/// blocks, or numblkscod (E.1.3.1.4 and E.1.3.1.5). Rate 0 is reserved.
void read_rate(base::BitReader& reader, FrameHeader& header) noexcept {
  const std::uint32_t fscod = reader.read(2);
  const std::uint32_t code = reader.read(2);
  const bool half = fscod == kReservedFscod;
  header.sample_rate = half ? kSampleRates[code] / 2 : kSampleRates[fscod];
  const unsigned blocks = half ? 6 : kBlocks[code];
  header.samples = static_cast<std::uint16_t>(blocks * kBlockSamples);
}

/// ETSI TS 102 366, E.1.2.2.
std::optional<FrameHeader> parse_eac3(base::BitReader reader) noexcept {
  FrameHeader header;
  header.codec = Codec::kEac3;
  reader.skip(16);
  const std::uint32_t strmtyp = reader.read(2);
  header.dependent = strmtyp == kDependent;
  header.substream = static_cast<std::uint8_t>(reader.read(3));
  header.size = 2 * (reader.read(11) + 1);  // frmsiz
  read_rate(reader, header);
  const std::uint32_t acmod = reader.read(3);
  set_channels(header, acmod, reader.flag());
  reader.skip(5);  // bsid
  header.dialnorm = read_dialnorm(reader);
  if (header.dual_mono) {
    if (reader.flag()) reader.skip(8);  // compr
    header.dialnorm2 = read_dialnorm(reader);
  }
  if (!reader.ok() || strmtyp == kReservedType || header.sample_rate == 0 ||
      header.size < kMinFrameSize) {
    return std::nullopt;
  }
  return header;
}

}  // namespace

std::optional<FrameHeader> parse_ac3_header(
    std::span<const std::uint8_t> bytes) noexcept {
  const base::BitReader start(bytes);
  base::BitReader reader = start;
  if (reader.read(16) != kSyncword) return std::nullopt;
  reader.skip(kBitsBeforeBsid - 16);
  const std::uint32_t bsid = reader.read(5);
  if (!reader.ok() || bsid > kMaxEac3Bsid) return std::nullopt;
  return bsid <= kMaxAc3Bsid ? parse_ac3(start) : parse_eac3(start);
}

}  // namespace xg2g::es
