// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>

#include "audio/channels.h"

namespace xg2g::audio {

/// Converts the rate of sound. Sample 0 that leaves stands at the time of
/// sample 0 that came; the filter's delay is made up for.
class Resampler {
 public:
  Resampler(std::size_t channels, int rate_out);
  Resampler(const Resampler&) = delete;
  Resampler& operator=(const Resampler&) = delete;
  ~Resampler();

  /// Starts over for sound at `rate` Hz.
  void open(int rate);
  /// False where the rates are the same and there is nothing to do.
  [[nodiscard]] bool active() const noexcept { return rate_in_ != rate_out_; }
  /// Samples that convert() takes at most.
  [[nodiscard]] std::size_t most() const noexcept { return most_; }

  /// Converts; the answer, up to kMaxChunk samples, is valid until the next
  /// call.
  [[nodiscard]] Planar convert(const Planar& in);
  /// What is left inside; to be called until it answers no samples, and
  /// followed by open().
  [[nodiscard]] Planar drain();

 private:
  struct Libav;

  int rate_in_;
  int rate_out_;
  std::size_t most_ = kMaxChunk;
  std::unique_ptr<Libav> libav_;
};

}  // namespace xg2g::audio
