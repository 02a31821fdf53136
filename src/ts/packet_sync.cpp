// SPDX-License-Identifier: MIT
#include "ts/packet_sync.h"

#include <algorithm>
#include <array>
#include <utility>

namespace xg2g::ts {
namespace {

constexpr std::array<std::size_t, 3> kStrides = {188, 192, 204};
constexpr std::size_t kLongestStride = 204;
constexpr std::size_t kTimestampedStride = 192;
constexpr std::size_t kTimestampSize = kTimestampedStride - kPacketSize;
/// Sync bytes in a row that make a lock.
constexpr std::size_t kConfirmations = 5;
/// Sync bytes that must follow a damaged one where they are expected.
constexpr std::size_t kResumed = 2;
/// Bytes from a candidate on that decide it at every stride.
constexpr std::size_t kWindow = (kConfirmations - 1) * kLongestStride + 1;
/// Where so many bytes hold no sync, the caller is told.
constexpr std::size_t kBarren = std::size_t{64} * 1024;
constexpr std::size_t kSearchStep = std::size_t{4} * 1024;
/// Packets in one run: it stays in the first-level cache between the look at
/// its sync bytes and the look at its headers.
constexpr std::size_t kLongestRun = 32;

/// Sync bytes in a row from `position` on, at most kConfirmations.
std::size_t count_syncs(std::span<const std::uint8_t> bytes,
                        std::size_t position, std::size_t stride) noexcept {
  std::size_t count = 0;
  while (count < kConfirmations && position < bytes.size() &&
         bytes[position] == kSyncByte) {
    ++count;
    position += stride;
  }
  return count;
}

/// True where `count` sync bytes from `position` on are no more than the start
/// of timestamps, which stays the same for 0.6 s (its second byte for 2.4 ms):
/// as many stand where the packets behind such timestamps would start.
bool are_timestamps(std::span<const std::uint8_t> bytes, std::size_t position,
                    std::size_t stride, std::size_t count) noexcept {
  return stride == kTimestampedStride && count > 0 &&
         (count_syncs(bytes, position + kTimestampSize, stride) >= count ||
          count_syncs(bytes, position + 3, stride) >= count);
}

/// At the end of a stream fewer sync bytes must do: all that there can be,
/// where the packets start at once, or enough to make chance unlikely.
bool enough_at_end(std::size_t count, std::size_t position, std::size_t stride,
                   std::size_t size) noexcept {
  constexpr std::size_t kUnlikely = 4;
  const std::size_t possible = (size - position + stride - 1) / stride;
  if (count < std::min(possible, kConfirmations)) return false;
  if (position + kPacketSize > size) return false;
  return count >= kUnlikely || position <= stride - kPacketSize;
}

/// Asks memory for the packet at `position`, so that it is there by its turn.
void prefetch(std::span<const std::uint8_t> bytes,
              std::size_t position) noexcept {
  constexpr std::size_t kCacheLine = 64;
  if (position + kPacketSize > bytes.size()) return;
  for (std::size_t at = 0; at < kPacketSize; at += kCacheLine) {
    __builtin_prefetch(&bytes[position + at]);
  }
}

}  // namespace

std::span<const std::uint8_t> PacketSync::next_run() {
  stored_.consume(given_);
  given_ = 0;
  for (;;) {
    if (stride_ == 0 && !search()) return {};
    if (!skip_gap()) return {};
    if (!stored_.empty() || input_.size() < kPacketSize) {
      if (const auto run = take_stored(); !run.empty()) return run;
      if (stride_ != 0) return {};
      continue;
    }
    const std::size_t length = run_length(input_);
    if (length == 0) {
      lose();
      continue;
    }
    const auto run = input_.first(length);
    input_ = input_.subspan(length);
    gap_ = stride_ - kPacketSize;
    return run;
  }
}

/// Answers from the bytes that earlier pieces left, topped up to one packet.
std::span<const std::uint8_t> PacketSync::take_stored() {
  if (stored_.size() < kPacketSize) {
    const std::size_t missing = kPacketSize - stored_.size();
    const auto more = input_.first(std::min(missing, input_.size()));
    stored_.append(more);
    input_ = input_.subspan(more.size());
  }
  if (stored_.size() < kPacketSize) {
    if (ending_) drop(stored_.size());
    return {};
  }
  const std::size_t length = run_length(stored_.view());
  if (length == 0) {
    lose();
    return {};
  }
  given_ = length;
  gap_ = stride_ - kPacketSize;
  return stored_.view().first(length);
}

/// Bytes of the whole packets in a row that `bytes` starts with.
std::size_t PacketSync::run_length(
    std::span<const std::uint8_t> bytes) const noexcept {
  const std::size_t longest = stride_ == kPacketSize ? kLongestRun : 1;
  const std::size_t most =
      std::min(bytes.size() / kPacketSize, longest) * kPacketSize;
  std::size_t length = 0;
  while (length < most && bytes[length] == kSyncByte) {
    prefetch(bytes, length + kLongestRun * kPacketSize);
    length += kPacketSize;
  }
  return length;
}

/// Skips the timestamp or parity between two packets; false if more must come.
bool PacketSync::skip_gap() noexcept {
  const std::size_t stored = std::min(gap_, stored_.size());
  stored_.consume(stored);
  gap_ -= stored;
  const std::size_t fresh = std::min(gap_, input_.size());
  input_ = input_.subspan(fresh);
  gap_ -= fresh;
  return gap_ == 0;
}

/// Looks for sync, moving input into the store step by step.
bool PacketSync::search() {
  gap_ = 0;
  for (;;) {
    if (scan()) return true;
    if (searched_ + stored_.size() >= kBarren) {
      drop(stored_.size());
      searched_ = 0;
      ++barren_;
    }
    if (input_.empty()) break;
    const std::size_t room = kBarren - searched_ - stored_.size();
    const auto step =
        input_.first(std::min({input_.size(), kSearchStep, room}));
    stored_.append(step);
    input_ = input_.subspan(step.size());
  }
  if (ending_) drop(stored_.size());
  return false;
}

/// Tries every position of the store that can be decided, drops those that
/// start no packet. Behind a loss the packet after the damaged one comes first:
/// else a 0x47 in its header, the same in packet after packet, might win.
bool PacketSync::scan() {
  const auto bytes = stored_.view();
  if (lost_stride_ != 0) {
    if (!ending_ && bytes.size() <= kResumed * lost_stride_) return false;
    const std::size_t stride = std::exchange(lost_stride_, 0);
    if (count_syncs(bytes, stride, stride) >= kResumed) {
      lock(stride, stride);
      return true;
    }
  }
  std::size_t position = 0;
  while (position < bytes.size() &&
         (ending_ || position + kWindow <= bytes.size())) {
    if (bytes[position] == kSyncByte) {
      if (const std::size_t stride = stride_at(position); stride != 0) {
        lock(position, stride);
        return true;
      }
    }
    ++position;
  }
  drop(position);
  return false;
}

/// The stride at which packets start at `position`, 0 for none.
std::size_t PacketSync::stride_at(std::size_t position) const noexcept {
  const auto bytes = stored_.view();
  for (const std::size_t stride : kStrides) {
    const std::size_t count = count_syncs(bytes, position, stride);
    if (are_timestamps(bytes, position, stride, count)) continue;
    if (count == kConfirmations) return stride;
    if (ending_ && enough_at_end(count, position, stride, bytes.size())) {
      return stride;
    }
  }
  return 0;
}

void PacketSync::lock(std::size_t position, std::size_t stride) noexcept {
  drop(position);
  // The timestamp in front of the first packet is no less a part of it than
  // those of the packets to come.
  if (stride == kTimestampedStride) {
    dropped_ -= std::min(kTimestampSize, searched_);
  }
  stride_ = stride;
  searched_ = 0;
  ++locks_;
}

void PacketSync::lose() noexcept {
  lost_stride_ = std::exchange(stride_, 0);
  ++losses_;
}

void PacketSync::drop(std::size_t count) noexcept {
  stored_.consume(count);
  dropped_ += count;
  searched_ += count;
}

void PacketSync::reset() noexcept {
  stored_.consume(given_);
  drop(stored_.size());
  input_ = {};
  given_ = 0;
  stride_ = 0;
  lost_stride_ = 0;
  gap_ = 0;
  searched_ = 0;
  ending_ = false;
}

}  // namespace xg2g::ts
