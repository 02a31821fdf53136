// SPDX-License-Identifier: MIT

// Package transcoder is a filter for live MPEG transport streams: MP2, AC-3 and
// E-AC-3 sound, which phones and most apps cannot play, becomes AAC, and every
// other packet leaves as it came.
//
// An [AudioRemuxer] takes pieces of a stream, cut anywhere, and gives the bytes
// that are ready. [NewReader] and [NewWriter] wrap it for [io.Copy]. All of them
// are live: nothing is probed and nothing is held back that could leave.
//
// The work is done by libxg2g_transcoder.a, which cgo links into the program.
// By default that is the archive which "cmake/dev.sh build" leaves in the source
// tree; with the build tag xg2g_pkgconfig it is the installed one, found by
// pkg-config. Without cgo everything compiles and each constructor answers
// [ErrTranscoderUnavailable] with a sentence that says what to do.
package transcoder
