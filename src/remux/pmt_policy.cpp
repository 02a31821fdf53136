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

/// AAC_descriptor of one byte: profile_and_level, AAC profile level 2 up to
/// two channels, level 4 up to 5.1, level 6 beyond (EN 300 468, annex H.2.1;
/// ISO/IEC 14496-3, table 1.14).
std::array<std::uint8_t, 3> aac_descriptor(int channels) noexcept {
  constexpr std::uint8_t kLevel2 = 0x29;
  constexpr std::uint8_t kLevel4 = 0x2A;
  constexpr std::uint8_t kLevel6 = 0x51;
  const std::uint8_t level =
      channels <= 2 ? kLevel2 : (channels <= 6 ? kLevel4 : kLevel6);
  return {static_cast<std::uint8_t>(DescriptorTag::kAac), 1, level};
}

bool describes_ac3(const Descriptor& descriptor) noexcept {
  constexpr std::array kTags = {DescriptorTag::kAc3, DescriptorTag::kEac3,
                                DescriptorTag::kAtscAc3,
                                DescriptorTag::kAtscEac3};
  for (const auto tag : kTags) {
    if (descriptor.is(tag)) return true;
  }
  return ts::is_registered(descriptor.bytes, "AC-3") ||
         ts::is_registered(descriptor.bytes, "EAC3");
}

std::vector<std::uint8_t> without_ac3(std::span<const std::uint8_t> loop) {
  std::vector<std::uint8_t> kept;
  kept.reserve(loop.size() + 3);
  while (const auto descriptor = ts::next_descriptor(loop)) {
    if (describes_ac3(*descriptor)) continue;
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

ts::Pmt announce_adts(const ts::Pmt& pmt, int channels,
                      const std::function<bool(std::uint16_t)>& is_adts) {
  ts::Pmt out = pmt;
  const auto aac = aac_descriptor(channels);
  std::vector<bool> added(out.streams.size());
  for (std::size_t i = 0; i < out.streams.size(); ++i) {
    ts::PmtStream& stream = out.streams[i];
    if (stream.stream_type == ts::kStreamTypeAdts || !is_adts(stream.pid)) {
      continue;
    }
    stream.stream_type = ts::kStreamTypeAdts;
    stream.descriptors = without_ac3(stream.descriptors);
    if (!ts::find_descriptor(stream.descriptors, DescriptorTag::kAac)) {
      stream.descriptors.insert(stream.descriptors.end(), aac.begin(),
                                aac.end());
      added[i] = true;
    }
  }
  fit(out, added, aac.size());
  return out;
}

}  // namespace xg2g::remux
