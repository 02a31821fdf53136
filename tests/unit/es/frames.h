// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "es/adts_header.h"
#include "es/framer.h"
#include "support/bytes.h"

namespace xg2g::test {

/// A frame of `size` bytes: `header`, then `tag` (below 0x40, so that no sync
/// word is in it) to the end.
inline Bytes make_frame(const Bytes& header, std::size_t size,
                        std::uint8_t tag) {
  Bytes frame(size, tag);
  std::copy(header.begin(), header.end(), frame.begin());
  return frame;
}

inline constexpr std::size_t kMp2Size = 576;
inline constexpr std::size_t kAc3Size = 768;
inline constexpr std::size_t kEac3Size = 512;

/// Layer II, 48 kHz, 192 kbit/s, stereo.
inline Bytes mp2(std::uint8_t tag = 0) {
  return make_frame({0xFF, 0xFD, 0xA4, 0x00}, kMp2Size, tag);
}

/// Layer III, 44.1 kHz, 128 kbit/s: 417 bytes, 418 with padding.
inline Bytes mp3(bool padding, std::uint8_t tag = 0) {
  const std::uint8_t third = padding ? 0x92 : 0x90;
  return make_frame({0xFF, 0xFB, third, 0x00}, padding ? 418 : 417, tag);
}

/// AC-3, 48 kHz, 192 kbit/s, 2/0.
inline Bytes ac3(std::uint8_t tag = 0) {
  return make_frame({0x0B, 0x77, 0, 0, 20, 0x40, 0x43, 0x60}, kAc3Size, tag);
}

/// E-AC-3, 48 kHz, six blocks, 3/2 + LFE.
inline Bytes eac3(std::uint8_t tag = 0, bool dependent = false,
                  unsigned substream = 0, std::size_t size = kEac3Size) {
  const std::size_t frmsiz = size / 2 - 1;
  const unsigned strmtyp = dependent ? 1 : 0;
  return make_frame(
      {0x0B, 0x77,
       static_cast<std::uint8_t>(strmtyp << 6 | substream << 3 | frmsiz >> 8),
       static_cast<std::uint8_t>(frmsiz), 0x3F, 0x86, 0x00},
      size, tag);
}

/// ADTS, 48 kHz, stereo.
inline Bytes adts(std::size_t size, std::uint8_t tag = 0) {
  const auto header = es::make_adts_header({3, 2}, size - es::kAdtsHeaderSize);
  return make_frame({header.begin(), header.end()}, size, tag);
}

/// LOAS around `size` - 3 bytes of `tag`.
inline Bytes loas(std::size_t size, std::uint8_t tag = 0) {
  Bytes header;
  put(header, 0x2B7U << 13 | (size - 3), 3);
  return make_frame(header, size, tag);
}

/// The frames one behind the other.
inline Bytes join(std::initializer_list<Bytes> frames) {
  Bytes out;
  for (const Bytes& frame : frames) put(out, frame);
  return out;
}

/// An elementary stream as a Framer gets it.
class Stream {
 public:
  enum class Kind : std::uint8_t { kPes, kMore, kSurplus, kLoss, kEnd };
  struct Part {
    Kind kind;
    Bytes bytes = {};
    std::optional<std::uint64_t> pts = {};
    unsigned packets = 0;
    bool discontinuity = false;
  };

  Stream& pes(Bytes bytes, std::optional<std::uint64_t> pts = {}) {
    parts_.push_back({Kind::kPes, std::move(bytes), pts});
    return *this;
  }
  /// Bytes that go on in the PES packet before.
  Stream& more(Bytes bytes) {
    parts_.push_back({Kind::kMore, std::move(bytes)});
    return *this;
  }
  /// Bytes behind PES_packet_length.
  Stream& surplus(Bytes bytes) {
    parts_.push_back({Kind::kSurplus, std::move(bytes)});
    return *this;
  }
  /// Says that the PES packet before is the first behind a discontinuity.
  Stream& anew() {
    parts_.back().discontinuity = true;
    return *this;
  }
  Stream& lose(unsigned packets) {
    parts_.push_back({.kind = Kind::kLoss, .packets = packets});
    return *this;
  }
  Stream& end() {
    parts_.push_back({Kind::kEnd});
    return *this;
  }
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

 private:
  std::vector<Part> parts_;
};

/// An access unit that keeps its bytes.
struct Unit {
  Bytes bytes;
  es::FrameHeader header;
  std::optional<std::uint64_t> pts;
  std::uint32_t missing = 0;
  bool lost = false;
  bool doubtful = false;
  bool discontinuity = false;

  friend bool operator==(const Unit&, const Unit&) = default;
};

inline void drain(es::Framer& framer, std::vector<Unit>& out) {
  while (const auto unit = framer.next()) {
    out.push_back({{unit->bytes.begin(), unit->bytes.end()},
                   unit->header,
                   unit->pts,
                   unit->missing,
                   unit->lost,
                   unit->doubtful,
                   unit->discontinuity});
  }
}

/// Pushes `stream` in pieces of at most `step` bytes.
inline std::vector<Unit> run(es::Framer& framer, const Stream& stream,
                             std::size_t step = 184) {
  std::vector<Unit> out;
  for (const Stream::Part& part : stream.parts()) {
    if (part.kind == Stream::Kind::kLoss) framer.lose(part.packets);
    if (part.kind == Stream::Kind::kEnd) framer.finish();
    const bool starts = part.kind == Stream::Kind::kPes;
    const bool surplus = part.kind == Stream::Kind::kSurplus;
    for (std::size_t at = 0; at < part.bytes.size(); at += step) {
      const View rest = View(part.bytes).subspan(at);
      const bool first = starts && at == 0;
      const View piece = rest.first(std::min(step, rest.size()));
      framer.push({.bytes = surplus ? View() : piece,
                   .surplus = surplus ? piece : View(),
                   .starts = first,
                   .pts = first ? part.pts : std::nullopt,
                   .discontinuity = first && part.discontinuity});
      drain(framer, out);
    }
    if (part.kind == Stream::Kind::kEnd) drain(framer, out);
  }
  return out;
}

/// The byte that each unit's first frame is filled with, as text.
inline std::vector<int> tags(const std::vector<Unit>& units) {
  std::vector<int> out;
  for (const Unit& unit : units) {
    out.push_back(
        unit.bytes[std::min<std::size_t>(unit.bytes.size(), unit.header.size) -
                   1]);
  }
  return out;
}

/// The bytes from `from` up to `to`.
inline Bytes slice(const Bytes& bytes, std::size_t from, std::size_t to) {
  return {bytes.begin() + static_cast<std::ptrdiff_t>(from),
          bytes.begin() + static_cast<std::ptrdiff_t>(to)};
}

/// The bytes from `from` on.
inline Bytes tail(const Bytes& bytes, std::size_t from) {
  return slice(bytes, from, bytes.size());
}

}  // namespace xg2g::test
