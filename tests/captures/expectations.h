// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace xg2g::test {

/// What must be found on a PID.
struct ExpectedStream {
  std::uint16_t pid;
  int codec;                ///< enum xg2g_codec.
  int state;                ///< enum xg2g_stream_state.
  std::uint64_t frames_in;  ///< Whole frames; one cut off at the end is none.
};

struct Expectation {
  std::string capture;
  bool damaged = false;  ///< Packets are missing in it.
  std::vector<ExpectedStream> streams;
};

/// Every capture that is known, with its sound.
[[nodiscard]] const std::vector<Expectation>& expectations();

}  // namespace xg2g::test
