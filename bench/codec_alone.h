// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "streams.h"
#include "support/bytes.h"

namespace xg2g::bench {

/// Decode and encode alone, with plain libavcodec: the same frames into AAC at
/// 192 kbit/s with the same coder, and none of our own code around it. It is
/// the least that any program of this kind can spend on MP2 stereo at 48 kHz.
class CodecsAlone {
 public:
  explicit CodecsAlone(const Stream& stream);

  /// The bytes of AAC that came out.
  [[nodiscard]] std::size_t run() const;
  /// Of the frames that go in.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  std::vector<test::Bytes> frames_;
  std::size_t bytes_ = 0;
};

}  // namespace xg2g::bench
