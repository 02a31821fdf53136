/* SPDX-License-Identifier: MIT */
#ifndef XG2G_TRANSCODER_H
#define XG2G_TRANSCODER_H

/*
 * A filter for live MPEG transport streams (ISO/IEC 13818-1): audio that phones
 * and most apps cannot play becomes AAC-LC, everything else leaves as it came.
 *
 * What holds for every function:
 *
 * Flow.    process() takes all of its input, cut anywhere, and writes whole
 *          188-byte packets. The bytes that leave do not depend on how the
 *          input was cut. What does not fit into `out` waits in the handle.
 *
 * Threads. A handle carries its own lock: concurrent calls run one after
 *          another. Two handles share nothing. No thread is started.
 *
 * Errors.  A negative answer has consumed and lost nothing, where its own line
 *          does not say otherwise. The reason is a sentence in
 *          xg2g_audio_remux_error(), without a handle in xg2g_last_error().
 *
 * Memory.  The caller owns what it passes; no pointer is kept past the call.
 *          Once a stream and its sound run, process() allocates nothing.
 */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Rises whenever a program compiled against an older header would break. */
#define XG2G_ABI_VERSION 1
/** A transport packet's size in bytes (ISO/IEC 13818-1, 2.4.3.2). */
#define XG2G_PACKET_SIZE 188
/** Bytes that may wait before process() refuses further input. */
#define XG2G_PENDING_LIMIT (16u * 1024u * 1024u)
/** What av_offset is where it is not known. */
#define XG2G_NO_AV_OFFSET INT64_MIN

enum {
  XG2G_OK = 0,
  XG2G_ERR = -1,                  /**< Anything not named below. */
  XG2G_ERR_OUTPUT_TOO_SMALL = -2, /**< `cap` under 188, or the queue is full. */
  XG2G_ERR_NOT_TS = -3,           /**< 64 KiB without sync; they are dropped. */
  XG2G_ERR_INVALID_ARGUMENT = -4,
  XG2G_ERR_NO_MEMORY = -5,
  XG2G_ERR_INTERNAL = -6
};

typedef struct xg2g_remuxer *xg2g_remuxer_handle;

enum xg2g_dual_mono {
  XG2G_DUAL_MONO_LEFT = 0, /**< The first channel on both sides. */
  XG2G_DUAL_MONO_RIGHT = 1,
  XG2G_DUAL_MONO_BOTH = 2 /**< Each channel on its own side. */
};

/** How audio is chosen and what it becomes. Grows only at its end. */
typedef struct xg2g_remux_options {
  uint32_t struct_size; /**< Set by xg2g_remux_options_init(). */
  /** Hz, one of AAC's 8000 to 96000 (ISO/IEC 14496-3, table 1.18): 48000. */
  int32_t sample_rate;
  /** 1 to 6, or 8: 2. */
  int32_t channels;
  /** bit/s, 32000 to 512000 and at most 6 x sample_rate x channels: 192000. */
  int32_t bit_rate;
  /** program_number to transcode; the others pass. 0 for all. */
  int32_t program;
  /** Comma-separated codes of ISO 639-2 (B, T) or 639-1, in any case: "deu,en";
   *  NULL or "" for all. Tracks in other languages pass. It is copied. */
  const char *languages;
  /** Not 0: only each program's first track, descriptions behind main sound. */
  int32_t first_only;
  /** enum xg2g_dual_mono, for 1+1 and dual channel sound. */
  int32_t dual_mono;
  /** Percent of A/52 dynamic range control that is applied, 0 to 100: 100. */
  int32_t drc_percent;
} xg2g_remux_options;

/** Fills `options` with the defaults named above. NULL is ignored. */
void xg2g_remux_options_init(xg2g_remux_options *options);
/** Opens a handle; NULL with the reason in xg2g_last_error(). */
xg2g_remuxer_handle xg2g_audio_remux_init(int sample_rate, int channels,
                                          int bitrate);
xg2g_remuxer_handle xg2g_audio_remux_init_with(
    const xg2g_remux_options *options);

/** Takes `in_len` bytes of stream and writes at most `cap` bytes of whole
 *  packets to `out`; the answer is the number written, 0 is fine. With in_len 0
 *  it drains what waits. `in` and `out` must not overlap.
 *  XG2G_ERR_OUTPUT_TOO_SMALL: cap is under 188, or more than
 *  XG2G_PENDING_LIMIT bytes wait. XG2G_ERR_NOT_TS: 64 KiB in a row held no
 *  sync; the input was consumed, those bytes were dropped, output that became
 *  ready waits, and the next call is searched afresh.
 *  XG2G_ERR_INVALID_ARGUMENT: NULL, or in_len over INT32_MAX. Out of memory,
 *  or INTERNAL: as by reset(). */
int xg2g_audio_remux_process(xg2g_remuxer_handle handle, const uint8_t *in,
                             size_t in_len, uint8_t *out, size_t cap);

/** Bytes that wait for room in `out`. 0 for NULL. */
size_t xg2g_audio_remux_pending(xg2g_remuxer_handle handle);

/** Ends the stream: the last samples leave, as process() would write them. Call
 *  it until it answers 0. XG2G_ERR_NOT_TS where nothing that came since the
 *  start was a transport stream. Input after it is a new stream. */
int xg2g_audio_remux_flush(xg2g_remuxer_handle handle, uint8_t *out,
                           size_t cap);

/** Forgets the stream between two sources. Options, counters, output that
 *  waits, and continuity on the PIDs whose packets are replaced are kept. */
int xg2g_audio_remux_reset(xg2g_remuxer_handle handle);

/** Counters since init. Grows only at its end. */
typedef struct xg2g_remux_stats {
  uint32_t struct_size; /**< Set by the caller: sizeof(xg2g_remux_stats). */
  uint32_t programs;    /**< In the PAT now, or found before it. */
  uint32_t streams;     /**< Elementary streams announced now. */
  uint32_t packet_size; /**< 188, 192 or 204; 0 until found. */
  uint64_t bytes_in, bytes_out;
  uint64_t bytes_dropped; /**< Between packets, where sync was lost. */
  uint64_t sync_losses;
  uint64_t packets;           /**< Transport packets read. */
  uint64_t transport_errors;  /**< With transport_error_indicator set. */
  uint64_t continuity_errors; /**< On any PID (2.4.3.3). */
  uint64_t duplicates;        /**< Duplicate packets (2.4.3.3). */
  uint64_t psi_errors;        /**< PAT and PMT sections that were damaged. */
  uint64_t scrambled_packets; /**< On the audio PIDs. */
  uint64_t frames_in;         /**< Audio frames decoded or converted. */
  uint64_t frames_out;        /**< AAC frames written. */
  uint64_t frames_concealed;  /**< Damaged frames replaced. */
  uint64_t gaps;              /**< Holes filled with silence. */
  uint64_t overlaps;          /**< Places where samples were dropped. */
  uint64_t discontinuities;   /**< Times a track was anchored anew. */
  uint64_t events_dropped;    /**< Events nobody polled in time. */
  int64_t stream_time;        /**< 27 MHz ticks of stream, by its PCR. */
} xg2g_remux_stats;

/** Fills at most stats->struct_size bytes. */
int xg2g_audio_remux_stats(xg2g_remuxer_handle handle, xg2g_remux_stats *stats);

enum xg2g_codec {
  XG2G_CODEC_UNKNOWN = 0,
  XG2G_CODEC_MPEG_AUDIO = 1, /**< Layer I, II or III; see `layer`. */
  XG2G_CODEC_AC3 = 2,
  XG2G_CODEC_EAC3 = 3,
  XG2G_CODEC_AAC_ADTS = 4,
  XG2G_CODEC_AAC_LATM = 5,
  XG2G_CODEC_DTS = 6,
  XG2G_CODEC_AC4 = 7,
  XG2G_CODEC_LPCM = 8,
  XG2G_CODEC_TRUEHD = 9
};

enum xg2g_stream_state {
  XG2G_STREAM_OTHER = 0,        /**< Not audio: passes untouched. */
  XG2G_STREAM_WAITING = 1,      /**< Audio was announced, none has come. */
  XG2G_STREAM_TRANSCODED = 2,   /**< Decoded and encoded as AAC. */
  XG2G_STREAM_CONVERTED = 3,    /**< AAC-LC in LATM, now in ADTS. */
  XG2G_STREAM_AAC = 4,          /**< AAC in ADTS already: passes. */
  XG2G_STREAM_UNSUPPORTED = 5,  /**< Not decoded, as free format: passes. */
  XG2G_STREAM_SCRAMBLED = 6,    /**< Passes until it becomes clear. */
  XG2G_STREAM_NOT_SELECTED = 7, /**< The options leave it out: passes. */
  XG2G_STREAM_UNRECOGNIZED = 8, /**< No known sync word was found: passes. */
  XG2G_STREAM_TOO_MANY = 9,     /**< 64 others have sound now: passes. */
  XG2G_STREAM_UNTIMED = 10      /**< No PTS came: passes until one does. */
};

/** One elementary stream of one program. Grows only at its end. */
typedef struct xg2g_remux_stream {
  uint32_t struct_size; /**< Set by the caller: sizeof(xg2g_remux_stream). */
  uint16_t program_number, pmt_pid, pcr_pid, pid;
  uint8_t stream_type_in;  /**< As announced (ISO/IEC 13818-1, table 2-34). */
  uint8_t stream_type_out; /**< As the PMT that leaves announces it. */
  uint8_t codec;           /**< enum xg2g_codec, as found in the payload. */
  uint8_t state;           /**< enum xg2g_stream_state. */
  uint8_t layer;           /**< 1 to 3 for MPEG audio, otherwise 0. */
  uint8_t channels;        /**< As decoded, by PS too; 0 until known. */
  uint8_t lfe;             /**< 1 where one of them is the LFE channel. */
  uint8_t audio_type;      /**< Table 2-60, by whatever descriptor says it. */
  uint32_t sample_rate;    /**< Hz, as decoded, by SBR too; 0 until known. */
  char language[4];        /**< As any descriptor gives it, "" where none. */
  char kind[20]; /**< What it is, in a word: "H.264", "teletext", "AC-3". */
  uint64_t packets, continuity_errors;
  uint64_t frames_in, frames_out, frames_concealed;
  uint64_t gaps, overlaps, discontinuities;
  /** 90 kHz ticks from when the newest picture of the program that left is
   *  decoded (DTS, or PTS without one) to the PTS of the newest sound of this
   *  stream that left; positive: sound is ahead in the multiplex. */
  int64_t av_offset;
} xg2g_remux_stream;

/** Fills the index-th elementary stream of the program map, at most
 *  stream->struct_size bytes; XG2G_ERR_INVALID_ARGUMENT past the last one. */
int xg2g_audio_remux_stream(xg2g_remuxer_handle handle, uint32_t index,
                            xg2g_remux_stream *stream);

enum xg2g_event_type {
  XG2G_EVENT_NONE = 0,
  XG2G_EVENT_SYNC = 1,          /**< Sync found; value is the packet size. */
  XG2G_EVENT_SYNC_LOST = 2,     /**< value is bytes dropped before it. */
  XG2G_EVENT_PROGRAMS = 3,      /**< A new PAT; value is the programs in it. */
  XG2G_EVENT_PMT = 4,           /**< A new PMT; value is program_number. */
  XG2G_EVENT_CODEC = 5,         /**< value is enum xg2g_codec. */
  XG2G_EVENT_STATE = 6,         /**< value is enum xg2g_stream_state. */
  XG2G_EVENT_DISCONTINUITY = 7, /**< Anchored anew; value is 90 kHz ticks. */
  XG2G_EVENT_GAP = 8,           /**< Filled; value is 90 kHz ticks. */
  XG2G_EVENT_OVERLAP = 9,       /**< Dropped; value is 90 kHz ticks. */
  XG2G_EVENT_DAMAGE = 10,   /**< Audio frames concealed; value is a count. */
  XG2G_EVENT_PSI_ERROR = 11 /**< A damaged PAT or PMT section. */
};

typedef struct xg2g_remux_event {
  uint32_t struct_size; /**< Set by the caller: sizeof(xg2g_remux_event). */
  uint16_t type;        /**< enum xg2g_event_type. */
  uint16_t pid;         /**< The PID it happened on, 0x1FFF where none. */
  int64_t value;
  uint64_t packet; /**< Index of the transport packet it came with. */
} xg2g_remux_event;

/** Takes the oldest of at most 256 waiting events: 1, or 0 where none waits. */
int xg2g_audio_remux_next_event(xg2g_remuxer_handle handle,
                                xg2g_remux_event *event);

/** Frees a handle. NULL is fine. No call may be under way on it. */
void xg2g_audio_remux_free(xg2g_remuxer_handle handle);

/** The last failure of this handle, "" where none; valid until the next call
 *  on it from any thread. */
const char *xg2g_audio_remux_error(xg2g_remuxer_handle handle);

/** "MAJOR.MINOR.PATCH", static. */
const char *xg2g_transcoder_version(void);
/** The FFmpeg inside, "7.1.5", static. */
const char *xg2g_transcoder_ffmpeg_version(void);
/** XG2G_ABI_VERSION of the library that was linked. */
int xg2g_transcoder_abi(void);

/** The calling thread's last failure, NULL if none; free it with
 *  xg2g_free_string(), which accepts NULL. */
char *xg2g_last_error(void);
void xg2g_free_string(char *string);

#ifdef __cplusplus
}
#endif

#endif /* XG2G_TRANSCODER_H */
