/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <stdio.h>

struct codec_words {
  const char *machine;
  const char *person;
};

/* In the order of enum xg2g_codec. */
static const struct codec_words codecs[] = {
    {"unknown", ""},     {"mpeg_audio", "MPEG audio"},
    {"ac3", "AC-3"},     {"eac3", "E-AC-3"},
    {"aac_adts", "AAC"}, {"aac_latm", "AAC in LATM"},
    {"dts", "DTS"},      {"ac4", "AC-4"},
    {"lpcm", "LPCM"},    {"truehd", "TrueHD"},
};

/* In the order of enum xg2g_stream_state. */
static const char *const states[] = {
    "other",        "waiting",     "transcoded", "converted",
    "aac",          "unsupported", "scrambled",  "not_selected",
    "unrecognized", "too_many",    "untimed",
};

static const struct codec_words *find_codec(uint8_t codec) {
  return &codecs[codec < sizeof codecs / sizeof *codecs ? codec : 0];
}

const char *words_codec(uint8_t codec) { return find_codec(codec)->machine; }

const char *words_state(uint8_t state) {
  return state < sizeof states / sizeof *states ? states[state] : "other";
}

double words_seconds(int64_t ticks) { return (double)ticks / 27e6; }

uint64_t words_errors(const xg2g_remux_stats *stats) {
  return stats->sync_losses + stats->transport_errors +
         stats->continuity_errors + stats->psi_errors + stats->frames_concealed;
}

void words_duration(char *text, size_t size, double seconds) {
  const int64_t tenths = (int64_t)(seconds * 10 + 0.5);
  snprintf(text, size, "%d:%02d:%02d.%d", (int)(tenths / 36000),
           (int)(tenths / 600 % 60), (int)(tenths / 10 % 60),
           (int)(tenths % 10));
}

/* " 48 kHz stereo"; nothing of what is not known. */
static void print_format(char *text, size_t size, uint32_t sample_rate,
                         int channels, int lfe) {
  int used = 0;
  text[0] = '\0';
  if (sample_rate > 0) {
    used = snprintf(text, size, " %g kHz", sample_rate / 1000.0);
  }
  text += used;
  size -= (size_t)used;
  if (channels == 1) {
    snprintf(text, size, " mono");
  } else if (channels == 2 && lfe == 0) {
    snprintf(text, size, " stereo");
  } else if (channels > 0) {
    snprintf(text, size, " %d.%d", channels - lfe, lfe);
  }
}

void words_in(char *text, size_t size, const xg2g_remux_stream *stream) {
  static const char *const layers[] = {"", "MP1", "MP2", "MP3"};
  const char *name = find_codec(stream->codec)->person;
  if (stream->layer > 0 && stream->layer < 4) name = layers[stream->layer];
  if (name[0] == '\0') name = stream->kind;
  char type[16];
  if (name[0] == '\0') {
    snprintf(type, sizeof type, "type 0x%02X", stream->stream_type_in);
    name = type;
  }
  char format[40];
  print_format(format, sizeof format, stream->sample_rate, stream->channels,
               stream->lfe);
  snprintf(text, size, "%s%s", name, format);
}

static void print_aac(char *text, size_t size,
                      const xg2g_remux_options *options) {
  /* ISO/IEC 14496-3, table 1.19: 6 and 8 channels have an LFE. */
  const int lfe = options->channels >= 6;
  char format[40];
  print_format(format, sizeof format, (uint32_t)options->sample_rate,
               options->channels, lfe);
  snprintf(text, size, "AAC%s %g kbit/s", format, options->bit_rate / 1000.0);
}

/* Why it passes; "" where nothing needs saying. */
static const char *find_reason(const xg2g_remux_stream *stream) {
  switch (stream->state) {
    case XG2G_STREAM_AAC:
      return ": AAC already";
    case XG2G_STREAM_UNSUPPORTED:
      return stream->codec == XG2G_CODEC_MPEG_AUDIO
                 ? ": free format is not decoded"
                 : ": this codec is not decoded";
    case XG2G_STREAM_SCRAMBLED:
      return ": scrambled";
    case XG2G_STREAM_NOT_SELECTED:
      return ": not selected";
    case XG2G_STREAM_UNRECOGNIZED:
      return ": no known codec in it";
    case XG2G_STREAM_TOO_MANY:
      return ": over the limit of 64 tracks";
    case XG2G_STREAM_UNTIMED:
      return ": it has no PTS";
    default:
      return "";
  }
}

void words_out(char *text, size_t size, const xg2g_remux_stream *stream,
               const xg2g_remux_options *options) {
  if (stream->state == XG2G_STREAM_TRANSCODED) {
    print_aac(text, size, options);
  } else if (stream->state == XG2G_STREAM_CONVERTED) {
    snprintf(text, size, "AAC in ADTS, not re-encoded");
  } else if (stream->state == XG2G_STREAM_WAITING) {
    snprintf(text, size, "%s",
             stream->packets == 0 ? "no packets came" : "no whole frame came");
  } else {
    snprintf(text, size, "passes%s", find_reason(stream));
  }
}
