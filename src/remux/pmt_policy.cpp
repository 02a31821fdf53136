// SPDX-License-Identifier: MIT
#include "remux/pmt_policy.h"

#include <algorithm>
#include <array>
#include <span>

#include "ts/audio_label.h"
#include "ts/descriptor.h"
#include "ts/section.h"

namespace xg2g::remux {
namespace {

using ts::Descriptor;
using ts::DescriptorTag;

// ISO/IEC 13818-1, 2.6.18: ISO_639_language_code and audio_type.
constexpr std::uint8_t kLanguageEntry = 4;

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

/// Where an ISO_639_language_descriptor's first entry begins in a loop.
std::size_t find_language(std::span<const std::uint8_t> loop) noexcept {
  const auto found = ts::find_descriptor(loop, DescriptorTag::kLanguage);
  if (!found || found->body.size() < kLanguageEntry) return loop.size();
  return static_cast<std::size_t>(found->body.data() - loop.data());
}

/// Lets the ISO_639_language_descriptor say what only descriptors that go, or
/// that players may not read, said of the track: its language, and the
/// audio_type that none of those that stay tells. The bytes added behind the
/// loop.
std::size_t keep_label(std::vector<std::uint8_t>& loop,
                       const ts::AudioLabel& label,
                       const ts::AudioLabel& left) {
  constexpr ts::LanguageCode kUndetermined = {'u', 'n', 'd', '\0'};
  const bool said = ts::is_determined(label.language());
  const auto code = said ? label.language() : kUndetermined;
  std::size_t at = find_language(loop);
  std::size_t added = 0;
  if (at == loop.size()) {
    if (!said && label.audio_type == ts::kAudioTypeUndefined) return 0;
    added = 2 + kLanguageEntry;
    loop.insert(loop.end(),
                {static_cast<std::uint8_t>(DescriptorTag::kLanguage),
                 kLanguageEntry, 0, 0, 0, 0});
    at += 2;
  }
  const std::span<std::uint8_t, kLanguageEntry> entry(&loop[at],
                                                      kLanguageEntry);
  const bool alone = loop[at - 1] == kLanguageEntry;
  if (alone && !ts::is_determined(ts::read_language(entry.first<3>())) &&
      (said || added > 0)) {
    std::copy_n(code.begin(), 3, entry.begin());
  }
  if (added > 0 || left.audio_type == ts::kAudioTypeUndefined) {
    entry[3] = label.audio_type;
  }
  return added;
}

/// What was put behind the descriptors that stay.
struct Added {
  std::size_t language = 0;
  std::size_t aac = 0;
};

/// Takes what was added back, last first, until the section fits: first the AAC
/// descriptors, then languages.
void fit(ts::Pmt& pmt, const std::vector<Added>& added) {
  std::size_t size = ts::pmt_size(pmt);
  for (const auto part : {&Added::aac, &Added::language}) {
    for (std::size_t i = pmt.streams.size(); i-- > 0;) {
      if (size <= ts::kLongestPsiSection) return;
      auto& loop = pmt.streams[i].descriptors;
      loop.resize(loop.size() - added[i].*part);
      size -= added[i].*part;
    }
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
  std::vector<Added> added(out.streams.size());
  for (std::size_t i = 0; i < out.streams.size(); ++i) {
    ts::PmtStream& stream = out.streams[i];
    if (stream.stream_type == ts::kStreamTypeAdts || !is_adts(stream.pid)) {
      continue;
    }
    const ts::AudioLabel label = ts::audio_label_of(stream, pmt.program_info);
    stream.descriptors = without_codec(stream.descriptors);
    const ts::AudioLabel left = ts::audio_label_of(stream, pmt.program_info);
    stream.stream_type = ts::kStreamTypeAdts;
    added[i].language = keep_label(stream.descriptors, label, left);
    stream.descriptors.insert(stream.descriptors.end(), aac.begin(), aac.end());
    added[i].aac = aac.size();
  }
  fit(out, added);
  return out;
}

}  // namespace xg2g::remux
