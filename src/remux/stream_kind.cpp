// SPDX-License-Identifier: MIT
#include "remux/stream_kind.h"

#include <algorithm>
#include <array>

#include "ts/descriptor.h"

namespace xg2g::remux {
namespace {

using es::Codec;
using ts::DescriptorTag;

struct TypeRow {
  std::uint8_t stream_type;
  StreamKind kind;
};

constexpr StreamKind picture(std::string_view name) {
  return {Handling::kPass, Codec::kUnknown, Medium::kPicture, name};
}
constexpr StreamKind data(std::string_view name) {
  return {Handling::kPass, Codec::kUnknown, Medium::kData, name};
}
constexpr StreamKind sound(Codec codec, std::string_view name) {
  return {becomes_adts(codec) ? Handling::kDecode : Handling::kPass, codec,
          Medium::kSound, name};
}

/// SAMPLE-AES: headers are clear, what is in the frames is not.
constexpr StreamKind encrypted(Codec codec, std::string_view name) {
  return {Handling::kEncrypted, codec, Medium::kSound, name};
}
/// What is sound or not as its payload tells.
constexpr StreamKind watched(Medium medium, std::string_view name) {
  return {Handling::kWatch, Codec::kUnknown, medium, name};
}

constexpr std::uint8_t kPrivatePes = 0x06;
constexpr std::uint8_t kPrivateSections = 0x05;

// ISO/IEC 13818-1, table 2-34; from 0x80 on ATSC A/53-3 and SCTE usage, from
// 0xC1 on Apple's "MPEG-2 Stream Encryption Format for HTTP Live Streaming".
constexpr auto kTypes = std::to_array<TypeRow>({
    {0x01, picture("MPEG-1 video")},
    {0x02, picture("MPEG-2 video")},
    {0x03, sound(Codec::kMpegAudio, "MPEG audio")},
    {0x04, sound(Codec::kMpegAudio, "MPEG audio")},
    {0x05, data("private sections")},
    {0x0A, data("DSM-CC")},
    {0x0B, data("DSM-CC")},
    {0x0C, data("DSM-CC")},
    {0x0D, data("DSM-CC")},
    {0x0F, {Handling::kWatch, Codec::kAacAdts, Medium::kSound, "AAC"}},
    {0x10, picture("MPEG-4 video")},
    {0x11, sound(Codec::kAacLatm, "AAC LATM")},
    {0x15, data("metadata")},
    {0x1B, picture("H.264")},
    {0x20, picture("H.264 MVC")},
    {0x21, picture("JPEG 2000")},
    {0x24, picture("HEVC")},
    {0x33, picture("VVC")},
    {0x42, picture("AVS video")},
    {0x81, sound(Codec::kAc3, "AC-3")},
    {0x82, sound(Codec::kDts, "DTS")},
    {0x84, sound(Codec::kEac3, "E-AC-3")},
    {0x86, watched(Medium::kData, "SCTE 35")},
    {0x87, sound(Codec::kEac3, "E-AC-3")},
    {0x8A, sound(Codec::kDts, "DTS")},
    {0xA1, sound(Codec::kEac3, "E-AC-3")},
    {0xC1, encrypted(Codec::kAc3, "AC-3")},
    {0xC2, encrypted(Codec::kEac3, "E-AC-3")},
    {0xCF, encrypted(Codec::kAacAdts, "AAC")},
    {0xDB, picture("H.264, SAMPLE-AES")},
    {0xEA, picture("VC-1")},
});

// The same values where the program is registered as "HDMV" (Blu-ray).
constexpr auto kBluRayTypes = std::to_array<TypeRow>({
    {0x80, sound(Codec::kLpcm, "LPCM")},
    {0x82, sound(Codec::kDts, "DTS")},
    {0x83, sound(Codec::kTrueHd, "TrueHD")},
    {0x85, sound(Codec::kDts, "DTS-HD")},
    {0x86, sound(Codec::kDts, "DTS-HD MA")},
    {0x90, data("PGS subtitles")},
    {0x91, data("interactive")},
    {0x92, data("text subtitles")},
    {0xA2, sound(Codec::kDts, "DTS-HD")},
});

// The same where it is ATSC's ("GA94") or SCTE's.
constexpr auto kAtscTypes = std::to_array<TypeRow>({
    {0x82, watched(Medium::kData, "SCTE 27")},
});

struct DescriptorRow {
  DescriptorTag tag;
  StreamKind kind;
};

// What a descriptor makes of stream_type 0x06 (EN 300 468, 6.1).
constexpr auto kDescriptors = std::to_array<DescriptorRow>({
    {DescriptorTag::kAc3, sound(Codec::kAc3, "AC-3")},
    {DescriptorTag::kAtscAc3, sound(Codec::kAc3, "AC-3")},
    {DescriptorTag::kEac3, sound(Codec::kEac3, "E-AC-3")},
    {DescriptorTag::kAtscEac3, sound(Codec::kEac3, "E-AC-3")},
    {DescriptorTag::kDts, sound(Codec::kDts, "DTS")},
    {DescriptorTag::kTeletext, data("teletext")},
    {DescriptorTag::kVbiTeletext, data("teletext")},
    {DescriptorTag::kSubtitling, data("DVB subtitles")},
});

struct RegistrationRow {
  std::string_view format_identifier;
  StreamKind kind;
};

// The same for a format_identifier (SMPTE registration authority).
constexpr auto kRegistrations = std::to_array<RegistrationRow>({
    {"AC-3", sound(Codec::kAc3, "AC-3")},
    {"EAC3", sound(Codec::kEac3, "E-AC-3")},
    {"AC-4", sound(Codec::kAc4, "AC-4")},
    {"DTS1", sound(Codec::kDts, "DTS")},
    {"DTS2", sound(Codec::kDts, "DTS")},
    {"DTS3", sound(Codec::kDts, "DTS")},
    {"BSSD", sound(Codec::kLpcm, "LPCM")},
    {"Opus", {Handling::kPass, Codec::kUnknown, Medium::kSound, "Opus"}},
    {"HEVC", picture("HEVC")},
    {"VC-1", picture("VC-1")},
    {"KLVA", data("metadata")},
});

/// extension_descriptor: AC-4 and DTS-HD (EN 300 468, table 109).
StreamKind extended(std::span<const std::uint8_t> descriptors) noexcept {
  constexpr std::uint8_t kDtsHd = 0x0E;
  constexpr std::uint8_t kAc4 = 0x15;
  const auto found = find_descriptor(descriptors, DescriptorTag::kExtension);
  if (found && !found->body.empty()) {
    if (found->body[0] == kAc4) return sound(Codec::kAc4, "AC-4");
    if (found->body[0] == kDtsHd) return sound(Codec::kDts, "DTS-HD");
  }
  return watched(Medium::kData, "private data");
}

/// What the first descriptor of a medium says, nullptr for none.
const StreamKind* find_described(std::span<const std::uint8_t> descriptors,
                                 Medium medium) noexcept {
  const auto row = std::ranges::find_if(kDescriptors, [&](const auto& it) {
    return it.kind.medium == medium && find_descriptor(descriptors, it.tag);
  });
  return row == kDescriptors.end() ? nullptr : &row->kind;
}

const StreamKind* find_registered(
    std::span<const std::uint8_t> descriptors) noexcept {
  const auto row = std::ranges::find_if(kRegistrations, [&](const auto& it) {
    return ts::is_registered(descriptors, it.format_identifier);
  });
  return row == kRegistrations.end() ? nullptr : &row->kind;
}

StreamKind classify_private(const ts::PmtStream& stream) noexcept {
  const StreamKind* data = find_described(stream.descriptors, Medium::kData);
  const StreamKind* said = find_described(stream.descriptors, Medium::kSound);
  if (said == nullptr) said = find_registered(stream.descriptors);
  // Teletext and sound at once: nothing is promised before the payload is seen.
  if (data != nullptr && said != nullptr) {
    return watched(Medium::kData, data->name);
  }
  if (data != nullptr) return *data;
  return said != nullptr ? *said : extended(stream.descriptors);
}

template <typename Table>
const StreamKind* find_type(const Table& table, std::uint8_t type) noexcept {
  const auto row = std::ranges::find(table, type, &TypeRow::stream_type);
  return row == table.end() ? nullptr : &row->kind;
}

/// What a stream_type means to whom the program is registered.
const StreamKind* find_type_of_owner(
    std::uint8_t type, std::span<const std::uint8_t> program_info) noexcept {
  if (ts::is_registered(program_info, "HDMV")) {
    return find_type(kBluRayTypes, type);
  }
  const bool atsc = ts::is_registered(program_info, "GA94") ||
                    ts::is_registered(program_info, "SCTE");
  return atsc ? find_type(kAtscTypes, type) : nullptr;
}

}  // namespace

StreamKind classify(const ts::PmtStream& stream,
                    std::span<const std::uint8_t> program_info) {
  if (stream.stream_type == kPrivatePes) return classify_private(stream);
  if (stream.stream_type == kPrivateSections &&
      find_descriptor(stream.descriptors,
                      DescriptorTag::kApplicationSignalling)) {
    return data("AIT");
  }
  if (const auto* kind = find_type_of_owner(stream.stream_type, program_info)) {
    return *kind;
  }
  if (const auto* kind = find_type(kTypes, stream.stream_type)) return *kind;
  return watched(Medium::kData, "unknown");
}

std::string_view codec_name(es::Codec codec, std::uint8_t layer) noexcept {
  switch (codec) {
    case Codec::kMpegAudio:
      if (layer == 1) return "MP1";
      if (layer == 3) return "MP3";
      return layer == 2 ? "MP2" : "MPEG audio";
    case Codec::kAc3:
      return "AC-3";
    case Codec::kEac3:
      return "E-AC-3";
    case Codec::kAacAdts:
      return "AAC";
    case Codec::kAacLatm:
      return "AAC LATM";
    case Codec::kDts:
      return "DTS";
    case Codec::kAc4:
      return "AC-4";
    case Codec::kLpcm:
      return "LPCM";
    case Codec::kTrueHd:
      return "TrueHD";
    case Codec::kUnknown:
      break;
  }
  return "";
}

}  // namespace xg2g::remux
