// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "audio/channels.h"
#include "audio/planar_buffer.h"

namespace xg2g::audio {

/// Makes cuts in sound that are not heard as clicks.
///
/// After cut() the sound before it goes on as its own mirror image, faded out
/// over 5 ms, whatever follows: filler() alone, which is silence after that,
/// or the sound after the cut, which pass() fades in over 5 ms.
class Joiner {
 public:
  Joiner(std::size_t channels, int sample_rate);

  /// Ends the sound that passed so far.
  void cut() noexcept;
  /// At most kMaxChunk samples of what is heard where there is no sound.
  [[nodiscard]] Planar filler(std::size_t count) noexcept;
  /// Passes at most kMaxChunk samples of sound. Both answers are valid until
  /// the next call; this one is `in` itself away from cuts.
  [[nodiscard]] Planar pass(const Planar& in) noexcept;
  /// Forgets all sound; the next fades in from silence.
  void reset() noexcept;

 private:
  void remember(const Planar& sound) noexcept;
  void add_tail(std::size_t count) noexcept;

  std::size_t length_;       ///< Of a fade and of the history.
  std::vector<float> fade_;  ///< Rises from 0 to 1 over length_.
  PlanarBuffer history_;     ///< The last samples that were heard.
  PlanarBuffer tail_;        ///< What fades out after a cut.
  PlanarBuffer work_;
  std::size_t tail_at_ = 0;  ///< length_ where nothing fades out.
  std::size_t fade_at_ = 0;  ///< length_ where nothing fades in.
};

}  // namespace xg2g::audio
