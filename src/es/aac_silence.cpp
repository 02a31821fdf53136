// SPDX-License-Identifier: MIT
#include "es/aac_silence.h"

#include <algorithm>
#include <cassert>
#include <string_view>

#include "base/bit_writer.h"

namespace xg2g::es {
namespace {

// ISO/IEC 14496-3, table 4.85
enum ElementId : std::uint8_t { kSce = 0, kCpe = 1, kLfe = 3, kEnd = 7 };

/// The elements of a channel_configuration in their order (ISO/IEC 14496-3,
/// table 1.19): Single, Pair, Lfe.
constexpr std::array<std::string_view, 8> kElements{
    "", "S", "P", "SP", "SPS", "SPP", "SPPL", "SPPPL"};

/// ics_info of one long window without a scalefactor band (table 4.6).
void write_ics_info(base::BitWriter& writer) noexcept {
  writer.write(0, 1);  // ics_reserved_bit
  writer.write(0, 2);  // window_sequence: ONLY_LONG_SEQUENCE
  writer.write(0, 1);  // window_shape
  writer.write(0, 6);  // max_sfb
  writer.write(0, 1);  // predictor_data_present
}

/// individual_channel_stream behind global_gain and ics_info (table 4.50):
/// without bands there are no sections, scalefactors or spectrum.
void write_tools(base::BitWriter& writer) noexcept {
  writer.write(0, 3);  // pulse, tns and gain_control_data_present
}

void write_single(base::BitWriter& writer, ElementId id,
                  unsigned tag) noexcept {
  writer.write(id, 3);
  writer.write(tag, 4);  // element_instance_tag
  writer.write(0, 8);    // global_gain
  write_ics_info(writer);
  write_tools(writer);
}

void write_pair(base::BitWriter& writer, unsigned tag) noexcept {
  writer.write(kCpe, 3);
  writer.write(tag, 4);
  writer.write(1, 1);  // common_window
  write_ics_info(writer);
  writer.write(0, 2);  // ms_mask_present
  for (int channel = 0; channel < 2; ++channel) {
    writer.write(0, 8);  // global_gain
    write_tools(writer);
  }
}

}  // namespace

AacSilence::AacSilence(AdtsFormat format) noexcept {
  assert(format.channel_configuration < kElements.size());
  base::BitWriter writer(
      std::span<std::uint8_t>(bytes_).subspan(kAdtsHeaderSize));
  unsigned singles = 0;
  unsigned pairs = 0;
  for (const char element : kElements[format.channel_configuration]) {
    if (element == 'S') write_single(writer, kSce, singles++);
    if (element == 'P') write_pair(writer, pairs++);
    if (element == 'L') write_single(writer, kLfe, 0);
  }
  writer.write(kEnd, 3);
  const std::size_t payload = (writer.position() + 7) / 8;
  const auto header = make_adts_header(format, payload);
  std::ranges::copy(header, bytes_.begin());
  size_ = header.size() + payload;
}

}  // namespace xg2g::es
