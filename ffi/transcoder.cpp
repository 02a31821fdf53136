// SPDX-License-Identifier: MIT
#include "xg2g/transcoder.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <span>
#include <string>

#include "options.h"
#include "records.h"
#include "remux/remuxer.h"

struct xg2g_remuxer {
  explicit xg2g_remuxer(xg2g::remux::Options options)
      : remuxer(std::move(options)) {}

  std::mutex mutex;
  xg2g::remux::Remuxer remuxer;
  std::string error;
};

namespace {

using xg2g::remux::Remuxer;

static_assert(XG2G_PACKET_SIZE == xg2g::ts::kPacketSize);

constexpr const char* kNoHandle = "the handle is NULL";
constexpr const char* kUnknownFailure = "a failure that has no name";
constexpr const char* kNotTs =
    "no transport stream packets were found in the input: it must be an MPEG "
    "transport stream of 188, 192 or 204 byte packets";

std::string& last_error() {
  thread_local std::string error;
  return error;
}

int fail(int code, const char* message) noexcept {
  try {
    last_error() = message;
  } catch (...) {
    // Out of memory for the sentence; the code still tells.
  }
  return code;
}

int fail(xg2g_remuxer& handle, int code, const char* message) noexcept {
  try {
    handle.error = message;
  } catch (...) {
    handle.error.clear();
  }
  return fail(code, message);
}

/// Runs `body` under the handle's lock; nothing it throws gets out.
template <typename Body>
int guard(xg2g_remuxer* handle, Body body) noexcept {
  if (handle == nullptr) return fail(XG2G_ERR_INVALID_ARGUMENT, kNoHandle);
  try {
    const std::lock_guard lock(handle->mutex);
    handle->error.clear();
    try {
      return body(*handle);
    } catch (const std::bad_alloc&) {
      handle->remuxer.abandon();
      return fail(*handle, XG2G_ERR_NO_MEMORY, "out of memory");
    } catch (const std::exception& defect) {
      handle->remuxer.abandon();
      return fail(*handle, XG2G_ERR_INTERNAL, defect.what());
    } catch (...) {
      handle->remuxer.abandon();
      return fail(*handle, XG2G_ERR, kUnknownFailure);
    }
  } catch (...) {
    return fail(XG2G_ERR_INTERNAL, "the handle's lock failed");
  }
}

std::span<std::uint8_t> writable(std::uint8_t* out, std::size_t cap) noexcept {
  return {out, std::min<std::size_t>(cap, INT_MAX)};
}

int answer(xg2g_remuxer& handle, const Remuxer::Answer& answer) noexcept {
  if (answer.not_ts) return fail(handle, XG2G_ERR_NOT_TS, kNotTs);
  return static_cast<int>(answer.bytes);
}

/// Says why `out` cannot be written to; 0 if it can.
int check_output(xg2g_remuxer& handle, const std::uint8_t* out,
                 std::size_t cap) noexcept {
  if (out == nullptr) {
    return fail(handle, XG2G_ERR_INVALID_ARGUMENT, "out is NULL");
  }
  if (cap < XG2G_PACKET_SIZE) {
    return fail(handle, XG2G_ERR_OUTPUT_TOO_SMALL,
                "cap is under 188 bytes, the size of one packet");
  }
  return XG2G_OK;
}

int check_input(xg2g_remuxer& handle, const std::uint8_t* in,
                std::size_t in_len) noexcept {
  if (in == nullptr && in_len > 0) {
    return fail(handle, XG2G_ERR_INVALID_ARGUMENT,
                "in is NULL and in_len is not 0");
  }
  if (in_len > INT32_MAX) {
    return fail(handle, XG2G_ERR_INVALID_ARGUMENT,
                "in_len is over 2147483647 bytes: pass it in pieces");
  }
  if (in_len > 0 && handle.remuxer.pending() > XG2G_PENDING_LIMIT) {
    return fail(handle, XG2G_ERR_OUTPUT_TOO_SMALL,
                "over 16 MiB of output wait: drain them with in_len 0 first");
  }
  return XG2G_OK;
}

}  // namespace

extern "C" {

void xg2g_remux_options_init(xg2g_remux_options* options) {
  if (options != nullptr) *options = xg2g::ffi::default_options();
}

xg2g_remuxer_handle xg2g_audio_remux_init(int sample_rate, int channels,
                                          int bitrate) {
  xg2g_remux_options options = xg2g::ffi::default_options();
  options.sample_rate = sample_rate;
  options.channels = channels;
  options.bit_rate = bitrate;
  return xg2g_audio_remux_init_with(&options);
}

xg2g_remuxer_handle xg2g_audio_remux_init_with(
    const xg2g_remux_options* options) {
  try {
    xg2g::remux::Options read;
    if (const auto refusal = xg2g::ffi::read_options(options, read)) {
      fail(XG2G_ERR_INVALID_ARGUMENT, refusal->c_str());
      return nullptr;
    }
    return new xg2g_remuxer(std::move(read));
  } catch (const std::bad_alloc&) {
    fail(XG2G_ERR_NO_MEMORY, "out of memory");
  } catch (const std::exception& defect) {
    fail(XG2G_ERR_INTERNAL, defect.what());
  } catch (...) {
    fail(XG2G_ERR, kUnknownFailure);
  }
  return nullptr;
}

int xg2g_audio_remux_process(xg2g_remuxer_handle handle, const std::uint8_t* in,
                             std::size_t in_len, std::uint8_t* out,
                             std::size_t cap) {
  return guard(handle, [&](xg2g_remuxer& self) -> int {
    if (const int bad = check_output(self, out, cap)) return bad;
    if (const int bad = check_input(self, in, in_len)) return bad;
    return answer(self, self.remuxer.process({in, in_len}, writable(out, cap)));
  });
}

std::size_t xg2g_audio_remux_pending(xg2g_remuxer_handle handle) {
  if (handle == nullptr) return 0;
  std::size_t pending = 0;
  (void)guard(handle, [&](xg2g_remuxer& self) -> int {
    pending = self.remuxer.pending();
    return XG2G_OK;
  });
  return pending;
}

int xg2g_audio_remux_flush(xg2g_remuxer_handle handle, std::uint8_t* out,
                           std::size_t cap) {
  return guard(handle, [&](xg2g_remuxer& self) -> int {
    if (const int bad = check_output(self, out, cap)) return bad;
    return answer(self, self.remuxer.flush(writable(out, cap)));
  });
}

int xg2g_audio_remux_reset(xg2g_remuxer_handle handle) {
  return guard(handle, [](xg2g_remuxer& self) -> int {
    self.remuxer.reset();
    return XG2G_OK;
  });
}

int xg2g_audio_remux_stats(xg2g_remuxer_handle handle,
                           xg2g_remux_stats* stats) {
  return guard(handle, [&](xg2g_remuxer& self) -> int {
    const auto now = xg2g::ffi::make_stats(self.remuxer.stats());
    if (!xg2g::ffi::give(stats, now)) {
      return fail(self, XG2G_ERR_INVALID_ARGUMENT,
                  "stats is NULL or its struct_size is not set");
    }
    return XG2G_OK;
  });
}

int xg2g_audio_remux_stream(xg2g_remuxer_handle handle, std::uint32_t index,
                            xg2g_remux_stream* stream) {
  return guard(handle, [&](xg2g_remuxer& self) -> int {
    const auto report = self.remuxer.stream(index);
    if (!report) {
      return fail(self, XG2G_ERR_INVALID_ARGUMENT,
                  "index is past the last elementary stream");
    }
    if (!xg2g::ffi::give(stream, xg2g::ffi::make_stream(*report))) {
      return fail(self, XG2G_ERR_INVALID_ARGUMENT,
                  "stream is NULL or its struct_size is not set");
    }
    return XG2G_OK;
  });
}

int xg2g_audio_remux_next_event(xg2g_remuxer_handle handle,
                                xg2g_remux_event* event) {
  return guard(handle, [&](xg2g_remuxer& self) -> int {
    if (!xg2g::ffi::can_give(event)) {
      return fail(self, XG2G_ERR_INVALID_ARGUMENT,
                  "event is NULL or its struct_size is not set");
    }
    const auto next = self.remuxer.next_event();
    if (!next) return 0;
    (void)xg2g::ffi::give(event, xg2g::ffi::make_event(*next));
    return 1;
  });
}

void xg2g_audio_remux_free(xg2g_remuxer_handle handle) { delete handle; }

const char* xg2g_audio_remux_error(xg2g_remuxer_handle handle) {
  if (handle == nullptr) return kNoHandle;
  try {
    const std::lock_guard lock(handle->mutex);
    return handle->error.c_str();
  } catch (...) {
    return "the handle's lock failed";
  }
}

const char* xg2g_transcoder_version(void) { return XG2G_VERSION; }

const char* xg2g_transcoder_ffmpeg_version(void) {
  return xg2g::remux::ffmpeg_version();
}

int xg2g_transcoder_abi(void) { return XG2G_ABI_VERSION; }

char* xg2g_last_error(void) {
  try {
    const std::string& error = last_error();
    return error.empty() ? nullptr : strdup(error.c_str());
  } catch (...) {
    return nullptr;
  }
}

void xg2g_free_string(char* string) { std::free(string); }

}  // extern "C"
