// SPDX-License-Identifier: MIT
#include "es/marked_bytes.h"

#include <algorithm>
#include <utility>

namespace xg2g::es {
namespace {

constexpr std::size_t kMarkCount = 64;

}  // namespace

MarkedBytes::MarkedBytes(std::size_t capacity) : queue_(capacity) {
  marks_.reserve(kMarkCount);
}

void MarkedBytes::append_surplus(std::span<const std::uint8_t> bytes) {
  if (refuses_surplus_ || bytes.empty()) return;
  const bool goes_on = taken_ < marks_.size() && marks_.back().open;
  if (!goes_on) {
    mark({.type = Type::kSurplus, .open = true});
  }
  marks_.back().bytes += bytes.size();
  queue_.append(bytes);
}

void MarkedBytes::mark(Mark mark) {
  marks_.erase(marks_.begin(), waiting());
  taken_ = 0;
  if (mark.type != Type::kSurplus) {
    refuses_surplus_ = false;
    if (!marks_.empty() && std::exchange(marks_.back().open, false) &&
        marks_.back().bytes == 0) {
      marks_.pop_back();
    }
  }
  mark.position = end();
  if (!marks_.empty() && marks_.back().type == mark.type &&
      marks_.back().position == mark.position) {
    mark.bytes += marks_.back().bytes;
    mark.discontinuity = mark.discontinuity || marks_.back().discontinuity;
    marks_.pop_back();
  }
  marks_.push_back(mark);
}

void MarkedBytes::forget_before(std::uint64_t position) noexcept {
  queue_.consume(static_cast<std::size_t>(position - begin_));
  begin_ = position;
}

void MarkedBytes::clear() noexcept {
  queue_.clear();
  begin_ = 0;
  marks_.clear();
  taken_ = 0;
  refuses_surplus_ = false;
}

MarkedBytes::Window MarkedBytes::window(
    std::uint64_t from, std::initializer_list<Type> types) const noexcept {
  const auto ahead =
      queue_.view().subspan(static_cast<std::size_t>(from - begin_));
  const Mark* border = find(types);
  if (border == nullptr) return {ahead};
  return {
      .bytes = ahead.first(static_cast<std::size_t>(border->position - from)),
      .closed = border->type != Type::kSurplus,
      .ended = border->type == Type::kEnd};
}

std::optional<Mark> MarkedBytes::take(std::uint64_t position) noexcept {
  if (taken_ == marks_.size() || marks_[taken_].position > position ||
      marks_[taken_].type == Type::kSurplus) {
    return std::nullopt;
  }
  return marks_[taken_++];
}

Mark* MarkedBytes::find(std::initializer_list<Type> types) noexcept {
  const auto found = std::find_if(waiting(), marks_.end(), [&](const Mark& m) {
    return std::ranges::find(types, m.type) != types.end();
  });
  return found == marks_.end() ? nullptr : &*found;
}

const Mark* MarkedBytes::find(
    std::initializer_list<Type> types) const noexcept {
  return const_cast<MarkedBytes*>(this)->find(types);
}

const Mark* MarkedBytes::find_pes_start(std::uint64_t from,
                                        std::uint64_t to) const noexcept {
  for (std::size_t i = taken_; i < marks_.size(); ++i) {
    const Mark& mark = marks_[i];
    if (mark.position >= to) return nullptr;
    if (mark.position >= from && mark.type == Type::kPesStart) return &mark;
  }
  return nullptr;
}

void MarkedBytes::remove_losses(std::uint64_t from, std::uint64_t to) noexcept {
  marks_.erase(std::remove_if(waiting(), marks_.end(),
                              [&](const Mark& m) {
                                return m.type == Type::kLoss &&
                                       m.position >= from && m.position < to;
                              }),
               marks_.end());
}

void MarkedBytes::remove(Mark* mark) noexcept {
  marks_.erase(marks_.begin() + (mark - marks_.data()));
}

void MarkedBytes::keep_surplus(Mark* surplus, std::uint64_t position) noexcept {
  const std::uint64_t kept =
      std::min(position - surplus->position, surplus->bytes);
  surplus->position += kept;
  surplus->bytes -= kept;
  if (surplus->bytes == 0 && !surplus->open) remove(surplus);
}

void MarkedBytes::drop_surplus(Mark* surplus) noexcept {
  const std::uint64_t bytes = surplus->bytes;
  if (surplus->open) refuses_surplus_ = true;
  queue_.erase(static_cast<std::size_t>(surplus->position - begin_),
               static_cast<std::size_t>(bytes));
  const auto behind = marks_.begin() + (surplus - marks_.data()) + 1;
  for (auto mark = behind; mark != marks_.end(); ++mark) {
    mark->position -= bytes;
  }
  remove(surplus);
}

std::vector<Mark>::iterator MarkedBytes::waiting() noexcept {
  return marks_.begin() + static_cast<std::ptrdiff_t>(taken_);
}

}  // namespace xg2g::es
