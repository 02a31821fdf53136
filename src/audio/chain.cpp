// SPDX-License-Identifier: MIT
#include "audio/chain.h"

#include <algorithm>
#include <utility>

namespace xg2g::audio {
namespace {

/// A sample in as many may be added or left out: 0.1 %.
constexpr std::size_t kCorrectionSpacing = 1024;

/// Calls `step` with pieces of `sound` of equal length, at most `most`.
template <typename Step>
void in_pieces(const Planar& sound, std::size_t most, Step step) {
  const std::size_t pieces = (sound.count + most - 1) / most;
  for (std::size_t i = 0; i < pieces; ++i) {
    const std::size_t first = sound.count * i / pieces;
    const std::size_t end = sound.count * (i + 1) / pieces;
    step(sound.slice(first, end - first));
  }
}

}  // namespace

Chain::Chain(const Format& format, std::unique_ptr<Encoder> encoder,
             FrameQueue& queue)
    : mixer_(static_cast<std::size_t>(format.channels)),
      resampler_(static_cast<std::size_t>(format.channels), format.sample_rate),
      stretcher_(static_cast<std::size_t>(format.channels)),
      joiner_(static_cast<std::size_t>(format.channels), format.sample_rate),
      writer_(format, std::move(encoder), queue) {}

void Chain::set_input(int rate, std::size_t channels, const Matrix& matrix) {
  mixer_.set(matrix, channels, rate);
  if (rate_in_ == rate) return;
  rate_in_ = 0;  // Should open() throw, the next frame tries again.
  resampler_.open(rate);
  rate_in_ = rate;
}

void Chain::pass(const Planar& sound, Timeline& timeline) {
  const std::size_t most =
      resampler_.active() ? std::min(kMaxChunk, resampler_.most()) : kMaxChunk;
  in_pieces(sound, most, [&](const Planar& piece) {
    resample(mixer_.mix(piece), timeline);
  });
}

void Chain::resample(const Planar& mixed, Timeline& timeline) {
  correct(resampler_.active() ? resampler_.convert(mixed) : mixed, timeline);
}

void Chain::correct(const Planar& sound, Timeline& timeline) {
  uncorrected_ += sound.count;
  if (uncorrected_ < kCorrectionSpacing || sound.count < Stretcher::kLeast) {
    return join(sound);
  }
  uncorrected_ = 0;
  const int change = timeline.correction();
  join(change == 0 ? sound : stretcher_.stretch(sound, change));
}

void Chain::join(const Planar& sound) {
  const auto count = static_cast<std::int64_t>(sound.count);
  const std::int64_t dropped = std::min(to_drop_, count);
  produced_ += count;
  to_drop_ -= dropped;
  const Planar rest = sound.slice(static_cast<std::size_t>(dropped),
                                  static_cast<std::size_t>(count - dropped));
  in_pieces(rest, kMaxChunk,
            [&](const Planar& piece) { writer_.write(joiner_.pass(piece)); });
}

void Chain::cut(std::int64_t due) {
  while (resampler_.active()) {
    const Planar left = resampler_.drain();
    if (left.count == 0) break;
    const auto wanted =
        static_cast<std::size_t>(std::max<std::int64_t>(due - produced_, 0));
    join(left.slice(0, std::min(left.count, wanted)));
  }
  if (resampler_.active()) resampler_.open(rate_in_);
  joiner_.cut();
  fill(due);
}

void Chain::fill(std::int64_t due) {
  const std::int64_t count = due - produced_;
  if (count <= 0) return;
  const std::int64_t dropped = std::min(to_drop_, count);
  to_drop_ -= dropped;
  produced_ = due;
  write_filler(count - dropped);
}

void Chain::write_filler(std::int64_t count) {
  while (count > 0) {
    const auto most = static_cast<std::int64_t>(kMaxChunk);
    const std::int64_t piece = std::min(count, most);
    writer_.write(joiner_.filler(static_cast<std::size_t>(piece)));
    count -= piece;
  }
}

void Chain::drop(std::int64_t due) noexcept {
  to_drop_ += produced_ - due;
  produced_ = due;
}

void Chain::anchor(base::Ticks time) {
  write_filler(static_cast<std::int64_t>(writer_.open_samples()));
  writer_.anchor(time);
  produced_ = 0;
  to_drop_ = 0;
}

void Chain::finish() {
  write_filler(static_cast<std::int64_t>(writer_.open_samples()));
  writer_.finish();
  joiner_.reset();
  produced_ = 0;
  to_drop_ = 0;
}

}  // namespace xg2g::audio
