// SPDX-License-Identifier: MIT
#include "ts/audio_label.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/bit_reader.h"
#include "ts/descriptor.h"

namespace xg2g::ts {
namespace {

using Body = std::span<const std::uint8_t>;

constexpr std::size_t kCodeSize = 3;  // ISO_639_language_code

void add_type(AudioLabel& label, std::uint8_t audio_type) noexcept {
  if (label.audio_type == kAudioTypeUndefined) label.audio_type = audio_type;
}

void add_language(AudioLabel& label, Body bytes) {
  if (bytes.size() < kCodeSize) return;
  label.languages.push_back(read_language(bytes.first<kCodeSize>()));
}

/// ISO_639_language_descriptor (ISO/IEC 13818-1, 2.6.18); table 2-60 has the
/// values of audio_type from 0x80 on.
void read_iso_639(Body body, AudioLabel& label) {
  constexpr std::size_t kEntrySize = kCodeSize + 1;
  constexpr std::uint8_t kEmergency = 0x82;
  constexpr std::uint8_t kAlternateCommentary = 0x84;
  for (; body.size() >= kEntrySize; body = body.subspan(kEntrySize)) {
    const std::uint8_t type = body[kCodeSize];
    add_language(label, body);
    add_type(label, type);
    label.associated =
        label.associated ||
        (type >= kAudioTypeCleanEffects && type <= kAudioTypeVisualImpaired) ||
        (type >= kEmergency && type <= kAlternateCommentary);
  }
}

/// supplementary_audio_descriptor (EN 300 468, 6.4.11).
void read_supplementary(Body body, AudioLabel& label) {
  constexpr std::uint32_t kTagExtension = 0x06;
  constexpr std::uint32_t kMain = 0;
  constexpr std::uint32_t kAudioDescription = 1;
  constexpr std::uint32_t kCleanAudio = 2;
  constexpr std::uint32_t kSpokenSubtitles = 3;
  base::BitReader reader(body);
  const std::uint32_t extension = reader.read(8);
  const bool independent = reader.flag();  // mix_type
  const std::uint32_t classification = reader.read(5);
  reader.skip(1);
  const bool has_language = reader.flag();
  if (!reader.ok() || extension != kTagExtension) return;
  if (has_language) add_language(label, body.subspan(2));
  label.associated =
      label.associated || !independent || classification != kMain;
  if (classification == kAudioDescription ||
      classification == kSpokenSubtitles) {
    add_type(label, kAudioTypeVisualImpaired);
  }
  if (classification == kCleanAudio) add_type(label, kAudioTypeHearingImpaired);
}

/// bsmod (ETSI TS 102 366, 4.4.2.2, table 4.3). `karaoke` is what tells the two
/// meanings of the last one apart.
void read_service_type(std::uint32_t bsmod, bool karaoke, AudioLabel& label) {
  enum : std::uint32_t { kComplete, kEffects, kVisual, kHearing, kLast = 7 };
  if (bsmod == kEffects) add_type(label, kAudioTypeCleanEffects);
  if (bsmod == kVisual) add_type(label, kAudioTypeVisualImpaired);
  if (bsmod == kHearing) add_type(label, kAudioTypeHearingImpaired);
  const bool main = bsmod == kComplete || (bsmod == kLast && karaoke);
  label.associated = label.associated || !main;
}

/// AC-3_descriptor and enhanced_AC-3_descriptor: component_type (EN 300 468,
/// D.3, D.5 and table D.1).
void read_dvb_ac3(Body body, AudioLabel& label) {
  base::BitReader reader(body);
  const bool has_component_type = reader.flag();
  reader.skip(7 + 1);  // other flags, "enhanced AC-3"
  const bool full_service = reader.flag();
  const std::uint32_t service_type = reader.read(3);
  if (!reader.ok() || !has_component_type) return;
  read_service_type(service_type, full_service, label);
}

/// AAC_descriptor: AAC_type (EN 300 468, H.2.1), which is the component_type of
/// stream_content 0x06 (table 26).
void read_dvb_aac(Body body, AudioLabel& label) {
  constexpr auto kVisual =
      std::to_array<std::uint32_t>({0x40, 0x44, 0x47, 0x48, 0x49, 0x4A});
  constexpr auto kHearing = std::to_array<std::uint32_t>({0x41, 0x45});
  constexpr auto kSupplementary = std::to_array<std::uint32_t>({0x42, 0x46});
  base::BitReader reader(body);
  reader.skip(8);  // profile_and_level
  const bool has_type = reader.flag();
  reader.skip(7);
  const std::uint32_t type = reader.read(8);
  if (!reader.ok() || !has_type) return;
  const auto is_in = [type](const auto& types) {
    return std::ranges::find(types, type) != types.end();
  };
  if (is_in(kVisual)) add_type(label, kAudioTypeVisualImpaired);
  if (is_in(kHearing)) add_type(label, kAudioTypeHearingImpaired);
  label.associated = label.associated || is_in(kVisual) || is_in(kHearing) ||
                     is_in(kSupplementary);
}

/// AC-3_audio_stream_descriptor (ATSC A/52, annex A4.3). It may end behind each
/// of its fields.
void read_atsc_ac3(Body body, AudioLabel& label) {
  constexpr std::uint32_t kDualMono = 0;
  constexpr std::uint32_t kMono = 1;
  base::BitReader reader(body);
  reader.skip(8 + 8);  // sample_rate_code to surround_mode
  const std::uint32_t bsmod = reader.read(3);
  const std::uint32_t channels = reader.read(4);
  reader.skip(1);  // full_svc
  if (!reader.ok()) return;
  read_service_type(bsmod, channels != kMono, label);
  reader.skip(channels == kDualMono ? 16 : 8);  // langcod, langcod2
  reader.skip(8);                               // mainid, or asvcflags
  const std::uint32_t text_size = reader.read(7);
  reader.skip(1 + 8 * std::size_t{text_size});  // text_code, text
  const unsigned codes = reader.read(1) + reader.read(1);
  reader.skip(6);
  if (!reader.ok()) return;
  for (unsigned i = 0; i < codes; ++i) {
    const std::size_t at = reader.position() / 8 + i * kCodeSize;
    add_language(label, body.subspan(std::min(at, body.size())));
  }
}

/// E-AC-3_audio_descriptor (ATSC A/52, annex G, table G.1).
void read_atsc_eac3(Body body, AudioLabel& label) {
  constexpr std::uint32_t kMono = 0;
  base::BitReader reader(body);
  reader.skip(2);                      // reserved, bsid_flag
  unsigned optional = reader.read(1);  // mainid_flag
  optional += reader.read(1);          // asvc_flag
  reader.skip(1);                      // mixinfoexists
  for (int i = 0; i < 3; ++i) optional += reader.read(1);  // substreams
  reader.skip(2);  // reserved, full_service_flag
  const std::uint32_t service_type = reader.read(3);
  const std::uint32_t channels = reader.read(3);
  if (!reader.ok()) return;
  read_service_type(service_type, channels != kMono, label);
  const unsigned codes = reader.read(1) + reader.read(1);
  reader.skip(6 + 8 * std::size_t{optional});
  if (!reader.ok()) return;
  for (unsigned i = 0; i < codes; ++i) {
    const std::size_t at = reader.position() / 8 + i * kCodeSize;
    add_language(label, body.subspan(std::min(at, body.size())));
  }
}

/// True where the private tags 0x81 and 0xCC are ATSC's: in its programs
/// (format_identifier "GA94"), and beside its stream_type of AC-3. That of
/// E-AC-3 is used by packagers who fill in the descriptor without a thought.
bool is_atsc(const PmtStream& stream, Body program_info) noexcept {
  constexpr std::uint8_t kAtscAc3 = 0x81;
  return stream.stream_type == kAtscAc3 ||
         is_registered(program_info, "GA94") ||
         is_registered(stream.descriptors, "GA94");
}

using Reader = void (*)(Body, AudioLabel&);

struct Row {
  DescriptorTag tag;
  Reader read;
};

constexpr auto kIso639Rows =
    std::to_array<Row>({{DescriptorTag::kLanguage, read_iso_639}});
constexpr auto kSupplementaryRows =
    std::to_array<Row>({{DescriptorTag::kExtension, read_supplementary}});
constexpr auto kDvbRows =
    std::to_array<Row>({{DescriptorTag::kAc3, read_dvb_ac3},
                        {DescriptorTag::kEac3, read_dvb_ac3},
                        {DescriptorTag::kAac, read_dvb_aac}});
constexpr auto kAtscRows =
    std::to_array<Row>({{DescriptorTag::kAtscAc3, read_atsc_ac3},
                        {DescriptorTag::kAtscEac3, read_atsc_eac3}});

/// Adds what these descriptors say, languages only where none is known yet.
void read_all(Body loop, std::span<const Row> rows, AudioLabel& label) {
  const bool known = std::ranges::any_of(label.languages, is_determined);
  const std::size_t languages = label.languages.size();
  while (const auto descriptor = next_descriptor(loop)) {
    for (const Row& row : rows) {
      if (descriptor->is(row.tag)) row.read(descriptor->body, label);
    }
  }
  if (known) label.languages.resize(languages);
}

}  // namespace

LanguageCode AudioLabel::language() const noexcept {
  const auto first = std::ranges::find_if(languages, is_determined);
  if (first != languages.end()) return *first;
  return languages.empty() ? LanguageCode{} : languages.front();
}

AudioLabel audio_label_of(const PmtStream& stream,
                          std::span<const std::uint8_t> program_info) {
  AudioLabel label;
  const Body loop = stream.descriptors;
  read_all(loop, kIso639Rows, label);
  read_all(loop, kSupplementaryRows, label);
  read_all(loop, kDvbRows, label);
  if (is_atsc(stream, program_info)) read_all(loop, kAtscRows, label);
  return label;
}

}  // namespace xg2g::ts
