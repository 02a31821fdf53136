// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "audio/channels.h"
#include "support/encode.h"

namespace xg2g::audio {

/// A view of all of `sound`.
inline Planar planar(const test::Sound& sound) {
  Planar view;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    view.channels[i] = sound[i].data();
  }
  view.count = sound.empty() ? 0 : sound[0].size();
  return view;
}

/// Adds what `view` shows to the end of `sound`.
inline void append(const Planar& view, test::Sound& sound) {
  for (std::size_t i = 0; i < sound.size(); ++i) {
    sound[i].insert(sound[i].end(), view.channels[i],
                    view.channels[i] + view.count);
  }
}

}  // namespace xg2g::audio
