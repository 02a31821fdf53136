/* SPDX-License-Identifier: MIT */
#ifndef XG2G_EXAMPLES_TABLE_H
#define XG2G_EXAMPLES_TABLE_H

#include <stdio.h>
#include <xg2g/transcoder.h>

/* Prints programs, streams and totals for people. */
void table_print(FILE *file, xg2g_remuxer_handle handle,
                 const xg2g_remux_options *options);

#endif
