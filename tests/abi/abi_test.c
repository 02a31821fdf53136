/* SPDX-License-Identifier: MIT
 *
 * The C ABI from C: every function, every return code, the layout of every
 * struct. Exits with the number of checks that failed. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failing_new.h"
#include "xg2g/transcoder.h"

static int failures = 0;

#define CHECK(condition)                                     \
  do {                                                       \
    if (!(condition)) {                                      \
      printf("%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                            \
    }                                                        \
  } while (0)

enum { READ = 64 * 1024, PACKETS = 300 };

static uint8_t in[READ];
static uint8_t out[2 * READ];

static size_t fill_with_packets(size_t count) {
  memset(in, 0xFF, count * XG2G_PACKET_SIZE);
  for (size_t n = 0; n < count; ++n) {
    const uint8_t header[4] = {0x47, 0x01, 0x00, (uint8_t)(0x10 | (n & 15))};
    memcpy(in + n * XG2G_PACKET_SIZE, header, sizeof header);
  }
  return count * XG2G_PACKET_SIZE;
}

static xg2g_remuxer_handle open_default(void) {
  return xg2g_audio_remux_init(48000, 2, 192000);
}

static void test_versions(void) {
  int major = 0;
  int minor = 0;
  int patch = 0;
  CHECK(sscanf(xg2g_transcoder_version(), "%d.%d.%d", &major, &minor, &patch) ==
        3);
  CHECK(xg2g_transcoder_version() == xg2g_transcoder_version());
  const char *ffmpeg = xg2g_transcoder_ffmpeg_version();
  CHECK(sscanf(ffmpeg, "%d.%d", &major, &minor) == 2 && major >= 5);
  CHECK(ffmpeg == xg2g_transcoder_ffmpeg_version());
  CHECK(xg2g_transcoder_abi() == XG2G_ABI_VERSION);
}

static void test_defaults(void) {
  xg2g_remux_options options;
  memset(&options, 0x55, sizeof options);
  xg2g_remux_options_init(&options);
  CHECK(options.struct_size == sizeof options);
  CHECK(options.sample_rate == 48000 && options.channels == 2);
  CHECK(options.bit_rate == 192000 && options.program == 0);
  CHECK(options.languages == NULL && options.first_only == 0);
  CHECK(options.dual_mono == XG2G_DUAL_MONO_LEFT);
  CHECK(options.drc_percent == 100);
  xg2g_remux_options_init(NULL);
}

static void test_ok(void) {
  xg2g_remuxer_handle handle = open_default();
  const size_t size = fill_with_packets(PACKETS);
  xg2g_remux_stats stats = {.struct_size = sizeof stats};
  xg2g_remux_event event = {.struct_size = sizeof event};
  CHECK(handle != NULL);
  CHECK(xg2g_audio_remux_process(handle, in, size, out, sizeof out) ==
        (int)size);
  CHECK(memcmp(in, out, size) == 0);
  CHECK(xg2g_audio_remux_pending(handle) == 0);
  CHECK(xg2g_audio_remux_stats(handle, &stats) == XG2G_OK);
  CHECK(stats.packets == PACKETS && stats.bytes_out == size);
  CHECK(xg2g_audio_remux_next_event(handle, &event) == 1);
  CHECK(event.type == XG2G_EVENT_SYNC && event.value == XG2G_PACKET_SIZE);
  CHECK(event.pid == 0x1FFF);
  CHECK(xg2g_audio_remux_next_event(handle, &event) == 0);
  CHECK(xg2g_audio_remux_flush(handle, out, sizeof out) == 0);
  CHECK(xg2g_audio_remux_reset(handle) == XG2G_OK);
  CHECK(strcmp(xg2g_audio_remux_error(handle), "") == 0);
  xg2g_audio_remux_free(handle);
}

static void test_no_handle(void) {
  xg2g_remux_stats stats = {.struct_size = sizeof stats};
  xg2g_remux_stream stream = {.struct_size = sizeof stream};
  xg2g_remux_event event = {.struct_size = sizeof event};
  const int bad = XG2G_ERR_INVALID_ARGUMENT;
  CHECK(xg2g_audio_remux_process(NULL, in, 1, out, sizeof out) == bad);
  CHECK(xg2g_audio_remux_flush(NULL, out, sizeof out) == bad);
  CHECK(xg2g_audio_remux_reset(NULL) == bad);
  CHECK(xg2g_audio_remux_stats(NULL, &stats) == bad);
  CHECK(xg2g_audio_remux_stream(NULL, 0, &stream) == bad);
  CHECK(xg2g_audio_remux_next_event(NULL, &event) == bad);
  CHECK(xg2g_audio_remux_pending(NULL) == 0);
  CHECK(strcmp(xg2g_audio_remux_error(NULL), "") != 0);
  xg2g_audio_remux_free(NULL);
  xg2g_free_string(NULL);
}

static void test_invalid_arguments(void) {
  xg2g_remuxer_handle handle = open_default();
  xg2g_remux_stream stream = {.struct_size = sizeof stream};
  const int bad = XG2G_ERR_INVALID_ARGUMENT;
  CHECK(xg2g_audio_remux_process(handle, NULL, 1, out, sizeof out) == bad);
  CHECK(xg2g_audio_remux_process(handle, in, 1, NULL, sizeof out) == bad);
  CHECK(xg2g_audio_remux_process(handle, in, (size_t)INT32_MAX + 1, out,
                                 sizeof out) == bad);
  CHECK(xg2g_audio_remux_process(handle, NULL, 0, out, sizeof out) == 0);
  CHECK(xg2g_audio_remux_flush(handle, NULL, sizeof out) == bad);
  CHECK(xg2g_audio_remux_stats(handle, NULL) == bad);
  CHECK(xg2g_audio_remux_stream(handle, 0, &stream) == bad);
  CHECK(xg2g_audio_remux_stream(handle, 0, NULL) == bad);
  CHECK(xg2g_audio_remux_next_event(handle, NULL) == bad);
  CHECK(strcmp(xg2g_audio_remux_error(handle), "") != 0);
  xg2g_audio_remux_free(handle);
}

static void test_output_too_small(void) {
  xg2g_remuxer_handle handle = open_default();
  const size_t size = fill_with_packets(PACKETS);
  CHECK(xg2g_audio_remux_process(handle, in, size, out, 187) ==
        XG2G_ERR_OUTPUT_TOO_SMALL);
  CHECK(xg2g_audio_remux_flush(handle, out, 187) == XG2G_ERR_OUTPUT_TOO_SMALL);
  /* Nothing was consumed, nothing is lost. */
  CHECK(xg2g_audio_remux_process(handle, in, size, out, 188) == 188);
  CHECK(xg2g_audio_remux_pending(handle) == size - 188);
  CHECK(xg2g_audio_remux_process(handle, NULL, 0, out + 188,
                                 sizeof out - 188) == (int)size - 188);
  CHECK(memcmp(in, out, size) == 0);
  xg2g_audio_remux_free(handle);
}

static void test_not_ts(void) {
  xg2g_remuxer_handle handle = open_default();
  memset(in, 0x20, sizeof in);
  CHECK(xg2g_audio_remux_process(handle, in, sizeof in, out, sizeof out) ==
        XG2G_ERR_NOT_TS);
  CHECK(strstr(xg2g_audio_remux_error(handle), "transport stream") != NULL);
  const size_t size = fill_with_packets(PACKETS);
  CHECK(xg2g_audio_remux_process(handle, in, size, out, sizeof out) ==
        (int)size);
  xg2g_audio_remux_free(handle);
}

/** What process() answers where its first allocation ends in `failure`. */
static int process_with(enum failure failure) {
  xg2g_remuxer_handle handle = open_default();
  fill_with_packets(PACKETS);
  failing_new_start(0, failure);
  /* A part of a packet has to be stored; cap is small, so the rest is too. */
  const int answer = xg2g_audio_remux_process(handle, in, READ, out, 188);
  CHECK(failing_new_stop() == 1);
  CHECK(strcmp(xg2g_audio_remux_error(handle), "") != 0);
  xg2g_audio_remux_free(handle);
  return answer;
}

static void test_failures_inside(void) {
  CHECK(process_with(FAILURE_NO_MEMORY) == XG2G_ERR_NO_MEMORY);
  CHECK(process_with(FAILURE_DEFECT) == XG2G_ERR_INTERNAL);
  CHECK(process_with(FAILURE_UNKNOWN) == XG2G_ERR);
}

static void test_last_error(void) {
  CHECK(xg2g_audio_remux_init(44000, 2, 192000) == NULL);
  char *message = xg2g_last_error();
  CHECK(message != NULL && strstr(message, "44000") != NULL);
  xg2g_free_string(message);
  CHECK(xg2g_audio_remux_init_with(NULL) == NULL);
}

#define AT(type, member, offset) CHECK(offsetof(type, member) == (offset))

static void test_layout_of_options(void) {
  if (sizeof(void *) != 8) return;
  CHECK(sizeof(xg2g_remux_options) == 48);
  AT(xg2g_remux_options, struct_size, 0);
  AT(xg2g_remux_options, sample_rate, 4);
  AT(xg2g_remux_options, channels, 8);
  AT(xg2g_remux_options, bit_rate, 12);
  AT(xg2g_remux_options, program, 16);
  AT(xg2g_remux_options, languages, 24);
  AT(xg2g_remux_options, first_only, 32);
  AT(xg2g_remux_options, dual_mono, 36);
  AT(xg2g_remux_options, drc_percent, 40);
}

static void test_layout_of_stats(void) {
  CHECK(sizeof(xg2g_remux_stats) == 160);
  AT(xg2g_remux_stats, struct_size, 0);
  AT(xg2g_remux_stats, programs, 4);
  AT(xg2g_remux_stats, streams, 8);
  AT(xg2g_remux_stats, packet_size, 12);
  AT(xg2g_remux_stats, bytes_in, 16);
  AT(xg2g_remux_stats, bytes_out, 24);
  AT(xg2g_remux_stats, bytes_dropped, 32);
  AT(xg2g_remux_stats, sync_losses, 40);
  AT(xg2g_remux_stats, packets, 48);
  AT(xg2g_remux_stats, transport_errors, 56);
  AT(xg2g_remux_stats, continuity_errors, 64);
  AT(xg2g_remux_stats, duplicates, 72);
  AT(xg2g_remux_stats, psi_errors, 80);
  AT(xg2g_remux_stats, scrambled_packets, 88);
  AT(xg2g_remux_stats, frames_in, 96);
  AT(xg2g_remux_stats, frames_out, 104);
  AT(xg2g_remux_stats, frames_concealed, 112);
  AT(xg2g_remux_stats, gaps, 120);
  AT(xg2g_remux_stats, overlaps, 128);
  AT(xg2g_remux_stats, discontinuities, 136);
  AT(xg2g_remux_stats, events_dropped, 144);
  AT(xg2g_remux_stats, stream_time, 152);
}

static void test_layout_of_streams_and_events(void) {
  CHECK(sizeof(xg2g_remux_stream) == 120);
  AT(xg2g_remux_stream, program_number, 4);
  AT(xg2g_remux_stream, pmt_pid, 6);
  AT(xg2g_remux_stream, pcr_pid, 8);
  AT(xg2g_remux_stream, pid, 10);
  AT(xg2g_remux_stream, stream_type_in, 12);
  AT(xg2g_remux_stream, stream_type_out, 13);
  AT(xg2g_remux_stream, codec, 14);
  AT(xg2g_remux_stream, state, 15);
  AT(xg2g_remux_stream, layer, 16);
  AT(xg2g_remux_stream, channels, 17);
  AT(xg2g_remux_stream, lfe, 18);
  AT(xg2g_remux_stream, audio_type, 19);
  AT(xg2g_remux_stream, sample_rate, 20);
  AT(xg2g_remux_stream, language, 24);
  AT(xg2g_remux_stream, kind, 28);
  AT(xg2g_remux_stream, packets, 48);
  AT(xg2g_remux_stream, continuity_errors, 56);
  AT(xg2g_remux_stream, frames_in, 64);
  AT(xg2g_remux_stream, frames_out, 72);
  AT(xg2g_remux_stream, frames_concealed, 80);
  AT(xg2g_remux_stream, gaps, 88);
  AT(xg2g_remux_stream, overlaps, 96);
  AT(xg2g_remux_stream, discontinuities, 104);
  AT(xg2g_remux_stream, av_offset, 112);

  CHECK(sizeof(xg2g_remux_event) == 24);
  AT(xg2g_remux_event, type, 4);
  AT(xg2g_remux_event, pid, 6);
  AT(xg2g_remux_event, value, 8);
  AT(xg2g_remux_event, packet, 16);
}

int main(void) {
  test_versions();
  test_defaults();
  test_ok();
  test_no_handle();
  test_invalid_arguments();
  test_output_too_small();
  test_not_ts();
  test_failures_inside();
  test_last_error();
  test_layout_of_options();
  test_layout_of_stats();
  test_layout_of_streams_and_events();
  return failures;
}
