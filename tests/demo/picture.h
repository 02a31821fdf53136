// SPDX-License-Identifier: MIT
#pragma once

#include "demo/picture_encoder.h"

namespace xg2g::demo {

/// Paints the n-th picture: colour bars, a block that crosses the picture
/// every four seconds, and a flash at each full second.
void draw_picture(int n, Picture& picture);

}  // namespace xg2g::demo
