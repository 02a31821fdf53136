// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "audio/channels.h"
#include "audio/encoder.h"
#include "audio/format.h"
#include "audio/frame_queue.h"
#include "audio/limiter.h"
#include "base/timestamp.h"

namespace xg2g::audio {

/// Turns one unbroken run of samples into AAC frames that know their time:
/// limits, cuts blocks of 1024, encodes.
class AacWriter {
 public:
  /// Frames go to `queue`, which outlives the writer.
  AacWriter(const Format& format, std::unique_ptr<Encoder> encoder,
            FrameQueue& queue);

  /// Samples to write until a block is full; 0 at a block's border.
  [[nodiscard]] std::size_t open_samples() const noexcept;
  /// Says that frames of others stand before the next block: the half of it
  /// that is coded in the frame before it does not leave.
  void follow_others() noexcept { follows_ = true; }
  /// Says at a block's border what time the next sample has.
  void anchor(base::Ticks time) noexcept;
  /// Takes at most kMaxChunk samples.
  void write(const Planar& sound);
  /// At a block's border: all frames of what was written leave. What is
  /// written afterwards starts anew and needs an anchor.
  void finish();
  [[nodiscard]] std::uint64_t frames() const noexcept { return frames_; }
  /// Frames that the encoder failed to give since the last call.
  [[nodiscard]] std::uint64_t take_failures() noexcept {
    return std::exchange(failures_, 0);
  }

 private:
  struct Anchor {
    std::uint64_t block = 0;
    base::Ticks time{};
  };
  /// The time of the frame that decodes to a block, and whether it leaves.
  struct Due {
    base::Ticks time{};
    bool leaves = false;
  };

  void collect(const Planar& limited);
  void submit(bool leaves);
  [[nodiscard]] base::Ticks time_of(std::uint64_t block) noexcept;
  [[nodiscard]] base::Ticks after_anchor(std::int64_t blocks) const noexcept;

  int sample_rate_;
  std::size_t channels_;
  std::unique_ptr<Encoder> encoder_;
  Limiter limiter_;
  FrameQueue& queue_;
  std::uint64_t written_ = 0;  ///< Samples, since the start.
  std::uint64_t block_;        ///< The one that is being filled.
  std::size_t filled_ = 0;     ///< Samples in it.
  bool starts_ = true;         ///< The next block has none before it.
  bool follows_ = false;       ///< None of ours, that is.
  Anchor anchor_;
  Anchor next_anchor_;
  std::array<Due, 4> due_{};  ///< Of the last blocks, by number.
  std::uint64_t frames_ = 0;
  std::uint64_t failures_ = 0;
};

}  // namespace xg2g::audio
