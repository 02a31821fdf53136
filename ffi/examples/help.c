/* SPDX-License-Identifier: MIT */
#include "help.h"

/* In pieces, since C99 promises strings of 4,095 characters only. */
static const char *const text[] = {
    "NAME\n"
    "  xg2g-remux - turn the sound of a live transport stream into AAC\n"
    "\n"
    "SYNOPSIS\n"
    "  xg2g-remux [options] IN OUT\n"
    "  xg2g-remux --probe [options] IN\n"
    "\n"
    "DESCRIPTION\n"
    "  Reads an MPEG transport stream from IN, replaces MPEG audio, AC-3,\n"
    "  E-AC-3 and AAC in LATM by AAC, and writes the stream to OUT. All other\n"
    "  packets leave as they came: picture, subtitles, teletext, guide. IN\n"
    "  and OUT are files, pipes, or - for standard input and output. On a\n"
    "  pipe it is a live filter: what is ready is written at once.\n"
    "\n"
    "  At the end a table on standard error says what became of each stream.\n"
    "\n",
    "SOUND\n"
    "  --rate HZ         sample rate of the AAC, 8000 to 96000 (48000)\n"
    "  --channels N      channels of the AAC, 1 to 6 or 8 (2)\n"
    "  --bit-rate N      bits a second, 32k to 512k (192k)\n"
    "  --dual-mono SIDE  left, right or both, where two languages share one\n"
    "                    stereo track (left)\n"
    "  --drc PERCENT     how much of the dynamic range control that an AC-3\n"
    "                    broadcaster asks for is applied, 0 to 100 (100)\n"
    "\n"
    "WHICH TRACKS\n"
    "  --languages LIST  only these, as deu,eng; other tracks pass\n"
    "  --first-only      in each program only the first track that can be\n"
    "                    transcoded\n"
    "  --program N       only in this program; the others pass\n"
    "\n",
    "REPORT\n"
    "  --probe           write no stream, say what is in IN; of a pipe it\n"
    "                    reads some 5 seconds\n"
    "  --json            the table as one JSON object on standard output, or\n"
    "                    on standard error where OUT is -\n"
    "  --quiet           no table, no progress line; errors still show\n"
    "  --help, --version\n"
    "\n"
    "EXIT STATUS\n"
    "  0  all of IN was processed, or a signal ended it in good order\n"
    "  1  IN is no transport stream, or reading or writing failed\n"
    "  2  the command line is wrong\n"
    "\n"
    "EXAMPLES\n"
    "  xg2g-remux --probe recording.ts\n"
    "  xg2g-remux recording.ts recording-aac.ts\n"
    "  curl -s http://receiver:8001/1:0:1:2B66:3F3:1:C00000:0:0:0: |\n"
    "      xg2g-remux --languages deu - - | mpv -\n",
};

void help_print(FILE *file) {
  for (size_t i = 0; i < sizeof text / sizeof *text; ++i) {
    fputs(text[i], file);
  }
}
