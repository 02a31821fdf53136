#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Makes the one archive out of our own objects and FFmpeg's libraries. The
# build runs it, and it is installed, so that whoever has another FFmpeg 7.1
# can make the archive again with that one.
set -eu

if [ $# -lt 2 ] || [ $# -gt 3 ]; then
  echo "usage: $0 xg2g_transcoder.o OUT.a [FFMPEG_LIB_FOLDER]" >&2
  exit 2
fi
own=$1 out=$2 folder=${3-}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
all=$work/xg2g_transcoder.o

set --
if [ -n "$folder" ]; then
  set -- --start-group "$folder/libavcodec.a" "$folder/libswresample.a" \
    "$folder/libavutil.a" --end-group
fi
# Groups are resolved now: a local symbol cannot be merged by a later link.
"${LD:-ld}" -r --force-group-allocation -o "$all" "$own" "$@"
# A second FFmpeg in the same process must neither see nor feed this one.
"${OBJCOPY:-objcopy}" --wildcard --keep-global-symbol='xg2g_*' "$all"

# ld -r is content with symbols missing.
ours='xg2g_|_ZN[A-Z]*4xg2g|avpool_'
[ -z "$folder" ] || ours="$ours|av_|avcodec_|avpriv_|swr_|ff_"
missing=$("${NM:-nm}" -u "$all" | awk '{ print $NF }' |
  grep -E "^($ours)" || true)
if [ -n "$missing" ]; then
  echo "$out: these symbols are defined nowhere:" >&2
  echo "$missing" >&2
  exit 1
fi

rm -f "$out"
"${AR:-ar}" rcsD "$out" "$all"
