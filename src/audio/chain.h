// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "audio/aac_writer.h"
#include "audio/channels.h"
#include "audio/encoder.h"
#include "audio/format.h"
#include "audio/joiner.h"
#include "audio/matrix.h"
#include "audio/mixer.h"
#include "audio/resampler.h"
#include "audio/stretcher.h"
#include "audio/timeline.h"
#include "base/timestamp.h"

namespace xg2g::audio {

/// The way of decoded sound to AAC: mixer, resampler, stretcher, joiner,
/// limiter, encoder. Cuts are made in what leaves, so that they sound the same
/// whatever came before and after them.
class Chain {
 public:
  /// Frames go to `queue`, which outlives the chain.
  Chain(const Format& format, std::unique_ptr<Encoder> encoder,
        FrameQueue& queue);

  /// Sets what pass() takes from now on. Before another rate, cut().
  void set_input(int rate, std::size_t channels, const Matrix& matrix);
  /// Passes a decoded frame; `timeline` may ask for samples more or less.
  void pass(const Planar& sound, Timeline& timeline);

  /// Ends the sound so far, so that it reaches up to sample `due` after the
  /// anchor and is not heard to end.
  void cut(std::int64_t due);
  /// Fills up to sample `due` after the anchor.
  void fill(std::int64_t due);
  /// After cut(): the sound that follows stands at sample `due` already, and
  /// what lies before the cut is dropped from it.
  void drop(std::int64_t due) noexcept;
  /// Says that frames of others stand before the first one: there is no room
  /// for the one that its decoding only starts with.
  void follow_others() noexcept { writer_.follow_others(); }
  /// After cut(): what follows is counted from `time`.
  void anchor(base::Ticks time);
  /// After cut(): lets all that was passed leave.
  void finish();

  /// Hz of what pass() takes; 0 at first.
  [[nodiscard]] int rate() const noexcept { return rate_in_; }
  [[nodiscard]] std::uint64_t frames() const noexcept {
    return writer_.frames();
  }
  /// Frames that the encoder failed to give since the last call.
  [[nodiscard]] std::uint64_t take_failures() noexcept {
    return writer_.take_failures();
  }

 private:
  void resample(const Planar& mixed, Timeline& timeline);
  void correct(const Planar& sound, Timeline& timeline);
  void join(const Planar& sound);
  void write_filler(std::int64_t count);

  Mixer mixer_;
  Resampler resampler_;
  Stretcher stretcher_;
  Joiner joiner_;
  AacWriter writer_;
  int rate_in_ = 0;
  std::int64_t produced_ = 0;  ///< Samples since the anchor.
  std::int64_t to_drop_ = 0;
  std::size_t uncorrected_ = 0;  ///< Samples since correction() was asked.
};

}  // namespace xg2g::audio
