/* SPDX-License-Identifier: MIT */
/* NOLINTNEXTLINE(bugprone-reserved-identifier): the switch is POSIX's own. */
#define _POSIX_C_SOURCE 200809L
#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "words.h"

#define SECOND INT64_C(1000000000)

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * SECOND + time.tv_nsec;
}

void progress_begin(struct progress *progress, int wanted) {
  progress->shows = wanted && isatty(STDERR_FILENO);
  progress->begin = now();
  progress->next = progress->begin;
}

void progress_update(struct progress *progress, xg2g_remuxer_handle handle) {
  if (!progress->shows) return;
  const int64_t time = now();
  if (time < progress->next) return;
  progress->next = time + SECOND / 4;
  xg2g_remux_stats stats = {.struct_size = sizeof stats};
  if (xg2g_audio_remux_stats(handle, &stats) != XG2G_OK) return;
  const double elapsed = (double)(time - progress->begin) / (double)SECOND;
  const double stream = words_seconds(stats.stream_time);
  char length[32];
  words_duration(length, sizeof length, stream);
  fprintf(stderr, "\r\033[K%.1f MB  %s  %.1f x  errors %llu",
          (double)stats.bytes_in / 1e6, length,
          elapsed > 0 ? stream / elapsed : 0,
          (unsigned long long)words_errors(&stats));
}

void progress_clear(const struct progress *progress) {
  if (progress->shows) fputs("\r\033[K", stderr);
}
