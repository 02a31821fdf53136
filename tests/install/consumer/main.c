/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <xg2g/transcoder.h>

/* Null packets (ISO/IEC 13818-1, 2.4.3.3) are nobody's audio: they pass. */
enum { PACKETS = 100, BYTES = PACKETS * XG2G_PACKET_SIZE };

int main(void) {
  static uint8_t in[BYTES], out[2 * BYTES];
  size_t at;
  int taken, flushed;
  xg2g_remuxer_handle handle = xg2g_audio_remux_init(48000, 2, 192000);

  if (handle == NULL) {
    char *reason = xg2g_last_error();
    fprintf(stderr, "init: %s\n", reason);
    xg2g_free_string(reason);
    return 1;
  }
  memset(in, 0xFF, sizeof in);
  for (at = 0; at < BYTES; at += XG2G_PACKET_SIZE) {
    in[at] = 0x47;
    in[at + 1] = 0x1F;
    in[at + 3] = 0x10;
  }
  taken = xg2g_audio_remux_process(handle, in, BYTES, out, sizeof out);
  flushed = taken < 0 ? taken
                      : xg2g_audio_remux_flush(handle, out + taken,
                                               sizeof out - (size_t)taken);
  if (flushed < 0) fprintf(stderr, "%s\n", xg2g_audio_remux_error(handle));
  xg2g_audio_remux_free(handle);
  printf("%s: %d bytes\n", xg2g_transcoder_version(), taken + flushed);
  return flushed >= 0 && taken + flushed == BYTES && !memcmp(in, out, BYTES)
             ? 0
             : 1;
}
