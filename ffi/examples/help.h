/* SPDX-License-Identifier: MIT */
#ifndef XG2G_EXAMPLES_HELP_H
#define XG2G_EXAMPLES_HELP_H

#include <stdio.h>

void help_print(FILE *file);

#endif
