/* SPDX-License-Identifier: MIT */
#ifndef XG2G_EXAMPLES_FILTER_H
#define XG2G_EXAMPLES_FILTER_H

#include <xg2g/transcoder.h>

#include "file.h"
#include "progress.h"

/* The way of the stream from one file through a handle to another. */
struct filter {
  xg2g_remuxer_handle handle;
  struct file *in;
  struct file *out; /* NULL: what would be written is forgotten. */
  struct progress *progress;
  int64_t
      limit; /* Stop after that many 27 MHz ticks of stream; 0: at the end. */
};

/* Runs to the end: 0, or -1 where the user was told what is wrong. */
int filter_run(struct filter *filter);

#endif
