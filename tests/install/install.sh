#!/bin/sh
# SPDX-License-Identifier: MIT
#
# install.sh BUILD LIBDIR FFMPEG OTHER_FFMPEG CC [FLAG...]: installs a build
# tree to a folder of its own and builds somebody else's C program with what is
# there, in each of the ways that README.md names. Then the archive is made
# again as cmake/RELINKING.md says, of the FFmpeg it was made of and of another;
# "" for both where there is none in it.
set -eu
build=$1 libdir=$2 ffmpeg=$3 other=$4
shift 4
consumer=$(cd "$(dirname "$0")/consumer" && pwd)
work=$build/install-test
prefix=$work/prefix

rm -rf "$work"
cmake --install "$build" --prefix "$prefix" > /dev/null
# Moved after it was installed: nothing in it may name where it was.
mv "$prefix" "$prefix.moved"
prefix=$prefix.moved

echo "by pkg-config, with cc"
PKG_CONFIG_PATH=$prefix/$libdir/pkgconfig
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
"$@" -std=c99 "$consumer/main.c" -o "$work/by-pkg-config" \
  $(pkg-config --cflags --libs xg2g_transcoder)
"$work/by-pkg-config"

echo "by find_package, with CMake"
cc=$1
flags="$*"
cmake -S "$consumer" -B "$work/by-cmake" -DCMAKE_PREFIX_PATH="$prefix" \
  -DCMAKE_C_COMPILER="$cc" -DCMAKE_C_FLAGS="${flags#"$cc"}" > /dev/null
cmake --build "$work/by-cmake" > /dev/null
"$work/by-cmake/consumer"

[ -n "$ffmpeg" ] || exit 0
echo "relinked with the same FFmpeg: the same archive"
relink=$prefix/$libdir/xg2g_transcoder/relink
archive=$prefix/$libdir/libxg2g_transcoder.a
"$relink/relink.sh" "$relink/xg2g_transcoder.o" "$work/same.a" "$ffmpeg"
cmp "$work/same.a" "$archive"

echo "relinked with another FFmpeg"
"$relink/relink.sh" "$relink/xg2g_transcoder.o" "$work/other.a" "$other"
"$@" -std=c99 -I"$prefix/include" "$consumer/main.c" -o "$work/relinked" \
  "$work/other.a" -lm -lpthread -lstdc++
"$work/relinked"
! cmp -s "$work/other.a" "$archive"
