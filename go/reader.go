// SPDX-License-Identifier: MIT

package transcoder

import (
	"errors"
	"io"
)

// readSize is what a Reader asks its source for: what a pipe holds.
const readSize = 64 * 1024

// Reader reads a transport stream whose sound is AAC from one whose sound is
// not. It is live: Read returns as soon as there is something to return.
//
// It is not safe for use by several goroutines.
type Reader struct {
	source  io.Reader
	remuxer *AudioRemuxer
	in      []byte
	small   []byte // What a p without room for a packet is served from.
	rest    []byte // The part of small that was not read yet.
	ending  error  // What the source ended with.
	err     error  // What every further Read returns.
}

// NewReader returns a Reader on r. Options that cannot be are the error of the
// first Read. Close frees the remuxer; r is not closed.
func NewReader(r io.Reader, options Options) *Reader {
	remuxer, err := New(options)
	return &Reader{source: r, remuxer: remuxer, err: err}
}

// Read reads what is ready. It returns io.EOF behind the last sound, and
// ErrNotTS where the source never held a transport stream.
func (r *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for {
		if len(r.rest) > 0 {
			n := copy(p, r.rest)
			r.rest = r.rest[n:]
			return n, nil
		}
		if r.err != nil {
			return 0, r.err
		}
		dst := p
		if len(p) < PacketSize {
			dst = r.smallBuffer()
		}
		n, err := r.fill(dst)
		r.err = err
		if len(p) >= PacketSize {
			if n > 0 {
				return n, nil
			}
			continue
		}
		r.rest = dst[:n]
	}
}

func (r *Reader) smallBuffer() []byte {
	if r.small == nil {
		r.small = make([]byte, 16*PacketSize)
	}
	return r.small
}

// fill writes what is ready to dst, which has room for a packet.
func (r *Reader) fill(dst []byte) (int, error) {
	if r.remuxer.Pending() > 0 {
		return r.remuxer.ProcessInto(dst, nil)
	}
	if r.ending != nil {
		n, err := r.remuxer.FlushInto(dst)
		if n == 0 && (err == nil || r.ending != io.EOF) { //nolint:errorlint // as io.Reader says it
			err = r.ending
		}
		return n, err
	}
	n, err := r.readSource()
	if err != nil {
		r.ending = err
	}
	if n == 0 {
		return 0, nil
	}
	n, err = r.remuxer.ProcessInto(dst, r.in[:n])
	return n, r.remuxer.forgive(err)
}

// readSource reads at least a byte or says why there is none.
func (r *Reader) readSource() (int, error) {
	if r.in == nil {
		r.in = make([]byte, readSize)
	}
	for range 100 {
		n, err := r.source.Read(r.in)
		if n > 0 || err != nil {
			return n, err
		}
	}
	return 0, io.ErrNoProgress
}

// Stats returns the counters; after Close, the last ones.
func (r *Reader) Stats() Stats {
	if r.remuxer == nil {
		return Stats{}
	}
	return r.remuxer.Stats()
}

// Close frees the remuxer. Reading after it is answered with ErrClosed.
func (r *Reader) Close() error {
	if r.remuxer == nil {
		return nil
	}
	r.rest = nil
	r.err = &Error{Op: "read", Err: ErrClosed}
	return r.remuxer.Close()
}

// forgive makes nothing of ErrNotTS once packets have come: noise in a stream
// passes, and Stats counts it. At the start it says that there is no stream.
func (r *AudioRemuxer) forgive(err error) error {
	if errors.Is(err, ErrNotTS) && r.Stats().Packets > 0 {
		return nil
	}
	return err
}
