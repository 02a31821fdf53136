// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "support/bytes.h"
#include "xg2g/transcoder.h"

namespace xg2g::test {

struct FreeHandle {
  void operator()(xg2g_remuxer* handle) const noexcept {
    xg2g_audio_remux_free(handle);
  }
};
using Handle = std::unique_ptr<xg2g_remuxer, FreeHandle>;

[[nodiscard]] inline xg2g_remux_options default_options() {
  xg2g_remux_options options;
  xg2g_remux_options_init(&options);
  return options;
}

[[nodiscard]] inline Handle open_handle(
    const xg2g_remux_options& options = default_options()) {
  return Handle(xg2g_audio_remux_init_with(&options));
}

/// The calling thread's last failure, "" if none.
[[nodiscard]] inline std::string last_error() {
  char* message = xg2g_last_error();
  const std::string copy = message == nullptr ? "" : message;
  xg2g_free_string(message);
  return copy;
}

[[nodiscard]] inline xg2g_remux_stats stats_of(const Handle& handle) {
  xg2g_remux_stats stats{};
  stats.struct_size = sizeof stats;
  (void)xg2g_audio_remux_stats(handle.get(), &stats);
  return stats;
}

/// What a call answered, and what it wrote.
struct Called {
  int answer = 0;
  Bytes bytes;
};

[[nodiscard]] inline Called process(const Handle& handle, View in,
                                    std::size_t cap = std::size_t{1} << 20) {
  Called called{0, Bytes(cap)};
  called.answer = xg2g_audio_remux_process(handle.get(), in.data(), in.size(),
                                           called.bytes.data(), cap);
  called.bytes.resize(static_cast<std::size_t>(std::max(called.answer, 0)));
  return called;
}

/// Feeds `in` in pieces, with a buffer of `cap`; all that leaves at once.
inline Bytes feed(const Handle& handle, View in, std::size_t piece = 65'536,
                  std::size_t cap = std::size_t{1} << 18) {
  Bytes out;
  while (!in.empty()) {
    const View part = in.first(std::min(piece, in.size()));
    in = in.subspan(part.size());
    put(out, process(handle, part, cap).bytes);
  }
  return out;
}

/// What waits.
inline Bytes drain(const Handle& handle, std::size_t cap = 65'536) {
  Bytes out;
  for (;;) {
    const Called called = process(handle, {}, cap);
    if (called.answer <= 0) return out;
    put(out, called.bytes);
  }
}

/// flush() until it answers 0.
inline Bytes finish(const Handle& handle, std::size_t cap = 65'536) {
  Bytes out;
  Bytes piece(cap);
  for (;;) {
    const int answer = xg2g_audio_remux_flush(handle.get(), piece.data(), cap);
    if (answer <= 0) return out;
    put(out, View(piece).first(static_cast<std::size_t>(answer)));
  }
}

/// A whole stream through a handle of its own.
[[nodiscard]] inline Bytes remux(
    View stream, const xg2g_remux_options& options = default_options()) {
  const Handle handle = open_handle(options);
  Bytes out = feed(handle, stream);
  put(out, finish(handle));
  return out;
}

}  // namespace xg2g::test
