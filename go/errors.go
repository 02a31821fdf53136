// SPDX-License-Identifier: MIT

package transcoder

import (
	"errors"
	"sync/atomic"
)

// What went wrong, for [errors.Is]. Every error of this package is an [*Error]
// that wraps one of them.
var (
	// ErrClosed says that Close was called before.
	ErrClosed = errors.New("closed")
	// ErrInvalidInput says that an argument or an option cannot be.
	ErrInvalidInput = errors.New("invalid input")
	// ErrNotTS says that 64 KiB in a row held no packets. Those bytes are
	// dropped and counted; what follows is searched afresh.
	ErrNotTS = errors.New("not a transport stream")
	// ErrOutputTooSmall says that dst has no room for a packet, or that 16 MiB
	// wait to be drained. The input was not taken.
	ErrOutputTooSmall = errors.New("output too small")
	// ErrTranscoderUnavailable says that no usable library is linked.
	ErrTranscoderUnavailable = errors.New("transcoder unavailable")
	// ErrNoMemory says that the library got no memory; the stream starts anew.
	ErrNoMemory = errors.New("out of memory")
	// ErrInternal says that the library failed; the stream starts anew.
	ErrInternal = errors.New("internal error")
)

// Error is the error of one call.
type Error struct {
	Op     string // The call: "open", "process", "flush", "reset".
	Err    error  // One of the package's sentinels.
	Detail string // The reason, a sentence; "" where Err says all.
}

// Error returns the operation, what went wrong and why.
func (e *Error) Error() string {
	text := "transcoder: " + e.Op + ": " + e.Err.Error()
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// Unwrap returns the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// Return codes of xg2g/transcoder.h.
const (
	codeOutputTooSmall  = -2
	codeNotTS           = -3
	codeInvalidArgument = -4
	codeNoMemory        = -5
)

func sentinelOf(code int) error {
	switch code {
	case codeOutputTooSmall:
		return ErrOutputTooSmall
	case codeNotTS:
		return ErrNotTS
	case codeInvalidArgument:
		return ErrInvalidInput
	case codeNoMemory:
		return ErrNoMemory
	default:
		return ErrInternal
	}
}

var lastError atomic.Pointer[Error]

// fail makes an error that LastError() answers too.
func fail(op string, err error, detail string) error {
	e := &Error{Op: op, Err: err, Detail: detail}
	lastError.Store(e)
	return e
}

// LastError returns the text of the newest error of any remuxer in this
// process, "" where there was none. Each call returns its own error; this is
// for callers that were written before it did.
func LastError() string {
	if e := lastError.Load(); e != nil {
		return e.Error()
	}
	return ""
}
