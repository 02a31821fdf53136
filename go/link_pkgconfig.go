// SPDX-License-Identifier: MIT

//go:build cgo && xg2g_pkgconfig

package transcoder

// #cgo pkg-config: xg2g_transcoder
import "C"

// archiveHash is known of the archive in the source tree only.
const archiveHash = ""
