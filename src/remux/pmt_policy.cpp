// SPDX-License-Identifier: MIT
#include "remux/pmt_policy.h"

#include <array>
#include <span>

#include "ts/descriptor.h"
#include "ts/section.h"

namespace xg2g::remux {
namespace {

using ts::Descriptor;
using ts::DescriptorTag;

/// AAC_descriptor of one byte, profile_and_level (EN 300 468, annex H.2.1).
std::array<std::uint8_t, 3> aac_descriptor(std::uint8_t level) noexcept {
  return {static_cast<std::uint8_t>(DescriptorTag::kAac), 1, level};
}

/// True for what tells of another codec than the AAC that leaves.
bool describes_codec(const Descriptor& descriptor) noexcept {
  constexpr std::array kTags = {DescriptorTag::kAac, DescriptorTag::kAc3,
                                DescriptorTag::kEac3, DescriptorTag::kAtscAc3,
                                DescriptorTag::kAtscEac3};
  for (const auto tag : kTags) {
    if (descriptor.is(tag)) return true;
  }
  return ts::is_registered(descriptor.bytes, "AC-3") ||
         ts::is_registered(descriptor.bytes, "EAC3");
}

std::vector<std::uint8_t> without_codec(std::span<const std::uint8_t> loop) {
  std::vector<std::uint8_t> kept;
  kept.reserve(loop.size() + 3);
  while (const auto descriptor = ts::next_descriptor(loop)) {
    if (describes_codec(*descriptor)) continue;
    kept.insert(kept.end(), descriptor->bytes.begin(), descriptor->bytes.end());
  }
  kept.insert(kept.end(), loop.begin(), loop.end());  // what no one can read
  return kept;
}

/// Takes added AAC descriptors back, last first, until the section fits.
void fit(ts::Pmt& pmt, const std::vector<bool>& added,
         std::size_t descriptor_size) {
  std::size_t size = ts::pmt_size(pmt);
  for (std::size_t i = pmt.streams.size(); i-- > 0;) {
    if (size <= ts::kLongestPsiSection) return;
    if (!added[i]) continue;
    auto& loop = pmt.streams[i].descriptors;
    loop.resize(loop.size() - descriptor_size);
    size -= descriptor_size;
  }
}

}  // namespace

std::uint8_t aac_profile_and_level(int sample_rate, int channels) noexcept {
  constexpr std::uint8_t kLevel2 = 0x29;
  constexpr std::uint8_t kLevel4 = 0x2A;
  constexpr std::uint8_t kLevel5 = 0x2B;
  constexpr std::uint8_t kLevel6 = 0x50;
  constexpr std::uint8_t kLevel7 = 0x51;
  const bool high = sample_rate > 48'000;
  if (channels > 6) return high ? kLevel7 : kLevel6;
  if (high) return kLevel5;
  return channels <= 2 ? kLevel2 : kLevel4;
}

ts::Pmt announce_adts(const ts::Pmt& pmt, std::uint8_t profile_and_level,
                      const std::function<bool(std::uint16_t)>& is_adts) {
  ts::Pmt out = pmt;
  const auto aac = aac_descriptor(profile_and_level);
  std::vector<bool> added(out.streams.size());
  for (std::size_t i = 0; i < out.streams.size(); ++i) {
    ts::PmtStream& stream = out.streams[i];
    if (stream.stream_type == ts::kStreamTypeAdts || !is_adts(stream.pid)) {
      continue;
    }
    stream.stream_type = ts::kStreamTypeAdts;
    stream.descriptors = without_codec(stream.descriptors);
    stream.descriptors.insert(stream.descriptors.end(), aac.begin(), aac.end());
    added[i] = true;
  }
  fit(out, added, aac.size());
  return out;
}

}  // namespace xg2g::remux
