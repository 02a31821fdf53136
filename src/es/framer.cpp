// SPDX-License-Identifier: MIT
#include "es/framer.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace xg2g::es {
namespace {

using base::ByteQueue;

// Enough for the longest frame with a header behind it; only E-AC-3 with
// large dependent frames makes the queue grow past it.
constexpr std::size_t kQueueSize = 16 * 1024;
constexpr std::size_t kEventCount = 64;
// A TS packet's payload, where no adaptation field takes from it.
constexpr std::uint64_t kPayloadSize = 184;
// substreamid has 3 bits (ETSI TS 102 366, E.1.3.1.2).
constexpr unsigned kMaxDependents = 8;
// More than that is an interruption: time stamps tell it, bytes do not.
constexpr std::int64_t kMaxMissing = 64;
// What padding adds to a frame: a slot of MPEG layer I, at most.
constexpr std::uint32_t kMaxPadding = 4;

constexpr bool has_constant_size(Codec codec) noexcept {
  return codec == Codec::kMpegAudio || codec == Codec::kAc3 ||
         codec == Codec::kEac3;
}

constexpr bool is_ac3_family(Codec codec) noexcept {
  return codec == Codec::kAc3 || codec == Codec::kEac3;
}

/// True for the E-AC-3 frames that are no access unit of their own.
constexpr bool is_secondary(const FrameHeader& header) noexcept {
  return header.dependent || header.substream != 0;
}

constexpr bool is_same_stream(const FrameHeader& a,
                              const FrameHeader& b) noexcept {
  return a.codec == b.codec && a.sample_rate == b.sample_rate &&
         a.layer == b.layer;
}

/// True where the headers differ in nothing that a stream keeps. A LOAS header
/// has 11 bits to be known by, too few to be trusted anywhere.
constexpr bool is_alike(const FrameHeader& a, const FrameHeader& b) noexcept {
  const std::uint32_t change =
      a.size > b.size ? a.size - b.size : b.size - a.size;
  return is_same_stream(a, b) && a.codec != Codec::kAacLatm &&
         a.channels == b.channels && a.lfe == b.lfe && a.samples == b.samples &&
         a.dual_mono == b.dual_mono &&
         (!has_constant_size(a.codec) || change <= kMaxPadding);
}

/// Whether `next` may stand right behind a frame of `header`. E-AC-3 frames
/// may extend an AC-3 frame.
constexpr bool may_follow(const FrameHeader& header,
                          const FrameHeader& next) noexcept {
  const bool extends = header.codec == Codec::kAc3 && is_secondary(next) &&
                       next.sample_rate == header.sample_rate;
  return is_same_stream(header, next) || extends;
}

}  // namespace

Framer::Framer(Codec announced) : Framer(announced, ByteQueue(kQueueSize), {}) {
  events_.reserve(kEventCount);
}

Framer::Framer(Codec announced, ByteQueue queue,
               std::vector<Event> events) noexcept
    : announced_(announced),
      queue_(std::move(queue)),
      events_(std::move(events)) {}

void Framer::push(const PesPiece& piece) {
  queue_.consume(static_cast<std::size_t>(cursor_ - begin_));
  begin_ = cursor_;
  if (piece.starts) add_event(Event::Type::kPesStart, piece.pts, 0);
  queue_.append(piece.bytes);
}

void Framer::lose(unsigned packets) {
  add_event(Event::Type::kLoss, std::nullopt, packets * kPayloadSize);
}

void Framer::finish() { add_event(Event::Type::kEnd, std::nullopt, 0); }

void Framer::reset() noexcept {
  queue_.clear();
  events_.clear();
  *this = Framer(announced_, std::move(queue_), std::move(events_));
}

std::optional<AccessUnit> Framer::next() {
  AccessUnit unit;
  Step result = Step::kAgain;
  while (result == Step::kAgain) result = step(unit);
  if (result == Step::kWait) return std::nullopt;
  return unit;
}

Framer::Step Framer::step(AccessUnit& unit) {
  pass_events();
  const Window ahead = window();
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

void Framer::add_event(Event::Type type, std::optional<std::uint64_t> pts,
                       std::uint64_t lost) {
  events_.erase(events_.begin(),
                events_.begin() + static_cast<std::ptrdiff_t>(passed_events_));
  passed_events_ = 0;
  const std::uint64_t end = begin_ + queue_.size();
  if (!events_.empty() && events_.back().type == type &&
      events_.back().position == end) {
    events_.back().pts = pts;
    events_.back().lost += lost;
    return;
  }
  events_.push_back({type, end, pts, lost});
}

void Framer::pass_events() noexcept {
  while (passed_events_ < events_.size() &&
         events_[passed_events_].position <= cursor_) {
    pass(events_[passed_events_]);
    ++passed_events_;
  }
}

void Framer::pass(const Event& event) noexcept {
  if (event.type == Event::Type::kPesStart) {
    pts_ = event.pts;
    pes_start_ = event.position;
    garbage_ = 0;
    return;
  }
  // A PES packet's PTS belongs to its first frame, which may be what is lost.
  pts_.reset();
  contiguous_ = false;
  anchored_ = false;
  distance_ += static_cast<std::int64_t>(event.lost);
  if (event.type == Event::Type::kEnd) {
    last_.reset();
    expected_.reset();
    trailer_ = 0;
    clear_ = 0;
  }
}

bool Framer::starts_pes(std::uint64_t position) const noexcept {
  if (pes_start_ == position) return true;
  const auto found = std::lower_bound(
      events_.begin() + static_cast<std::ptrdiff_t>(passed_events_),
      events_.end(), position,
      [](const Event& event, std::uint64_t at) { return event.position < at; });
  return found != events_.end() && found->position == position &&
         found->type == Event::Type::kPesStart;
}

Framer::Window Framer::window() const noexcept {
  Window ahead;
  const std::size_t offset = static_cast<std::size_t>(cursor_ - begin_);
  ahead.bytes = queue_.view().subspan(offset);
  const auto border = std::find_if(
      events_.begin() + static_cast<std::ptrdiff_t>(passed_events_),
      events_.end(),
      [](const Event& event) { return event.type != Event::Type::kPesStart; });
  if (border == events_.end()) return ahead;
  ahead.bytes =
      ahead.bytes.first(static_cast<std::size_t>(border->position - cursor_));
  ahead.closed = true;
  ahead.ended = border->type == Event::Type::kEnd;
  return ahead;
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
  unit.missing = count_missing(header, whole, period);

  cursor_ += extent.size;
  clear_ = 0;
  last_ = header;
  last_size_ = whole;
  distance_ =
      static_cast<std::int64_t>(extent.size) - static_cast<std::int64_t>(whole);
  contiguous_ = true;
  anchored_ = true;
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
/// of layer III and E-AC-3 need not.
std::uint32_t Framer::count_missing(const FrameHeader& header,
                                    std::size_t whole,
                                    std::size_t period) const noexcept {
  if (!last_ || last_->codec != header.codec ||
      !has_constant_size(header.codec) || distance_ <= 0 ||
      std::max(whole, last_size_) - std::min(whole, last_size_) > kMaxPadding) {
    return 0;
  }
  const auto size = static_cast<std::int64_t>(period);
  const std::int64_t frames = (distance_ + size / 2) / size;
  return frames <= kMaxMissing ? static_cast<std::uint32_t>(frames) : 0;
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
