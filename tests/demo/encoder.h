// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "support/bytes.h"
#include "support/signal.h"

namespace xg2g::demo {

/// One encoded picture or sound frame; times count from the first sample.
struct AccessUnit {
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
[[nodiscard]] std::vector<AccessUnit> encode_picture(
    int count, int bit_rate, const std::function<void(int, Picture&)>& draw);

/// Encodes 48 kHz sound with libavcodec's encoder of that name. 2 channels are
/// stereo, 6 are 5.1 in the order L R C LFE Ls Rs.
[[nodiscard]] std::vector<AccessUnit> encode_sound(
    const std::string& encoder, int bit_rate,
    const std::vector<test::Samples>& channels);

}  // namespace xg2g::demo
