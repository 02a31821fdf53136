// SPDX-License-Identifier: MIT
#include "es/pes_reader.h"

#include <algorithm>
#include <utility>

#include "es/pes_header.h"

namespace xg2g::es {

PesPiece PesReader::push(std::span<const std::uint8_t> payload,
                         bool unit_start) {
  if (unit_start) {
    state_ = State::kHeader;
    filled_ = 0;
    begins_anew_ = begins_anew_ || std::exchange(discontinuity_, false);
    check_header();
  }
  if (state_ == State::kHeader) payload = take_header(payload);
  if (state_ != State::kPayload) return {};
  const std::size_t count =
      left_ ? std::min(payload.size(), *left_) : payload.size();
  if (left_) *left_ -= count;
  PesPiece piece{.bytes = payload.first(count), .stream_id = stream_id_};
  piece.surplus = payload.subspan(count);
  if (starts_ && count > 0) {
    piece.starts = true;
    piece.pts = pts_;
    piece.discontinuity = std::exchange(begins_anew_, false);
    starts_ = false;
  }
  return piece;
}

void PesReader::lose() noexcept {
  if (state_ == State::kHeader) state_ = State::kIdle;
  left_.reset();
  // What comes next is no longer the first byte that the PTS may belong to.
  starts_ = false;
}

void PesReader::reset() noexcept {
  const bool discontinuity = discontinuity_ || begins_anew_;
  *this = PesReader();
  discontinuity_ = discontinuity;
}

std::span<const std::uint8_t> PesReader::take_header(
    std::span<const std::uint8_t> payload) noexcept {
  while (state_ == State::kHeader && !payload.empty()) {
    const std::size_t take = std::min(payload.size(), wanted_ - filled_);
    std::copy_n(payload.begin(), take, header_.begin() + filled_);
    filled_ += take;
    payload = payload.subspan(take);
    if (filled_ == wanted_) check_header();
  }
  return payload;
}

void PesReader::check_header() noexcept {
  const auto size = pes_header_size({header_.data(), filled_});
  if (!size) {
    state_ = State::kIdle;
    return;
  }
  wanted_ = *size;
  if (filled_ == wanted_) open_payload();
}

void PesReader::open_payload() noexcept {
  const PesHeader header = read_pes_header({header_.data(), filled_});
  stream_id_ = header.stream_id;
  pts_ = header.pts;
  left_.reset();
  // A length that leaves no room for payload is as good as none.
  const std::size_t before = filled_ - kBeforeLength;
  if (header.packet_length > before) left_ = header.packet_length - before;
  starts_ = true;
  state_ = State::kPayload;
}

}  // namespace xg2g::es
