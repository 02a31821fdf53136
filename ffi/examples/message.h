/* SPDX-License-Identifier: MIT */
#ifndef XG2G_EXAMPLES_MESSAGE_H
#define XG2G_EXAMPLES_MESSAGE_H

/* What the shell sees. */
enum exit_status { STATUS_OK = 0, STATUS_INPUT = 1, STATUS_USAGE = 2 };

/* Prints "xg2g-remux: " and one line to standard error. */
#ifdef __GNUC__
__attribute__((format(printf, 1, 2)))
#endif
void message(const char *format, ...);

#endif
