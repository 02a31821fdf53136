#!/bin/sh
# SPDX-License-Identifier: MIT
#
# exports.sh HEADER ARCHIVE NM: what the archive defines for others is what the
# header declares, no more and no less.
set -eu
header=$1 archive=$2 nm=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$nm" --extern-only --defined-only "$archive" |
  awk 'NF == 3 { print $3 }' | sort -u > "$work/defined"
# Declarations, with the comments taken out.
sed -e 's|/\*.*\*/||' -e '/\/\*/,/\*\//d' "$header" |
  grep -oE 'xg2g_[a-z0-9_]+\(' | tr -d '(' | sort -u > "$work/declared"
wc -l < "$work/defined" | xargs printf '%d symbols\n'
diff "$work/declared" "$work/defined"
