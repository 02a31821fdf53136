// SPDX-License-Identifier: MIT

package transcoder

import "io"

// Writer writes a transport stream on with AAC for its sound. It is live: what a
// Write makes ready is written before it returns.
//
// It is not safe for use by several goroutines.
type Writer struct {
	sink    io.Writer
	remuxer *AudioRemuxer
	out     []byte
	err     error // What every further Write returns.
	closed  bool
}

// NewWriter returns a Writer to w. Options that cannot be are the error of the
// first Write. Close writes the end of the stream and frees the remuxer; w is
// not closed.
func NewWriter(w io.Writer, options Options) *Writer {
	remuxer, err := New(options)
	return &Writer{sink: w, remuxer: remuxer, out: make([]byte, scratchSize), err: err}
}

// Write takes all of p. With an error the stream cannot go on: every further
// Write returns it again.
func (w *Writer) Write(p []byte) (int, error) {
	taken := 0
	for w.err == nil && taken < len(p) {
		piece := p[taken:min(len(p), taken+pieceSize)]
		var n int
		n, w.err = w.remuxer.ProcessInto(w.out, piece)
		w.err = w.remuxer.forgive(w.err)
		if w.err != nil {
			break
		}
		taken += len(piece)
		w.put(n)
		for w.err == nil && w.remuxer.Pending() > 0 {
			n, w.err = w.remuxer.ProcessInto(w.out, nil)
			w.put(n)
		}
	}
	return taken, w.err
}

// put writes the first n bytes of out.
func (w *Writer) put(n int) {
	if w.err != nil || n == 0 {
		return
	}
	var written int
	written, w.err = w.sink.Write(w.out[:n])
	if w.err == nil && written < n {
		w.err = io.ErrShortWrite
	}
}

// Stats returns the counters; after Close, the last ones.
func (w *Writer) Stats() Stats {
	if w.remuxer == nil {
		return Stats{}
	}
	return w.remuxer.Stats()
}

// Close writes the last sound and frees the remuxer. It returns ErrNotTS where
// nothing of what was written was a transport stream, and nil when called again.
func (w *Writer) Close() error {
	if w.closed {
		return nil
	}
	w.closed = true
	if w.remuxer == nil {
		return w.err
	}
	defer w.remuxer.Close()
	for w.err == nil {
		var n int
		n, w.err = w.remuxer.FlushInto(w.out)
		if n == 0 {
			break
		}
		w.put(n)
	}
	failed := w.err
	w.err = &Error{Op: "write", Err: ErrClosed}
	return failed
}
