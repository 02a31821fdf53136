// SPDX-License-Identifier: MIT
#pragma once

#include "remux/audio_streams.h"
#include "support/encode.h"
#include "support/signal.h"
#include "support/stream_builder.h"
#include "support/stream_reader.h"

namespace xg2g::remux {

inline constexpr std::uint16_t kAudioPid = 0x102;
inline constexpr StreamKind kMp2Kind{Handling::kDecode, es::Codec::kMpegAudio,
                                     Medium::kSound, "MPEG audio"};
inline constexpr StreamKind kPrivateKind{Handling::kWatch, es::Codec::kUnknown,
                                         Medium::kData, "private data"};

/// What audio streams need around them, and what they write.
struct AudioSurroundings {
  audio::Format format;
  ContinuityStore continuity;
  EventLog events;
  NewestTimes times;
  ts::PacketOutput output;
  int announced = 0;
  AudioContext context{format, continuity, events,
                       times,  output,     [this] { ++announced; }};

  test::Bytes take() {
    test::Bytes out(output.pending());
    output.open(out);
    out.resize(output.close());
    return out;
  }
};

/// Half a second of MP2 in PES packets.
inline test::Bytes mp2_packets(std::uint8_t scrambling = 0) {
  const test::Sound sound(2, test::speech(3, 48'000, 24'000, 0.4));
  test::StreamBuilder builder;
  std::uint64_t pts = 900'000;
  for (const auto& unit : test::encode({}, sound)) {
    builder.pes(kAudioPid, 0xC0, pts, unit.bytes, {.scrambling = scrambling});
    pts += 2'160;
  }
  return builder.take();
}

inline void push(AudioStream& stream, const test::Bytes& packets) {
  for (std::size_t at = 0; at < packets.size(); at += ts::kPacketSize) {
    stream.push(ts::packet_at(packets, at), {});
  }
}

}  // namespace xg2g::remux
