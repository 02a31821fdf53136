// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

const (
	// writeSize has room for one read, for what was held back before it (512 KiB
	// at most), and for the AAC that both of them end.
	writeSize = 1024 * 1024
	// What a probe takes from a pipe, which may have no end. A stream without a
	// clock has no time to stop at.
	probeTime  = 5 * time.Second
	probeBytes = 64 << 20
)

// filter is the way of a stream from its input through a remuxer to its output.
type filter struct {
	remuxer  *transcoder.AudioRemuxer
	in       *input
	out      io.Writer // Its errors are fit for people.
	progress *progress
	brief    bool              // Stop at probeTime or probeBytes.
	warn     func(text string) // Told at most once.
	buffer   []byte            // What the remuxer writes to.
}

// run runs to the end of the input, or until ctx ends.
func (f *filter) run(ctx context.Context) error {
	var ending error
	for ending == nil && !f.hasEnough() {
		var piece []byte
		piece, ending = f.in.read(ctx)
		if len(piece) == 0 {
			continue
		}
		if err := f.push(piece); err != nil {
			return err
		}
		f.progress.update(f.remuxer.Stats)
	}
	return f.end(ending)
}

func (f *filter) hasEnough() bool {
	if !f.brief {
		return false
	}
	stats := f.remuxer.Stats()
	return stats.StreamTime >= probeTime || stats.BytesIn >= probeBytes
}

// push takes a piece and writes all that is ready.
func (f *filter) push(piece []byte) error {
	n, err := f.remuxer.ProcessInto(f.buffer, piece)
	if err = f.forgive(err); err != nil {
		return err
	}
	for {
		if err := f.put(n); err != nil {
			return err
		}
		if f.remuxer.Pending() == 0 {
			return nil
		}
		if n, err = f.remuxer.ProcessInto(f.buffer, nil); err != nil {
			return f.explain(err)
		}
	}
}

func (f *filter) put(n int) error {
	if n == 0 {
		return nil
	}
	_, err := f.out.Write(f.buffer[:n])
	return err
}

// forgive passes over 64 KiB without sync. At the very start that is no stream;
// later it is noise that will pass.
func (f *filter) forgive(err error) error {
	if !errors.Is(err, transcoder.ErrNotTS) || f.remuxer.Stats().Packets == 0 {
		return f.explain(err)
	}
	if f.warn != nil {
		f.progress.clear()
		f.warn(f.in.name + " holds something else than packets for 64 KiB; searching on")
		f.warn = nil
	}
	return nil
}

// end flushes what is left, whatever the input ended with.
func (f *filter) end(ending error) error {
	isEmpty := f.remuxer.Stats().BytesIn == 0
	if errors.Is(ending, io.EOF) && isEmpty {
		return fmt.Errorf("%s is empty; give a recording as the receiver sends it (.ts, .m2ts)", f.in.name)
	}
	failed := f.flush()
	switch {
	case errors.Is(ending, errStopped) && errors.Is(failed, transcoder.ErrNotTS):
		return nil // It was stopped before it could be known.
	case ending == nil, errors.Is(ending, io.EOF), errors.Is(ending, errStopped):
		return failed
	default:
		return cannot("read", f.in.name, ending, "the stream ends here")
	}
}

func (f *filter) flush() error {
	for {
		n, err := f.remuxer.FlushInto(f.buffer)
		if err != nil {
			return f.explain(err)
		}
		if n == 0 {
			return nil
		}
		if err := f.put(n); err != nil {
			return err
		}
	}
}

// notTS reads as it should and is still transcoder.ErrNotTS.
type notTS struct{ name string }

func (e notTS) Error() string {
	return e.name + " is not an MPEG transport stream; give a recording as the receiver sends it (.ts, .m2ts)"
}

func (notTS) Unwrap() error { return transcoder.ErrNotTS }

func (f *filter) explain(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, transcoder.ErrNotTS) {
		return notTS{f.in.name}
	}
	return fmt.Errorf("%s: %w", f.in.name, err)
}
