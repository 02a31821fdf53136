/* SPDX-License-Identifier: MIT */
#ifndef XG2G_EXAMPLES_PROGRESS_H
#define XG2G_EXAMPLES_PROGRESS_H

#include <stdint.h>
#include <xg2g/transcoder.h>

/* One line on standard error that is written over a few times a second, where
 * that is a terminal. */
struct progress {
  int shows;
  int64_t begin; /* Nanoseconds of a clock that never jumps. */
  int64_t next;
};

void progress_begin(struct progress *progress, int wanted);
/* Writes the line anew where it is time to. */
void progress_update(struct progress *progress, xg2g_remuxer_handle handle);
/* Takes the line away, so that something else can be printed. */
void progress_clear(const struct progress *progress);

#endif
