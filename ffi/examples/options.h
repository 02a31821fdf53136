/* SPDX-License-Identifier: MIT */
#ifndef XG2G_EXAMPLES_OPTIONS_H
#define XG2G_EXAMPLES_OPTIONS_H

#include <xg2g/transcoder.h>

/* What the command line asks for. The strings are argv's. */
struct options {
  xg2g_remux_options remux;
  const char *in;
  const char *out; /* NULL with probe. */
  int probe;
  int json;
  int quiet;
};

enum command { COMMAND_RUN, COMMAND_HELP, COMMAND_VERSION, COMMAND_WRONG };

/* Reads the command line. COMMAND_WRONG has told the user why. */
enum command options_read(struct options *options, int argc, char **argv);

#endif
