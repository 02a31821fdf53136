// SPDX-License-Identifier: MIT
#include "audio/ffmpeg_version.h"

#include "audio/libav.h"

namespace xg2g::audio {

const char* ffmpeg_version() noexcept { return release_of(av_version_info()); }

}  // namespace xg2g::audio
