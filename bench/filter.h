// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "support/bytes.h"
#include "xg2g/transcoder.h"

namespace xg2g::bench {

inline constexpr std::size_t kRead = std::size_t{64} * 1024;

struct FreeHandle {
  void operator()(xg2g_remuxer* handle) const noexcept {
    xg2g_audio_remux_free(handle);
  }
};

/// The archive as a program drives it: reads of 64 KiB into one buffer.
class Filter {
 public:
  /// `languages` as in xg2g_remux_options.
  explicit Filter(const char* languages = nullptr) {
    xg2g_remux_options options;
    xg2g_remux_options_init(&options);
    options.languages = languages;
    handle_.reset(xg2g_audio_remux_init_with(&options));
  }

  /// The bytes written, all told.
  std::size_t run(test::View stream) {
    std::size_t written = 0;
    while (!stream.empty()) {
      const test::View piece = stream.first(std::min(kRead, stream.size()));
      stream = stream.subspan(piece.size());
      const int answer = xg2g_audio_remux_process(
          handle_.get(), piece.data(), piece.size(), out_.data(), out_.size());
      written += static_cast<std::size_t>(std::max(answer, 0));
    }
    return written;
  }
  void reset() { (void)xg2g_audio_remux_reset(handle_.get()); }

 private:
  std::unique_ptr<xg2g_remuxer, FreeHandle> handle_;
  std::vector<std::uint8_t> out_ = std::vector<std::uint8_t>(2 * kRead);
};

}  // namespace xg2g::bench
