// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/timestamp.h"
#include "support/bytes.h"

namespace xg2g::demo {

/// One encoded picture; times count from the first one.
struct EncodedPicture {
  base::Ticks pts{};
  base::Ticks dts{};
  bool random_access = false;
  test::Bytes bytes;
};

/// A picture as 4:2:0 planes, and where each plane's lines begin.
struct Picture {
  static constexpr int kWidth = 720;
  static constexpr int kHeight = 576;
  static constexpr int kRate = 25;

  std::uint8_t* planes[3];
  int strides[3];
};

/// Encodes `count` pictures as MPEG-2 video of a constant bit rate.
/// `draw` paints the n-th one.
[[nodiscard]] std::vector<EncodedPicture> encode_picture(
    int count, int bit_rate, const std::function<void(int, Picture&)>& draw);

}  // namespace xg2g::demo
