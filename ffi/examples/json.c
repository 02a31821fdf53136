/* SPDX-License-Identifier: MIT */
#include "json.h"

#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "words.h"

/* Bytes of the UTF-8 character at `text`, 0 where it is none (RFC 3629). */
static int measure_character(const unsigned char *text) {
  static const struct {
    unsigned char first, last, low, high;
    int size;
  } forms[] = {
      {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
      {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3},
      {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
      {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
  };
  if (text[0] < 0x80) return 1;
  for (size_t i = 0; i < sizeof forms / sizeof *forms; ++i) {
    if (text[0] < forms[i].first || text[0] > forms[i].last) continue;
    if (text[1] < forms[i].low || text[1] > forms[i].high) return 0;
    for (int n = 2; n < forms[i].size; ++n) {
      if ((text[n] & 0xC0) != 0x80) return 0;
    }
    return forms[i].size;
  }
  return 0;
}

/* A string with its quotes; bytes that are no UTF-8 become U+FFFD. */
static void print_string(FILE *file, const char *string) {
  const unsigned char *text = (const unsigned char *)string;
  fputc('"', file);
  while (*text != '\0') {
    const int size = measure_character(text);
    if (size == 0) {
      fputs("\\ufffd", file);
    } else if (*text == '"' || *text == '\\') {
      fprintf(file, "\\%c", *text);
    } else if (*text < 0x20 || *text == 0x7F) {
      fprintf(file, "\\u%04x", *text);
    } else {
      fwrite(text, 1, (size_t)size, file);
    }
    text += size == 0 ? 1 : size;
  }
  fputc('"', file);
}

/* Each member puts its comma behind itself; the last of an object has none. */
static void print_text(FILE *file, const char *name, const char *value) {
  fprintf(file, "\"%s\":", name);
  print_string(file, value);
  fputc(',', file);
}

static void print_number(FILE *file, const char *name, uint64_t value) {
  fprintf(file, "\"%s\":%" PRIu64 ",", name, value);
}

static void print_offset(FILE *file, int64_t ticks) {
  if (ticks == XG2G_NO_AV_OFFSET) {
    fputs("\"av_offset\":null,", file);
  } else {
    fprintf(file, "\"av_offset\":%" PRId64 ",", ticks);
  }
}

static void print_found(FILE *file, const xg2g_remux_stream *stream) {
  print_text(file, "kind", stream->kind);
  print_text(file, "codec", words_codec(stream->codec));
  print_number(file, "layer", stream->layer);
  print_number(file, "sample_rate", stream->sample_rate);
  print_number(file, "channels", stream->channels);
  print_number(file, "lfe", stream->lfe);
  print_text(file, "state", words_state(stream->state));
}

static void print_stream(FILE *file, const xg2g_remux_stream *stream,
                         const xg2g_remux_options *options) {
  char out[64];
  words_out(out, sizeof out, stream, options);
  fputc('{', file);
  print_number(file, "pid", stream->pid);
  print_text(file, "language", stream->language);
  print_number(file, "audio_type", stream->audio_type);
  print_number(file, "stream_type_in", stream->stream_type_in);
  print_number(file, "stream_type_out", stream->stream_type_out);
  print_found(file, stream);
  print_text(file, "out", out);
  print_number(file, "packets", stream->packets);
  print_number(file, "continuity_errors", stream->continuity_errors);
  print_offset(file, stream->av_offset);
  print_number(file, "frames_in", stream->frames_in);
  print_number(file, "frames_out", stream->frames_out);
  print_number(file, "frames_concealed", stream->frames_concealed);
  print_number(file, "gaps", stream->gaps);
  print_number(file, "overlaps", stream->overlaps);
  fprintf(file, "\"discontinuities\":%" PRIu64 "}", stream->discontinuities);
}

static void print_program_head(FILE *file, const xg2g_remux_stream *stream) {
  fputc('{', file);
  print_number(file, "program_number", stream->program_number);
  print_number(file, "pmt_pid", stream->pmt_pid);
  print_number(file, "pcr_pid", stream->pcr_pid);
  fputs("\"streams\":[", file);
}

static void print_programs(FILE *file, xg2g_remuxer_handle handle,
                           const xg2g_remux_options *options) {
  xg2g_remux_stream stream = {.struct_size = sizeof stream};
  int program = -1;
  for (uint32_t i = 0; xg2g_audio_remux_stream(handle, i, &stream) == XG2G_OK;
       ++i) {
    if (stream.program_number != program) {
      if (program >= 0) fputs("]},", file);
      print_program_head(file, &stream);
    } else {
      fputc(',', file);
    }
    print_stream(file, &stream, options);
    program = stream.program_number;
    stream = (xg2g_remux_stream){.struct_size = sizeof stream};
  }
  if (program >= 0) fputs("]}", file);
}

static void print_errors(FILE *file, const xg2g_remux_stats *stats) {
  print_number(file, "bytes_dropped", stats->bytes_dropped);
  print_number(file, "sync_losses", stats->sync_losses);
  print_number(file, "transport_errors", stats->transport_errors);
  print_number(file, "continuity_errors", stats->continuity_errors);
  print_number(file, "duplicates", stats->duplicates);
  print_number(file, "psi_errors", stats->psi_errors);
  print_number(file, "scrambled_packets", stats->scrambled_packets);
  print_number(file, "frames_concealed", stats->frames_concealed);
  print_number(file, "gaps", stats->gaps);
  print_number(file, "overlaps", stats->overlaps);
  print_number(file, "discontinuities", stats->discontinuities);
}

static void print_totals(FILE *file, const xg2g_remux_stats *stats) {
  print_number(file, "packet_size", stats->packet_size);
  print_number(file, "packets", stats->packets);
  print_number(file, "bytes_in", stats->bytes_in);
  print_number(file, "bytes_out", stats->bytes_out);
  print_number(file, "frames_in", stats->frames_in);
  print_number(file, "frames_out", stats->frames_out);
  print_errors(file, stats);
  /* 27 MHz ticks: a fraction's decimal point would follow the locale. */
  fprintf(file, "\"stream_time\":%" PRId64 ",", stats->stream_time);
}

void json_print(FILE *file, xg2g_remuxer_handle handle,
                const struct options *options) {
  xg2g_remux_stats stats = {.struct_size = sizeof stats};
  if (xg2g_audio_remux_stats(handle, &stats) != XG2G_OK) return;
  fputc('{', file);
  print_text(file, "version", xg2g_transcoder_version());
  print_text(file, "in", options->in);
  if (options->out != NULL) print_text(file, "out", options->out);
  print_totals(file, &stats);
  fputs("\"programs\":[", file);
  print_programs(file, handle, &options->remux);
  fputs("]}\n", file);
}
