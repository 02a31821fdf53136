/* SPDX-License-Identifier: MIT */
#ifndef XG2G_EXAMPLES_JSON_H
#define XG2G_EXAMPLES_JSON_H

#include <stdio.h>

#include "options.h"

/* Prints programs, streams and totals as one JSON object on one line. */
void json_print(FILE *file, xg2g_remuxer_handle handle,
                const struct options *options);

#endif
