// SPDX-License-Identifier: MIT
#include "audio/frame_queue.h"

namespace xg2g::audio {

void FrameQueue::push(std::span<const std::uint8_t> frame, base::Ticks pts) {
  forget_taken();
  if (count_ == kLimit) {
    (void)pop();
    forget_taken();
  }
  bytes_.append(frame);
  entries_[(first_ + count_) % kLimit] = {frame.size(), pts};
  ++count_;
}

std::optional<AacFrame> FrameQueue::pop() noexcept {
  forget_taken();
  if (count_ == 0) return {};
  const Entry& entry = entries_[first_];
  first_ = (first_ + 1) % kLimit;
  --count_;
  taken_ = entry.size;
  return AacFrame{bytes_.view().first(entry.size), entry.pts};
}

void FrameQueue::forget_taken() noexcept {
  bytes_.consume(taken_);
  taken_ = 0;
}

}  // namespace xg2g::audio
