/* SPDX-License-Identifier: MIT */
#ifndef XG2G_EXAMPLES_WORDS_H
#define XG2G_EXAMPLES_WORDS_H

#include <stddef.h>
#include <stdint.h>
#include <xg2g/transcoder.h>

/* Numbers and codes of the header in words, for the table and for JSON. */

/* "ac3", "mpeg_audio": never NULL, for machines. */
const char *words_codec(uint8_t codec);
/* "transcoded", "scrambled": never NULL, for machines. */
const char *words_state(uint8_t state);

/* What came in: "AC-3 48 kHz 5.1", "teletext". */
void words_in(char *text, size_t size, const xg2g_remux_stream *stream);
/* What became of it: "AAC 48 kHz stereo 192 kbit/s", "passes: scrambled". */
void words_out(char *text, size_t size, const xg2g_remux_stream *stream,
               const xg2g_remux_options *options);
/* "0:01:20.5" */
void words_duration(char *text, size_t size, double seconds);

/* Seconds of 27 MHz ticks. */
double words_seconds(int64_t ticks);
/* All that went wrong, in one number. */
uint64_t words_errors(const xg2g_remux_stats *stats);

#endif
