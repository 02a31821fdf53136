// SPDX-License-Identifier: MIT

package relay

import (
	"errors"
	"sync"
	"time"
)

// ErrTooSlow says that the client did not keep up and its buffer is full.
var ErrTooSlow = errors.New("the client does not keep up")

const blockSize = 32 * 1024

// block is a part of the stream that waits for the client.
type block struct {
	data    []byte
	arrived time.Time // When the oldest of it came from upstream.
}

var blocks = sync.Pool{New: func() any { return &block{data: make([]byte, 0, blockSize)} }}

// Buffer stands between upstream, which must not wait, and the client, which may
// make it. It grows to its limit and then fails.
type Buffer struct {
	limit int
	note  func(size int) // Told what waits.

	mu      sync.Mutex
	changed sync.Cond
	queue   []*block
	size    int // Bytes in queue and in the client's hands.
	closed  bool
	err     error
}

// NewBuffer returns a buffer that holds limit bytes; note is told how many.
func NewBuffer(limit int, note func(size int)) *Buffer {
	b := &Buffer{limit: limit, note: note}
	b.changed.L = &b.mu
	return b
}

// Write takes all of p, which came at the time arrived, or answers ErrTooSlow.
// After Close it answers what the buffer was closed with.
func (b *Buffer) Write(p []byte, arrived time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return b.err
	}
	if b.size+len(p) > b.limit {
		return ErrTooSlow
	}
	b.size += len(p)
	for len(p) > 0 {
		last := b.lastWithRoom(arrived)
		n := min(len(p), blockSize-len(last.data))
		last.data = append(last.data, p[:n]...)
		p = p[n:]
	}
	b.note(b.size)
	b.changed.Signal()
	return nil
}

func (b *Buffer) lastWithRoom(arrived time.Time) *block {
	if n := len(b.queue); n > 0 && len(b.queue[n-1].data) < blockSize {
		return b.queue[n-1]
	}
	fresh := blocks.Get().(*block)
	fresh.arrived = arrived
	b.queue = append(b.queue, fresh)
	return fresh
}

// Close ends the buffer. What waits is still read; err comes behind it.
func (b *Buffer) Close(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	b.closed, b.err = true, err
	b.changed.Broadcast()
}

// take waits for the next block; nil and what Close was given stand at the end.
func (b *Buffer) take() (*block, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.queue) == 0 {
		if b.closed {
			return nil, b.err
		}
		b.changed.Wait()
	}
	first := b.queue[0]
	b.queue[0] = nil
	b.queue = b.queue[1:]
	return first, nil
}

func (b *Buffer) release(done *block) {
	b.mu.Lock()
	b.size -= len(done.data)
	b.note(b.size)
	b.mu.Unlock()
	done.data = done.data[:0]
	blocks.Put(done)
}

// Drain writes to sink until Close, and returns what that was given or what
// ended the sink.
func (b *Buffer) Drain(sink Sink) error {
	for {
		next, err := b.take()
		if next == nil {
			return err
		}
		err = sink.Write(next.data, next.arrived)
		b.release(next)
		if err != nil {
			b.Close(err)
			return err
		}
	}
}
