// SPDX-License-Identifier: MIT

//go:build cgo

package transcoder

// OpenHandles returns the handles of the library that are not freed yet.
func OpenHandles() int64 { return openHandles.Load() }
