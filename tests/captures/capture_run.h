// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "abi/handle.h"
#include "support/avformat_reader.h"
#include "support/bytes.h"

namespace xg2g::test {

/// The whole packets of a stream of 188, 192 or 204 byte packets, 188 bytes
/// each; what is before the first and behind the last is left out.
[[nodiscard]] Bytes packets_of(View stream);

/// A capture, and what the archive made of it.
struct CaptureRun {
  Bytes in;  ///< As it was recorded.
  Bytes packets;
  Bytes out;
  int worst = 0;  ///< The lowest answer of any call.
  xg2g_remux_stats stats{};
  std::map<std::uint16_t, xg2g_remux_stream> streams;  ///< By PID.

  /// PIDs that were announced as AAC which was not in them.
  [[nodiscard]] std::vector<std::uint16_t> replaced() const;
  /// A channel of the sound that came in, where its PTS say.
  [[nodiscard]] AvTimeline sound_in(std::uint16_t pid,
                                    std::size_t channel) const;
};

/// Runs a capture in reads of `piece` bytes; empty where it is absent.
[[nodiscard]] CaptureRun run_capture(
    std::string_view name, std::size_t piece = 65'536,
    const xg2g_remux_options& options = default_options());

}  // namespace xg2g::test
