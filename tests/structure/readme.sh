#!/bin/sh
# SPDX-License-Identifier: MIT
#
# readme.sh ARCHIVE CC...: the C examples in README.md compile and link.
set -eu
archive=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk -v stem="$work/example" '
  /^```c$/ { file = stem (++n) ".c"; next }
  /^```/ { file = "" }
  file { print > file }' README.md
for source in "$work"/example*.c; do
  [ -e "$source" ] || { echo "README.md holds no C example"; exit 1; }
  "$@" -std=c99 -Wall -Wextra -Werror -Iinclude -o "$work/example" \
    "$source" "$archive" -lm -lpthread -lstdc++
done
