// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/bit_writer.h"
#include "support/bytes.h"

namespace xg2g::test {

/// Fields one behind the other: {value, bits}.
using Fields = std::vector<std::pair<std::uint64_t, unsigned>>;

inline Fields operator+(Fields a, const Fields& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

inline std::size_t count_bits(const Fields& fields) {
  std::size_t bits = 0;
  for (const auto& field : fields) bits += field.second;
  return bits;
}

/// AudioSpecificConfig of AAC-LC (ISO/IEC 14496-3, 1.6.2.1).
struct Asc {
  Fields object_type{{2, 5}};
  Fields sample_rate{{3, 4}};
  std::uint64_t channels = 2;
  Fields ga{{0, 1}, {0, 1}, {0, 1}};
  Fields extension = {};

  [[nodiscard]] Fields fields() const {
    return object_type + sample_rate + Fields{{channels, 4}} + ga + extension;
  }
};

/// A LOAS AudioSyncStream (ISO/IEC 14496-3, 1.7.2 and 1.7.3).
struct Latm {
  bool same_mux = false;
  bool version = false;
  bool version_a = false;
  bool same_time_framing = true;
  std::uint64_t programs = 1;
  std::uint64_t layers = 1;
  Fields asc = Asc{}.fields();
  unsigned asc_fill = 0;  ///< fillBits, with version.
  std::uint64_t frame_length_type = 0;
  Fields other_data{{0, 1}};
  Fields crc{{0, 1}};
  std::vector<Bytes> payloads{{1, 2, 3}};
  /// numSubFrames, if not as many as there are payloads.
  std::optional<std::uint64_t> sub_frames = std::nullopt;

  [[nodiscard]] Fields mux_config() const {
    Fields out{{version ? 1U : 0U, 1}};
    // taraBufferFullness and the length by LatmGetValue(), of two bytes.
    const Fields length{{1, 2}, {count_bits(asc) + asc_fill, 16}};
    if (version) {
      out = out + Fields{{version_a ? 1U : 0U, 1}, {0, 2}, {0xFF, 8}};
    }
    out = out + Fields{{same_time_framing ? 1U : 0U, 1},
                       {sub_frames.value_or(payloads.size()) - 1, 6},
                       {programs - 1, 4},
                       {layers - 1, 3}};
    if (version) out = out + length;
    out = out + asc;
    if (version) out = out + Fields{{0, asc_fill}};
    return out + Fields{{frame_length_type, 3}, {0xFF, 8}} + other_data + crc;
  }

  [[nodiscard]] Bytes bytes() const {
    Fields out{{same_mux ? 1U : 0U, 1}};
    if (!same_mux) out = out + mux_config();
    for (const Bytes& payload : payloads) {
      for (std::size_t left = payload.size();; left -= 255) {
        out.emplace_back(left < 255 ? left : 255, 8);
        if (left < 255) break;
      }
      for (const std::uint8_t byte : payload) out.emplace_back(byte, 8);
    }
    const std::size_t size = (count_bits(out) + 7) / 8;
    Bytes bytes(3 + size);
    base::BitWriter writer(bytes);
    writer.write(0x2B7, 11);
    writer.write(size, 13);
    for (const auto& [value, bits] : out) writer.write(value, bits);
    return bytes;
  }
};

}  // namespace xg2g::test
