// SPDX-License-Identifier: MIT
#include "streams.h"

#include "es/adts_header.h"
#include "support/stream_builder.h"
#include "unit/es/latm_builder.h"

namespace xg2g::test {
namespace {

Bytes wrap(const Bytes& frame, Television::Wrap wrap) {
  if (wrap == Television::Wrap::kNone) return frame;
  Asc asc;
  if (wrap == Television::Wrap::kLatmHeAac) {
    asc.object_type = {{5, 5}};
    asc.sample_rate = {{6, 4}};
    asc.ga = Fields{{3, 4}, {2, 5}} + asc.ga;  // 48 kHz, of AAC-LC.
  }
  Latm latm;
  latm.asc = asc.fields();
  latm.payloads = {Bytes(frame.begin() + es::kAdtsHeaderSize, frame.end())};
  return latm.bytes();
}

}  // namespace

Bytes make_television(const Television& television) {
  const auto rate = static_cast<unsigned>(television.coding.sample_rate);
  const auto count = static_cast<std::size_t>(television.seconds *
                                              television.coding.sample_rate);
  Sound sound;
  for (std::uint32_t c = 0; c < television.channels; ++c) {
    sound.push_back(speech(c + 1, rate, count, 0.4));
  }
  StreamBuilder builder;
  std::uint64_t samples = 0;
  std::uint64_t tables = 0;
  const Bytes picture(4'000, 0x5A);
  for (const CodedUnit& unit : encode(television.coding, sound)) {
    const std::uint64_t time = samples * 90'000 / rate;
    for (; tables * 9'000 <= time; ++tables) {
      builder.pat({{1, 0x20}});
      builder.pmt(
          1, 0x20,
          {kVideoPid,
           {{0x02, kVideoPid}, {television.stream_type, kAudioPid, "eng"}}});
    }
    builder.pes(kVideoPid, 0xE0, 900'000 + time, picture,
                {.unbounded = true, .pcr = (855'000 + time) * 300});
    builder.pes(kAudioPid, 0xBD, 900'000 + time,
                wrap(unit.bytes, television.wrap));
    samples += unit.header.samples;
  }
  return builder.take();
}

Bytes make_packets(std::size_t count) {
  StreamBuilder builder;
  for (std::size_t n = 0; n < count; ++n) {
    builder.packet(0x300, Bytes(184, static_cast<std::uint8_t>(n)));
  }
  return builder.take();
}

Bytes make_garbage(std::size_t count) {
  Bytes out = {};
  for (std::size_t n = 0; n < count; ++n) {
    const auto byte = static_cast<std::uint8_t>(n * n * 31 + n * 7);
    out.push_back(byte == 0x47 ? 0x48 : byte);
  }
  return out;
}

}  // namespace xg2g::test
