// SPDX-License-Identifier: MIT
#include "audio/aac_writer.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace xg2g::audio {
namespace {

constexpr std::uint64_t kBlock = Encoder::kBlock;
/// Blocks are numbered from here, so that those before the first one, which
/// the encoder knows, have numbers.
constexpr std::uint64_t kFirst = Encoder::kDelay;

}  // namespace

AacWriter::AacWriter(const Format& format, std::unique_ptr<Encoder> encoder,
                     FrameQueue& queue)
    : sample_rate_(format.sample_rate),
      channels_(static_cast<std::size_t>(format.channels)),
      encoder_(std::move(encoder)),
      limiter_(channels_, format.sample_rate),
      queue_(queue),
      block_(kFirst) {}

std::size_t AacWriter::open_samples() const noexcept {
  return static_cast<std::size_t>((kBlock - written_ % kBlock) % kBlock);
}

void AacWriter::anchor(base::Ticks time) noexcept {
  assert(open_samples() == 0);
  // The limiter holds back less than a block, so one anchor waits at most.
  if (next_anchor_.block <= block_) anchor_ = next_anchor_;
  next_anchor_ = {kFirst + written_ / kBlock, time};
}

void AacWriter::write(const Planar& sound) {
  written_ += sound.count;
  collect(limiter_.process(sound));
}

/// Fills blocks and encodes those that are full.
void AacWriter::collect(const Planar& limited) {
  std::size_t taken = 0;
  while (taken < limited.count) {
    const std::size_t count = std::min(limited.count - taken, kBlock - filled_);
    for (std::size_t i = 0; i < channels_; ++i) {
      std::copy_n(limited.channels[i] + taken, count,
                  encoder_->channel(i) + filled_);
    }
    taken += count;
    filled_ += count;
    if (filled_ == kBlock) submit(true);
  }
}

void AacWriter::submit(bool leaves) {
  const base::Ticks time = time_of(block_);
  if (std::exchange(starts_, false)) {
    // Half of the first block is coded in the frame before it.
    const bool alone = !std::exchange(follows_, false);
    due_[(block_ - 1) % due_.size()] = {after_anchor(-1), alone};
  }
  due_[block_ % due_.size()] = {time, leaves};
  const Due due = due_[(block_ - Encoder::kDelay) % due_.size()];
  ++block_;
  filled_ = 0;
  const auto frame = encoder_->encode();
  if (!due.leaves) return;
  if (frame.empty()) {
    ++failures_;
    return;
  }
  queue_.push(frame, due.time);
  ++frames_;
}

base::Ticks AacWriter::time_of(std::uint64_t block) noexcept {
  if (next_anchor_.block <= block) anchor_ = next_anchor_;
  return after_anchor(static_cast<std::int64_t>(block - anchor_.block));
}

base::Ticks AacWriter::after_anchor(std::int64_t blocks) const noexcept {
  const std::int64_t ticks =
      blocks * static_cast<std::int64_t>(kBlock) * base::Ticks::period::den;
  const std::int64_t half = ticks < 0 ? -sample_rate_ / 2 : sample_rate_ / 2;
  return anchor_.time + base::Ticks((ticks + half) / sample_rate_);
}

void AacWriter::finish() {
  assert(open_samples() == 0);
  if (starts_ && filled_ == 0 && written_ / kBlock + kFirst == block_) return;
  static constexpr std::array<float, kMaxChunk> kSilentSamples{};
  Planar silence;
  silence.channels.fill(kSilentSamples.data());
  silence.count = limiter_.lookahead();
  collect(limiter_.process(silence));
  limiter_.reset();
  for (std::size_t i = 0; i < Encoder::kDelay; ++i) {
    for (std::size_t c = 0; c < channels_; ++c) {
      std::fill_n(encoder_->channel(c), kBlock, 0.0F);
    }
    submit(false);
  }
  written_ = (block_ - kFirst) * kBlock;
  starts_ = true;
}

}  // namespace xg2g::audio
