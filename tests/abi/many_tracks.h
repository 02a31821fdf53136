// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/bytes.h"
#include "support/encode.h"
#include "support/sections.h"
#include "support/stream_builder.h"

namespace xg2g::test {

/// A stream of 66 sounds without a picture, written piece by piece.
class ManyTracks {
 public:
  static constexpr std::size_t kCount = 66;

  ManyTracks();

  [[nodiscard]] static std::uint16_t pid(std::size_t track) {
    return static_cast<std::uint16_t>(0x200 + track);
  }
  /// The next seconds, in which `count` tracks from `first` on sound.
  [[nodiscard]] Bytes next(double seconds, std::size_t first,
                           std::size_t count);

 private:
  std::vector<CodedUnit> units_;
  ProgramMap map_;
  StreamBuilder builder_;
  std::size_t written_ = 0;  ///< Frames.
};

}  // namespace xg2g::test
