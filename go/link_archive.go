// SPDX-License-Identifier: MIT

//go:build cgo && !xg2g_pkgconfig

package transcoder

// The C++ runtime goes into the program: it then needs libc and libm only.

// #cgo CFLAGS: -I${SRCDIR}/../include
// #cgo LDFLAGS: -L${SRCDIR}/../build/release/lib -lxg2g_transcoder
// #cgo LDFLAGS: -l:libstdc++.a -static-libgcc -Wl,--as-needed -lm -lpthread
//
// #if !__has_include("archive_hash.h")
// #error "libxg2g_transcoder.a is not there: run cmake/dev.sh build, or link an installed one with -tags xg2g_pkgconfig"
// #endif
// #include "archive_hash.h"
import "C"

// archiveHash stands for the archive in Go's build cache, which does not look
// into libraries: CMake writes the header anew with each archive, and a constant
// that changes makes Go compile and link again.
const archiveHash = C.XG2G_ARCHIVE_HASH
