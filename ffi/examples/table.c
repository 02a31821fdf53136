/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <ctype.h>
#include <string.h>

#include "words.h"

/* One line's texts. */
struct row {
  xg2g_remux_stream stream;
  char in[64];
  char out[64];
};

struct widths {
  int in;
  int out;
};

/* What a stream claims must not drive the terminal. */
static void make_printable(char *text) {
  for (; *text != '\0'; ++text) {
    if (!isprint((unsigned char)*text)) *text = '?';
  }
}

static int read_row(struct row *row, xg2g_remuxer_handle handle, uint32_t index,
                    const xg2g_remux_options *options) {
  memset(&row->stream, 0, sizeof row->stream);
  row->stream.struct_size = sizeof row->stream;
  if (xg2g_audio_remux_stream(handle, index, &row->stream) != XG2G_OK) return 0;
  words_in(row->in, sizeof row->in, &row->stream);
  words_out(row->out, sizeof row->out, &row->stream, options);
  make_printable(row->in);
  make_printable(row->stream.language);
  return 1;
}

static void widen(int *width, const char *text) {
  const int length = (int)strlen(text);
  if (length > *width) *width = length;
}

static struct widths measure(xg2g_remuxer_handle handle,
                             const xg2g_remux_options *options) {
  struct widths widths = {.in = 2, .out = 3};
  struct row row;
  for (uint32_t i = 0; read_row(&row, handle, i, options); ++i) {
    widen(&widths.in, row.in);
    widen(&widths.out, row.out);
  }
  return widths;
}

static void print_columns(FILE *file, const struct widths *widths) {
  fprintf(file, "%-6s %-4s %-*s  %-*s %6s %7s %4s\n", "PID", "Lang", widths->in,
          "In", widths->out, "Out", "Frames", "Damaged", "Gaps");
}

static void print_program(FILE *file, const xg2g_remux_stream *stream) {
  fprintf(file, "Program %u, PMT on PID 0x%04X, PCR on PID 0x%04X\n",
          stream->program_number, stream->pmt_pid, stream->pcr_pid);
}

static int is_transcoded(const xg2g_remux_stream *stream) {
  return stream->state == XG2G_STREAM_TRANSCODED ||
         stream->state == XG2G_STREAM_CONVERTED || stream->frames_out > 0;
}

static void print_row(FILE *file, const struct row *row,
                      const struct widths *widths) {
  const xg2g_remux_stream *stream = &row->stream;
  fprintf(file, "0x%04X %-4s %-*s  ", stream->pid, stream->language, widths->in,
          row->in);
  if (!is_transcoded(stream)) {
    fprintf(file, "%s\n", row->out);
    return;
  }
  fprintf(file, "%-*s %6llu %7llu %4llu\n", widths->out, row->out,
          (unsigned long long)stream->frames_out,
          (unsigned long long)stream->frames_concealed,
          (unsigned long long)stream->gaps);
}

/* The answer is whether any of them is transcoded. */
static int print_streams(FILE *file, xg2g_remuxer_handle handle,
                         const xg2g_remux_options *options) {
  const struct widths widths = measure(handle, options);
  int program = -1;
  int transcoded = 0;
  struct row row;
  for (uint32_t i = 0; read_row(&row, handle, i, options); ++i) {
    if (i == 0) print_columns(file, &widths);
    if (row.stream.program_number != program) print_program(file, &row.stream);
    program = row.stream.program_number;
    transcoded |= is_transcoded(&row.stream);
    print_row(file, &row, &widths);
  }
  if (program < 0) fputs("No program was announced\n", file);
  return transcoded;
}

/* Prints "3 gaps" with what it takes to stand in a list; nothing for 0. */
static void print_count(FILE *file, int *printed, uint64_t count,
                        const char *one, const char *many) {
  if (count == 0) return;
  fprintf(file, "%s%llu %s", *printed ? ", " : "", (unsigned long long)count,
          count == 1 ? one : many);
  *printed = 1;
}

static void print_errors(FILE *file, const xg2g_remux_stats *s) {
  int printed = 0;
  print_count(file, &printed, s->continuity_errors, "continuity error",
              "continuity errors");
  print_count(file, &printed, s->transport_errors, "transport error",
              "transport errors");
  print_count(file, &printed, s->sync_losses, "sync loss", "sync losses");
  print_count(file, &printed, s->bytes_dropped, "byte dropped",
              "bytes dropped");
  print_count(file, &printed, s->psi_errors, "PSI error", "PSI errors");
  print_count(file, &printed, s->duplicates, "duplicate", "duplicates");
  print_count(file, &printed, s->scrambled_packets, "scrambled audio packet",
              "scrambled audio packets");
  print_count(file, &printed, s->frames_concealed, "frame concealed",
              "frames concealed");
  print_count(file, &printed, s->gaps, "gap", "gaps");
  print_count(file, &printed, s->overlaps, "overlap", "overlaps");
  print_count(file, &printed, s->discontinuities, "discontinuity",
              "discontinuities");
  fputs(printed ? "\n" : "No errors\n", file);
}

void table_print(FILE *file, xg2g_remuxer_handle handle,
                 const xg2g_remux_options *options) {
  xg2g_remux_stats stats = {.struct_size = sizeof stats};
  if (xg2g_audio_remux_stats(handle, &stats) != XG2G_OK) return;
  if (!print_streams(file, handle, options)) {
    const int all = stats.bytes_out == stats.packets * XG2G_PACKET_SIZE;
    fprintf(file, "Nothing to transcode%s\n", all ? ": all packets pass" : "");
  }
  char length[32];
  words_duration(length, sizeof length, words_seconds(stats.stream_time));
  fprintf(file, "%llu packets of %u bytes, %s of stream, %llu bytes out\n",
          (unsigned long long)stats.packets, stats.packet_size, length,
          (unsigned long long)stats.bytes_out);
  print_errors(file, &stats);
}
