// SPDX-License-Identifier: MIT
#pragma once

namespace xg2g::audio {

/// The release of the FFmpeg that is linked, "7.1.5", in a static string; with
/// what its builder put behind ("-0+deb13u1"), or whatever names a snapshot.
[[nodiscard]] const char* ffmpeg_version() noexcept;

/// The same of what FFmpeg calls itself, a part of that string: built from a
/// tagged checkout it gives the tag, "n7.1.5".
[[nodiscard]] constexpr const char* release_of(const char* version) noexcept {
  const bool tag = version[0] == 'n' && version[1] >= '0' && version[1] <= '9';
  return tag ? version + 1 : version;
}

}  // namespace xg2g::audio
