// SPDX-License-Identifier: MIT
#include "filter.h"

#include <algorithm>
#include <random>
#include <span>

namespace xg2g::test {
namespace {

/// Writes what `remuxer` has behind `out` until nothing waits.
template <typename Call>
void drain(remux::Remuxer& remuxer, std::size_t room, Bytes& out, Call call) {
  Bytes buffer(room);
  auto answer = call(std::span(buffer));
  do {
    put(out, View(buffer).first(answer.bytes));
    if (remuxer.pending() == 0) return;
    answer = remuxer.process({}, buffer);
  } while (answer.bytes > 0);
}

}  // namespace

Bytes Filter::push(View in) {
  Bytes out;
  drain(remuxer_, in.size() + 4096, out, [&](std::span<std::uint8_t> room) {
    const auto answer = remuxer_.process(in, room);
    not_ts_ = answer.not_ts;
    return answer;
  });
  return out;
}

Bytes Filter::flush() {
  Bytes out;
  Bytes buffer(65'536);
  not_ts_ = false;
  for (;;) {
    const auto answer = remuxer_.flush(buffer);
    not_ts_ = not_ts_ || answer.not_ts;
    if (answer.bytes == 0 && !answer.not_ts) return out;
    put(out, View(buffer).first(answer.bytes));
  }
}

Bytes Filter::run(View stream) {
  Bytes out = push(stream);
  put(out, flush());
  return out;
}

std::optional<remux::StreamReport> Filter::stream(std::uint16_t pid) const {
  for (std::size_t i = 0;; ++i) {
    const auto report = remuxer_.stream(i);
    if (!report || report->pid == pid) return report;
  }
}

std::vector<remux::Event> Filter::events(remux::EventType type) {
  std::vector<remux::Event> found;
  while (const auto event = remuxer_.next_event()) {
    if (event->type == type) found.push_back(*event);
  }
  return found;
}

Bytes filter(View stream, remux::Options options) {
  return Filter(std::move(options)).run(stream);
}

Bytes filter_cut(View stream, std::size_t piece, std::size_t room) {
  remux::Remuxer remuxer{remux::Options{}};
  Bytes out;
  for (; !stream.empty();
       stream = stream.subspan(std::min(piece, stream.size()))) {
    const View in = stream.first(std::min(piece, stream.size()));
    drain(remuxer, room, out, [&](std::span<std::uint8_t> buffer) {
      return remuxer.process(in, buffer);
    });
  }
  drain(remuxer, room, out,
        [&](std::span<std::uint8_t> buffer) { return remuxer.flush(buffer); });
  return out;
}

Bytes filter_cut_at_random(View stream, std::uint32_t seed) {
  std::minstd_rand random(seed);
  Filter filter;
  Bytes out;
  while (!stream.empty()) {
    const std::size_t piece = std::min<std::size_t>(
        random() % 3 == 0 ? random() % 8 : random() % 2000, stream.size());
    put(out, filter.push(stream.first(piece)));
    stream = stream.subspan(piece);
  }
  put(out, filter.flush());
  return out;
}

}  // namespace xg2g::test
