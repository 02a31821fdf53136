/* SPDX-License-Identifier: MIT */
#ifndef XG2G_EXAMPLES_FILE_H
#define XG2G_EXAMPLES_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* One end of the stream. Each function that fails has told the user why. */
struct file {
  const char *path; /* As on the command line. */
  const char *name; /* For people. */
  int descriptor;
  int created; /* It was not there before. */
  int begun;   /* What was in it before is gone. */
};

int file_open_in(struct file *file, const char *path);
/* What is in the file stays until the first byte is written, so that a bad
 * input costs nobody a good recording. */
int file_open_out(struct file *file, const char *path);
/* True for two names of one regular file. */
int file_is_same(const struct file *a, const struct file *b);
/* True for what has an end that can be waited for: a regular file. */
int file_is_regular(const struct file *file);

/* What is there, at most `size` bytes; 0 at the end or after a signal that
 * asks to stop, -1 on failure. */
ssize_t file_read(struct file *file, uint8_t *bytes, size_t size);
/* Writes all of it: 0, or -1. */
int file_write(struct file *file, const uint8_t *bytes, size_t size);
/* Closes what was written. Where nothing was, `failed` decides whether an
 * empty file is left: 0, or -1. */
int file_close_out(struct file *file, int failed);

/* From here on SIGINT and SIGTERM end the input, and a reader that goes away
 * is an error of writing. */
void file_catch_signals(void);

#endif
