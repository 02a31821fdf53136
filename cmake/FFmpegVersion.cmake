# SPDX-License-Identifier: MIT
#
# Which FFmpeg is built, and what is switched on in it. A change here rebuilds
# it in every build tree.

set(XG2G_FFMPEG_VERSION 7.1.5)
set(XG2G_FFMPEG_URL
    https://ffmpeg.org/releases/ffmpeg-${XG2G_FFMPEG_VERSION}.tar.xz)
set(XG2G_FFMPEG_SHA256
    de668509caf9e35e3cd162473441fdb29538c6d96ed080292b3cf9e6fc5d558f)
# Where and why is said on top of each.
set(XG2G_FFMPEG_PATCHES
    ${CMAKE_CURRENT_LIST_DIR}/patches/aacenc-lambda.patch
    ${CMAKE_CURRENT_LIST_DIR}/patches/no-memory.patch)
set(XG2G_FFMPEG_PATCHES_HASH "")
foreach(patch IN LISTS XG2G_FFMPEG_PATCHES)
  file(SHA256 ${patch} hash)
  string(APPEND XG2G_FFMPEG_PATCHES_HASH ${hash})
endforeach()
string(SHA256 XG2G_FFMPEG_PATCHES_HASH "${XG2G_FFMPEG_PATCHES_HASH}")
string(SUBSTRING ${XG2G_FFMPEG_PATCHES_HASH} 0 8 XG2G_FFMPEG_PATCHES_HASH)
# The Debian release that carries the series, for where upstream is out of
# reach.
set(XG2G_FFMPEG_DEBIAN trixie)

# pthreads stay: without them FFmpeg's one-time initialisation is not safe when
# two threads open codecs at once. No codec is asked to start a thread.
set(xg2g_ffmpeg_common_flags
    --disable-everything
    --disable-autodetect
    --disable-iconv
    --disable-programs
    --disable-doc
    --disable-network
    --disable-avdevice
    --disable-avfilter
    --disable-swscale
    --disable-postproc
    --disable-debug
    --enable-static
    --disable-shared
    --enable-pic)

# What the archive holds. The prefix sends FFmpeg's malloc, realloc and free to
# src/audio/av_memory.cpp.
set(xg2g_ffmpeg_ship_flags
    --disable-avformat
    --enable-decoder=mp1float,mp2float,mp3float,ac3,eac3,aac,aac_latm
    --enable-encoder=aac
    --malloc-prefix=avpool_)
set(xg2g_ffmpeg_ship_libraries avcodec swresample avutil)

# What tests, demo and bench use besides: an independent reader and writer.
set(xg2g_ffmpeg_test_flags
    --enable-decoder=mp1float,mp2float,mp3float,ac3,eac3,aac,aac_latm
    --enable-decoder=mpeg2video
    --enable-encoder=aac,mp2,ac3,eac3,mpeg2video
    --enable-parser=mpegaudio,ac3,aac,aac_latm,mpegvideo,h264
    --enable-demuxer=mpegts
    --enable-muxer=mpegts
    --enable-protocol=file)
set(xg2g_ffmpeg_test_libraries avformat avcodec swresample avutil)
