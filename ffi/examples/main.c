/* SPDX-License-Identifier: MIT */

/* xg2g-remux: a transport stream in, the same with its sound as AAC out. */

#include <stdio.h>
#include <string.h>
#include <xg2g/transcoder.h>

#include "file.h"
#include "filter.h"
#include "help.h"
#include "json.h"
#include "message.h"
#include "options.h"
#include "progress.h"
#include "table.h"

/* Seconds of stream that a probe takes from a pipe, which may have no end. */
#define PROBE_TICKS (INT64_C(5) * 27000000)

/* The table is the product of a probe, and beside the point of a filter whose
 * standard output is the stream. */
static void report(const struct options *options, xg2g_remuxer_handle handle) {
  const int out_is_pipe =
      options->out != NULL && strcmp(options->out, "-") == 0;
  if (options->json) {
    json_print(out_is_pipe ? stderr : stdout, handle, options);
  } else if (!options->quiet) {
    table_print(options->probe ? stdout : stderr, handle, &options->remux);
  }
}

static int has_packets(xg2g_remuxer_handle handle) {
  xg2g_remux_stats stats = {.struct_size = sizeof stats};
  return xg2g_audio_remux_stats(handle, &stats) == XG2G_OK && stats.packets > 0;
}

static int run(const struct options *options, xg2g_remuxer_handle handle,
               struct file *in, struct file *out) {
  struct progress progress;
  progress_begin(&progress, !options->quiet);
  struct filter filter = {
      .handle = handle, .in = in, .out = out, .progress = &progress};
  if (options->probe && !file_is_regular(in)) filter.limit = PROBE_TICKS;
  int result = filter_run(&filter);
  progress_clear(&progress);
  if (out != NULL && file_close_out(out, result < 0) < 0) result = -1;
  if (result == 0 || has_packets(handle)) report(options, handle);
  return result == 0 ? STATUS_OK : STATUS_INPUT;
}

static int open_and_run(const struct options *options,
                        xg2g_remuxer_handle handle) {
  struct file in;
  struct file out;
  file_catch_signals();
  if (file_open_in(&in, options->in) < 0) return STATUS_INPUT;
  if (options->probe) return run(options, handle, &in, NULL);
  if (file_open_out(&out, options->out) < 0) return STATUS_INPUT;
  if (file_is_same(&in, &out)) {
    message("%s is what is being read; name another file for OUT", out.name);
    return STATUS_USAGE;
  }
  return run(options, handle, &in, &out);
}

static int start(const struct options *options) {
  xg2g_remuxer_handle handle = xg2g_audio_remux_init_with(&options->remux);
  if (handle == NULL) {
    char *reason = xg2g_last_error();
    message("%s", reason != NULL ? reason : "the transcoder did not start");
    xg2g_free_string(reason);
    return STATUS_USAGE;
  }
  const int status = open_and_run(options, handle);
  xg2g_audio_remux_free(handle);
  return status;
}

int main(int argc, char **argv) {
  struct options options;
  switch (options_read(&options, argc, argv)) {
    case COMMAND_RUN:
      return start(&options);
    case COMMAND_HELP:
      help_print(stdout);
      return STATUS_OK;
    case COMMAND_VERSION:
      printf("xg2g-remux %s\nFFmpeg %s\n", xg2g_transcoder_version(),
             xg2g_transcoder_ffmpeg_version());
      return STATUS_OK;
    default:
      return STATUS_USAGE;
  }
}
