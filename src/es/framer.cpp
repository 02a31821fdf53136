// SPDX-License-Identifier: MIT
#include "es/framer.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "es/frame_relations.h"

namespace xg2g::es {
namespace {

// Enough for the longest frame with a header behind it; only E-AC-3 with
// large dependent frames makes the queue grow past it.
constexpr std::size_t kQueueSize = 16 * 1024;
// A TS packet's payload, where no adaptation field takes from it.
constexpr std::uint64_t kPayloadSize = 184;
// substreamid has 3 bits (ETSI TS 102 366, E.1.3.1.2).
constexpr unsigned kMaxDependents = 8;
// More than that is an interruption: time stamps tell it, bytes do not.
constexpr std::int64_t kMaxMissing = 64;
/// What the bytes of a frame do not reach across as they are.
constexpr auto kBorders = {Mark::Type::kLoss, Mark::Type::kEnd,
                           Mark::Type::kSurplus};

}  // namespace

Framer::Framer(Codec announced) : Framer(announced, MarkedBytes(kQueueSize)) {}

Framer::Framer(Codec announced, MarkedBytes bytes) noexcept
    : announced_(announced), bytes_(std::move(bytes)) {}

void Framer::push(const PesPiece& piece) {
  bytes_.forget_before(cursor_);
  if (piece.starts) {
    bytes_.mark({.type = Type::kPesStart,
                 .pts = piece.pts,
                 .discontinuity = piece.discontinuity});
  }
  bytes_.append(piece.bytes);
  bytes_.append_surplus(piece.surplus);
}

void Framer::lose(unsigned packets) {
  bytes_.mark({.type = Type::kLoss, .bytes = packets * kPayloadSize});
}

void Framer::finish() { bytes_.mark({.type = Type::kEnd}); }

void Framer::reset() noexcept {
  bytes_.clear();
  *this = Framer(announced_, std::move(bytes_));
}

std::optional<AccessUnit> Framer::next() {
  AccessUnit unit;
  Step result = Step::kAgain;
  while (result == Step::kAgain) result = step(unit);
  if (result == Step::kWait) return std::nullopt;
  return unit;
}

Framer::Step Framer::step(AccessUnit& unit) {
  pass_marks();
  if (judge_loss() == Verdict::kWait) return Step::kWait;
  const Step result = look(unit);
  if (result != Step::kWait) return result;
  return judge_surplus() == Verdict::kWait ? Step::kWait : Step::kAgain;
}

Framer::Step Framer::look(AccessUnit& unit) {
  const Window ahead = bytes_.window(cursor_, kBorders);
  const auto header = parse_frame_header(ahead.bytes);
  if (!header && ahead.bytes.size() < kFrameHeaderSize &&
      (!ahead.closed || ahead.bytes.empty())) {
    return Step::kWait;
  }
  const Verdict verdict = header ? judge(*header, ahead) : Verdict::kReject;
  if (verdict == Verdict::kWait) return Step::kWait;
  if (verdict == Verdict::kReject) {
    skip(1);
    return Step::kAgain;
  }
  if (is_secondary(*header)) return drop_substream(*header, ahead);
  codec_ = header->codec;
  return take_unit(*header, ahead, unit);
}

void Framer::pass_marks() noexcept {
  while (const auto mark = bytes_.take(cursor_)) pass(*mark);
}

void Framer::pass(const Mark& mark) noexcept {
  if (mark.type == Type::kPesStart) {
    pts_ = mark.pts;
    discontinuity_ = discontinuity_ || mark.discontinuity;
    pes_start_ = mark.position;
    garbage_ = 0;
    return;
  }
  // A PES packet's PTS belongs to its first frame, which may be what is lost.
  pts_.reset();
  contiguous_ = false;
  anchored_ = false;
  lost_ = mark.type == Type::kLoss;
  distance_ += static_cast<std::int64_t>(mark.bytes);
  if (mark.type == Type::kEnd) {
    last_.reset();
    expected_.reset();
    trailer_ = 0;
    clear_ = 0;
  }
}

bool Framer::starts_pes(std::uint64_t position) const noexcept {
  return pes_start_ == position ||
         bytes_.find_pes_start(position, position + 1) != nullptr;
}

/// Decides on bytes behind PES_packet_length once what stands before them has
/// to wait for them: they are a part of the frame that reaches into them if a
/// header stands where it then ends.
Framer::Verdict Framer::judge_surplus() noexcept {
  Mark* const surplus = bytes_.find(kBorders);
  if (surplus == nullptr || surplus->type != Type::kSurplus ||
      surplus->bytes == 0) {
    return Verdict::kWait;
  }
  const Window ahead = bytes_.window(cursor_, {Type::kLoss, Type::kEnd});
  const auto chain = follow_frames(
      ahead.bytes, static_cast<std::size_t>(surplus->position - cursor_));
  if (chain.end) {
    bytes_.keep_surplus(surplus, cursor_ + *chain.end);
    return Verdict::kAccept;
  }
  if (chain.wants_more && !ahead.closed) return Verdict::kWait;
  bytes_.drop_surplus(surplus);
  return Verdict::kReject;
}

/// Decides on packets that are said to be missing inside the frame at the
/// cursor: none are if it is whole with the bytes on both sides.
Framer::Verdict Framer::judge_loss() noexcept {
  const Mark* loss = bytes_.find(kBorders);
  if (loss == nullptr || loss->type != Type::kLoss ||
      loss->position == cursor_ || !(contiguous_ || starts_pes(cursor_))) {
    return Verdict::kReject;
  }
  Window ahead = bytes_.window(cursor_, {Type::kEnd, Type::kSurplus});
  ahead.closed = bytes_.find({Type::kEnd, Type::kSurplus}) != nullptr;
  const auto header = parse_frame_header(ahead.bytes);
  if (!header) {
    return ahead.wants(kFrameHeaderSize) ? Verdict::kWait : Verdict::kReject;
  }
  const bool known = contiguous_ && is_same_stream(*header, *last_);
  if (!(known || is_certain(*header, cursor_)) ||
      cursor_ + header->size <= loss->position) {
    return Verdict::kReject;
  }
  const Verdict verdict = judge_joined(*header, ahead);
  if (verdict != Verdict::kAccept) return verdict;
  if (!has_crc(header->codec)) lost_ = doubtful_ = true;
  bytes_.remove_losses(cursor_ + 1, cursor_ + header->size);
  return verdict;
}

/// Whether a frame is whole: no PES packet starts with a frame inside of it, a
/// header stands behind it, and its CRC, where the codec has one, holds.
Framer::Verdict Framer::judge_joined(const FrameHeader& header,
                                     const Window& ahead) const noexcept {
  const Verdict verdict = judge_pes_start(header, ahead);
  if (verdict != Verdict::kAccept) return verdict;
  if (ahead.wants(header.size + kFrameHeaderSize)) return Verdict::kWait;
  if (ahead.bytes.size() < header.size) return Verdict::kReject;
  const auto next = parse_frame_header(ahead.bytes.subspan(header.size));
  const bool whole =
      next && may_follow(header, *next) &&
      (!has_crc(header.codec) || crc_holds(ahead.bytes.first(header.size)));
  return whole ? Verdict::kAccept : Verdict::kReject;
}

/// A frame was cut short where a PES packet starts with another one inside of
/// it, and no header stands where it would end.
Framer::Verdict Framer::judge_pes_start(const FrameHeader& header,
                                        const Window& ahead) const noexcept {
  const Mark* start = bytes_.find_pes_start(cursor_ + 1, cursor_ + header.size);
  if (start == nullptr) return Verdict::kAccept;
  const auto offset = static_cast<std::size_t>(start->position - cursor_);
  const auto inside = ahead.bytes.subspan(std::min(offset, ahead.bytes.size()));
  const auto inner = parse_frame_header(inside);
  if (!inner && ahead.wants(offset + kFrameHeaderSize)) return Verdict::kWait;
  if (!inner || !is_certain(*inner, start->position)) return Verdict::kAccept;
  const auto behind = ahead.bytes.subspan(
      std::min<std::size_t>(header.size, ahead.bytes.size()));
  const auto next = parse_frame_header(behind);
  if (!next && ahead.wants(header.size + kFrameHeaderSize)) {
    return Verdict::kWait;
  }
  return next && may_follow(header, *next) ? Verdict::kAccept
                                           : Verdict::kReject;
}

void Framer::skip(std::size_t count) noexcept {
  cursor_ += count;
  skipped_ += count;
  garbage_ += count;
  distance_ += static_cast<std::int64_t>(count);
  contiguous_ = false;
}

Framer::Step Framer::drop_substream(const FrameHeader& header,
                                    const Window& ahead) noexcept {
  if (ahead.bytes.size() < header.size) {
    if (!ahead.closed) return Step::kWait;
    skip(ahead.bytes.size());
    return Step::kAgain;
  }
  cursor_ += header.size;
  dropped_ += header.size;
  garbage_ = 0;
  if (!header.dependent) foreign_ = true;
  if (header.dependent && !foreign_) expected_.reset();
  return Step::kAgain;
}

Framer::Step Framer::take_unit(const FrameHeader& header, const Window& ahead,
                               AccessUnit& unit) noexcept {
  const Verdict whole_frame = judge_pes_start(header, ahead);
  if (whole_frame == Verdict::kWait) return Step::kWait;
  if (whole_frame == Verdict::kReject) {
    const Mark* start = bytes_.find_pes_start(cursor_ + 1, bytes_.end());
    lost_ = true;
    skip(static_cast<std::size_t>(start->position - cursor_));
    return Step::kAgain;
  }
  const Extent extent = measure(header, ahead);
  if (extent.verdict == Verdict::kWait) return Step::kWait;
  if (extent.verdict == Verdict::kReject) {
    skip(ahead.bytes.size());
    return Step::kAgain;
  }
  if (contiguous_) trailer_ = dropped_;
  const std::size_t whole =
      extent.cut ? std::max(extent.size, last_size_) : extent.size;
  const std::size_t period = whole + trailer_;
  unit.bytes = ahead.bytes.first(extent.size);
  unit.header = header;
  unit.pts = owns_pts(header, period) ? pts_ : std::nullopt;
  unit.discontinuity = unit.pts && std::exchange(discontinuity_, false);
  const auto missing = count_missing(header, whole, period);
  unit.missing = missing.value_or(0);
  unit.lost = lost_ || !missing;
  unit.doubtful = doubtful_;

  cursor_ += extent.size;
  clear_ = 0;
  last_ = header;
  last_size_ = whole;
  distance_ =
      static_cast<std::int64_t>(extent.size) - static_cast<std::int64_t>(whole);
  contiguous_ = true;
  anchored_ = true;
  lost_ = false;
  doubtful_ = false;
  pts_.reset();
  garbage_ = 0;
  dropped_ = 0;
  foreign_ = false;
  if (header.codec == Codec::kEac3 && !extent.cut) {
    expected_ = extent.dependents;
  }
  return Step::kUnit;
}

Framer::Verdict Framer::judge(const FrameHeader& header,
                              const Window& ahead) noexcept {
  if (is_secondary(header)) {
    const bool behind = contiguous_ && is_ac3_family(last_->codec) &&
                        header.sample_rate == last_->sample_rate;
    return behind ? Verdict::kAccept : Verdict::kReject;
  }
  if (contiguous_ && is_same_stream(header, *last_)) return Verdict::kAccept;
  if (is_certain(header, cursor_)) return Verdict::kAccept;
  if (header.codec == Codec::kAacLatm && announced_ != Codec::kUnknown &&
      announced_ != Codec::kAacLatm && codec_ != Codec::kAacLatm &&
      !starts_pes(cursor_)) {
    // 11 bits come up by chance once in 2 KiB, and the wait for what is behind
    // such a frame can be long.
    return Verdict::kReject;
  }
  if (hides_certain_header(header, ahead)) return Verdict::kReject;
  return confirm(header, ahead);
}

Framer::Verdict Framer::confirm(const FrameHeader& header,
                                const Window& ahead) const noexcept {
  // Where nothing was announced it may be no audio at all: subtitles hold two
  // MPEG audio headers at a frame's distance once in some 10 KiB.
  const bool doubtful = announced_ == Codec::kUnknown && !starts_pes(cursor_);
  const std::size_t available = ahead.bytes.size();
  std::size_t end = header.size;
  for (int count = doubtful ? 2 : 1; count > 0; --count) {
    if (available < end + kFrameHeaderSize && !ahead.closed) {
      return Verdict::kWait;
    }
    if (available < end) return Verdict::kReject;
    const auto next = parse_frame_header(ahead.bytes.subspan(end));
    const bool alone =
        ahead.ended && available == end && announced_ != Codec::kUnknown;
    if (!next) return alone ? Verdict::kAccept : Verdict::kReject;
    if (!may_follow(header, *next)) return Verdict::kReject;
    end += next->size;
  }
  return Verdict::kAccept;
}

bool Framer::is_certain(const FrameHeader& header,
                        std::uint64_t position) const noexcept {
  if (is_secondary(header)) return false;
  if (last_ && is_alike(header, *last_)) return true;
  const bool known =
      header.codec == announced_ || (last_ && is_same_stream(header, *last_));
  return known && starts_pes(position);
}

/// True where a header that is certain stands inside the frame that `header`,
/// which is not, claims to be. Looks as far as there are bytes; confirm() waits
/// for all that it takes.
bool Framer::hides_certain_header(const FrameHeader& header,
                                  const Window& ahead) noexcept {
  const std::uint64_t end = cursor_ + header.size;
  clear_ = std::max(clear_, cursor_ + 1);
  for (; clear_ < end; ++clear_) {
    const auto offset = static_cast<std::size_t>(clear_ - cursor_);
    if (offset >= ahead.bytes.size()) return false;
    const auto rest = ahead.bytes.subspan(offset);
    if (rest.size() < kFrameHeaderSize && !ahead.closed) return false;
    const auto inner = parse_frame_header(rest);
    if (inner && is_certain(*inner, clear_)) return true;
  }
  return false;
}

/// An E-AC-3 unit ends before a header that is not a dependent frame's, or
/// after as many of them as the unit before had.
Framer::Extent Framer::measure(const FrameHeader& header,
                               const Window& ahead) const noexcept {
  constexpr Extent kWaiting{Verdict::kWait, 0, 0, false};
  if (ahead.bytes.size() < header.size) {
    return ahead.closed ? Extent{Verdict::kReject, 0, 0, true} : kWaiting;
  }
  Extent extent{Verdict::kAccept, header.size, 0, false};
  if (header.codec != Codec::kEac3) return extent;
  const unsigned limit = expected_.value_or(kMaxDependents);
  while (extent.dependents < limit) {
    const auto behind = ahead.bytes.subspan(extent.size);
    const auto next = parse_frame_header(behind);
    if (!next && behind.size() < kFrameHeaderSize && !ahead.closed) {
      return kWaiting;
    }
    extent.cut = !next && behind.size() < kFrameHeaderSize;
    if (!next || !next->dependent || !is_same_stream(header, *next)) break;
    if (behind.size() < next->size) {
      if (!ahead.closed) return kWaiting;
      extent.cut = true;
      break;
    }
    extent.size += next->size;
    ++extent.dependents;
  }
  return extent;
}

/// By the bytes that are missing, which tell where frames have one size: those
/// of layer III and E-AC-3 need not. Nothing where they do not tell.
std::optional<std::uint32_t> Framer::count_missing(
    const FrameHeader& header, std::size_t whole,
    std::size_t period) const noexcept {
  if (!last_ || distance_ <= 0) return 0;
  if (last_->codec != header.codec || !has_constant_size(header.codec) ||
      std::max(whole, last_size_) - std::min(whole, last_size_) > kMaxPadding) {
    return std::nullopt;
  }
  const auto size = static_cast<std::int64_t>(period);
  const std::int64_t frames = (distance_ + size / 2) / size;
  if (frames > kMaxMissing) return std::nullopt;
  return static_cast<std::uint32_t>(frames);
}

/// The PTS is that of the first frame that starts in the PES packet: not of
/// this one where a whole frame may have started before it.
bool Framer::owns_pts(const FrameHeader& header,
                      std::size_t period) const noexcept {
  if (garbage_ == 0) return true;
  if (has_constant_size(header.codec)) return garbage_ + kMaxPadding < period;
  return !anchored_;
}

}  // namespace xg2g::es
