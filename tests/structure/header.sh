#!/bin/sh
# SPDX-License-Identifier: MIT
#
# header.sh HEADER CC CXX: the public header stands alone, in C99 and in C++20,
# and stays a page that can be read.
set -eu
header=$1 cc=$2 cxx=$3

"$cc" -x c -std=c99 -pedantic-errors -Wall -Wextra -Werror -fsyntax-only \
  "$header"
"$cxx" -x c++ -std=c++20 -pedantic-errors -Wall -Wextra -Werror \
  -fsyntax-only "$header"
lines=$(wc -l < "$header")
echo "$header: $lines lines"
[ "$lines" -lt 250 ]
