// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/bytes.h"
#include "support/stream_reader.h"

namespace xg2g::bench {

/// Something to measure with: real sound that goes on, or where the captures
/// are absent, generated speech.
struct Stream {
  std::string name;  ///< What it is, and whether it was recorded.
  test::Bytes bytes;
  double seconds = 0;
  std::uint16_t audio_pid = 0;
};

/// MPEG-2 pictures with MP2 stereo sound: a minute of television.
[[nodiscard]] const Stream& mp2_stream();
/// The same sound at 44.1 kHz, in short packets of 384 kbit/s.
[[nodiscard]] const Stream& mp2_44100_stream();
[[nodiscard]] const Stream& ac3_stream();
[[nodiscard]] const Stream& eac3_stream();
/// HE-AAC in LATM. Nothing to generate it with: empty without the captures.
[[nodiscard]] const Stream& latm_stream();
/// H.264 and AAC in ADTS: nothing to transcode.
[[nodiscard]] const Stream& untouched_stream();

}  // namespace xg2g::bench
