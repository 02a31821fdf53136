// SPDX-License-Identifier: MIT

// Package relay carries a live stream from where it comes, through a remuxer, to
// a client.
package relay

import (
	"errors"
	"fmt"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

// Sink takes bytes that came from upstream at the time arrived.
type Sink interface {
	Write(p []byte, arrived time.Time) error
}

// Remuxer is what the filter needs of a transcoder.AudioRemuxer.
type Remuxer interface {
	ProcessInto(dst, src []byte) (int, error)
	FlushInto(dst []byte) (int, error)
	Pending() int
	Reset() error
	Close() error
	Stats() transcoder.Stats
	Streams() []transcoder.Stream
}

// OnError says what happens where the remuxer itself fails.
type OnError int

// The stream goes on with the sound that came, or it ends.
const (
	PassOnError OnError = iota
	CloseOnError
)

// outSize has room for a read and for the AAC that it completes.
const outSize = 96 * 1024

// ErrRemuxer says that the remuxer failed, and that the stream was to end then.
var ErrRemuxer = errors.New("the remuxer failed")

// Filter sends a stream through a remuxer to a sink.
type Filter struct {
	remuxer Remuxer
	sink    Sink
	onError OnError
	failed  func(error) // Told when the remuxer fails, once.
	out     []byte
	passing bool
	found   bool // Packets have come.
	written int64
}

// NewFilter returns a filter; failed is told where the remuxer fails.
func NewFilter(remuxer Remuxer, sink Sink, onError OnError, failed func(error)) *Filter {
	return &Filter{remuxer: remuxer, sink: sink, onError: onError, failed: failed,
		out: make([]byte, outSize)}
}

// Write takes all of p, which came at the time arrived. Bytes that are no packets
// are dropped; the remuxer counts them.
func (f *Filter) Write(p []byte, arrived time.Time) error {
	if f.passing {
		return f.put(p, arrived)
	}
	n, err := f.remuxer.ProcessInto(f.out, p)
	if err != nil && !errors.Is(err, transcoder.ErrNotTS) {
		return f.fail(err, p, arrived)
	}
	for {
		if err := f.put(f.out[:n], arrived); err != nil {
			return err
		}
		if f.remuxer.Pending() == 0 {
			return nil
		}
		if n, err = f.remuxer.ProcessInto(f.out, nil); err != nil {
			return f.fail(err, nil, arrived)
		}
	}
}

// fail goes on without the remuxer, from the input that it did not take, or
// gives up.
func (f *Filter) fail(err error, p []byte, arrived time.Time) error {
	f.failed(err)
	if f.onError == CloseOnError {
		return fmt.Errorf("%w: %w", ErrRemuxer, err)
	}
	f.passing = true
	return f.put(p, arrived)
}

func (f *Filter) put(p []byte, arrived time.Time) error {
	if len(p) == 0 {
		return nil
	}
	f.written += int64(len(p))
	return f.sink.Write(p, arrived)
}

// Written returns the bytes that went to the sink: where they grow, a transport
// stream is coming in.
func (f *Filter) Written() int64 { return f.written }

// IsPassing says that the remuxer has failed and the stream passes as it comes.
func (f *Filter) IsPassing() bool { return f.passing }

// IsStream says whether packets have been found.
func (f *Filter) IsStream() bool {
	f.found = f.found || f.passing || f.remuxer.Stats().Packets > 0
	return f.found
}

// SetSink changes where the stream goes from here on.
func (f *Filter) SetSink(sink Sink) { f.sink = sink }

// Reset forgets the source for the next one.
func (f *Filter) Reset() error {
	if f.passing {
		return nil
	}
	return f.remuxer.Reset()
}

// Flush writes the last sound. It answers ErrNotTS where nothing that came was a
// transport stream.
func (f *Filter) Flush() error {
	for !f.passing {
		n, err := f.remuxer.FlushInto(f.out)
		if err != nil && !errors.Is(err, transcoder.ErrNotTS) {
			return f.fail(err, nil, time.Now())
		}
		if err != nil || n == 0 {
			return err
		}
		if err := f.put(f.out[:n], time.Now()); err != nil {
			return err
		}
	}
	return nil
}
