#!/bin/sh
# SPDX-License-Identifier: MIT
#
# demo.sh BIN OUT: makes a stream, turns its sound into AAC and shows what
# changed. BIN holds the programs, OUT receives the two streams.
set -eu

if [ $# -ne 2 ]; then
  echo "usage: demo.sh BIN OUT" >&2
  exit 2
fi
bin=$1
out=$2
before=$out/before.ts
after=$out/after.ts
mkdir -p "$out"

echo "A stream as a receiver sends it: a picture that flashes each second,"
echo "German MP2 that beeps with it, English AC-3 5.1, teletext and a guide."
echo
"$bin/xg2g-make-demo-stream" "$before"
echo "\$ xg2g-remux --probe $before"
"$bin/xg2g-remux" --probe "$before"
echo
echo "\$ xg2g-remux $before $after"
"$bin/xg2g-remux" "$before" "$after" 2>&1
echo
echo "What a player finds afterwards:"
echo
echo "\$ xg2g-remux --probe $after"
"$bin/xg2g-remux" --probe "$after"
echo
echo "What was left untouched, in packets:"
echo
"$bin/xg2g-compare-streams" "$before" "$after"
echo
echo "Both streams stay, to be played and compared:"
echo "  $before"
echo "  $after"
