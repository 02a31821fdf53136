/* SPDX-License-Identifier: MIT */
#include "filter.h"

#include "message.h"

/* What a pipe holds. */
enum { READ_SIZE = 64 * 1024 };
/* Room for one read, for what was held back before it (512 KiB at most), and
 * for the AAC that both of them end: one call then empties the handle. */
enum { WRITE_SIZE = 1024 * 1024 };
/* A stream without a clock has no time to stop at. */
#define PROBE_BYTES (UINT64_C(64) << 20)

static uint8_t in_buffer[READ_SIZE];
static uint8_t out_buffer[WRITE_SIZE];

static int fail(const struct filter *filter) {
  progress_clear(filter->progress);
  message("%s", xg2g_audio_remux_error(filter->handle));
  return -1;
}

static int fail_not_ts(const struct filter *filter) {
  progress_clear(filter->progress);
  message(
      "%s is not an MPEG transport stream; give a recording as the receiver "
      "sends it (.ts, .m2ts)",
      filter->in->name);
  return -1;
}

static int put(const struct filter *filter, int count) {
  if (filter->out == NULL || count == 0) return 0;
  const int result = file_write(filter->out, out_buffer, (size_t)count);
  if (result < 0) progress_clear(filter->progress);
  return result;
}

static xg2g_remux_stats get_stats(const struct filter *filter) {
  xg2g_remux_stats stats = {.struct_size = sizeof stats};
  xg2g_audio_remux_stats(filter->handle, &stats);
  return stats;
}

/* 64 KiB without sync. At the very start that is no stream; later it is noise
 * that will pass. */
static int forgive(const struct filter *filter, int *warned) {
  if (get_stats(filter).packets == 0) return fail_not_ts(filter);
  if (*warned) return 0;
  *warned = 1;
  progress_clear(filter->progress);
  message("%s holds something else than packets for 64 KiB; searching on",
          filter->in->name);
  return 0;
}

static int drain(const struct filter *filter) {
  while (xg2g_audio_remux_pending(filter->handle) > 0) {
    const int count = xg2g_audio_remux_process(filter->handle, in_buffer, 0,
                                               out_buffer, WRITE_SIZE);
    if (count < 0) return fail(filter);
    if (put(filter, count) < 0) return -1;
  }
  return 0;
}

static int push(const struct filter *filter, size_t size, int *warned) {
  const int count = xg2g_audio_remux_process(filter->handle, in_buffer, size,
                                             out_buffer, WRITE_SIZE);
  if (count == XG2G_ERR_NOT_TS) {
    if (forgive(filter, warned) < 0) return -1;
  } else if (count < 0) {
    return fail(filter);
  } else if (put(filter, count) < 0) {
    return -1;
  }
  return drain(filter);
}

static int is_enough(const struct filter *filter) {
  if (filter->limit == 0) return 0;
  const xg2g_remux_stats stats = get_stats(filter);
  return stats.stream_time >= filter->limit || stats.bytes_in >= PROBE_BYTES;
}

static int end(const struct filter *filter) {
  int count;
  do {
    count = xg2g_audio_remux_flush(filter->handle, out_buffer, WRITE_SIZE);
    if (count == XG2G_ERR_NOT_TS) return fail_not_ts(filter);
    if (count < 0) return fail(filter);
    if (put(filter, count) < 0) return -1;
  } while (count > 0);
  return 0;
}

int filter_run(struct filter *filter) {
  int warned = 0;
  int empty = 1;
  ssize_t size = 0;
  while (!is_enough(filter) &&
         (size = file_read(filter->in, in_buffer, READ_SIZE)) > 0) {
    empty = 0;
    if (push(filter, (size_t)size, &warned) < 0) return -1;
    progress_update(filter->progress, filter->handle);
  }
  if (size < 0) {
    (void)end(filter);
    return -1;
  }
  if (!empty) return end(filter);
  message("%s is empty; nothing was written", filter->in->name);
  return -1;
}
