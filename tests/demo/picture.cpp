// SPDX-License-Identifier: MIT
#include "demo/picture.h"

#include <array>
#include <cstring>

namespace xg2g::demo {
namespace {

struct Colour {
  std::uint8_t y, cb, cr;
};

constexpr Colour kWhite{235, 128, 128};
constexpr Colour kGrey{60, 128, 128};
/// 75 % colour bars (ITU-R BT.601 levels).
constexpr std::array<Colour, 8> kBars{{{180, 128, 128},
                                       {162, 44, 142},
                                       {131, 156, 44},
                                       {112, 72, 58},
                                       {84, 184, 198},
                                       {65, 100, 212},
                                       {35, 212, 114},
                                       {16, 128, 128}}};

/// Fills a rectangle whose corners are even.
void fill(Picture& picture, int x, int y, int width, int height, Colour c) {
  const std::uint8_t values[] = {c.y, c.cb, c.cr};
  for (int plane = 0; plane < 3; ++plane) {
    const int scale = plane == 0 ? 1 : 2;
    for (int line = y / scale; line < (y + height) / scale; ++line) {
      std::uint8_t* begin =
          picture.planes[plane] + line * picture.strides[plane] + x / scale;
      std::memset(begin, values[plane],
                  static_cast<std::size_t>(width / scale));
    }
  }
}

}  // namespace

void draw_picture(int n, Picture& picture) {
  constexpr int kFlash = 2;  // pictures
  constexpr int kFloor = 432;
  constexpr int kBlock = 72;
  constexpr int kLap = 4 * Picture::kRate;
  if (n % Picture::kRate < kFlash) {
    fill(picture, 0, 0, Picture::kWidth, Picture::kHeight, kWhite);
    return;
  }
  constexpr int kBar = Picture::kWidth / static_cast<int>(kBars.size());
  for (int bar = 0; bar < static_cast<int>(kBars.size()); ++bar) {
    fill(picture, bar * kBar, 0, kBar, kFloor,
         kBars[static_cast<std::size_t>(bar)]);
  }
  fill(picture, 0, kFloor, Picture::kWidth, Picture::kHeight - kFloor, kGrey);
  const int x = (Picture::kWidth - kBlock) * (n % kLap) / kLap;
  fill(picture, x & ~1, kFloor + 36, kBlock, kBlock, kWhite);
}

}  // namespace xg2g::demo
