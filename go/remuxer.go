// SPDX-License-Identifier: MIT

package transcoder

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"unsafe"
)

// AudioRemuxer replaces the sound of one transport stream.
//
// It is safe for use by several goroutines: calls run one after another, and
// Close waits for the one that runs. Two remuxers share nothing.
type AudioRemuxer struct {
	mu      sync.Mutex
	native  native
	options Options // Spelled out: no zero stands for a default.
	scratch []byte  // What Process and Flush write to before they copy.

	// What there was when it was closed.
	lastStats   Stats
	lastStreams []Stream
}

const (
	// pieceSize is what Process hands to the library at once: a pipe's worth.
	pieceSize = 64 * 1024
	// scratchSize has room for a piece and for the AAC that it completes.
	scratchSize = 96 * 1024
)

// NewAudioRemuxer opens a remuxer that makes AAC of sampleRate Hz, with so many
// channels, of bitrate bit/s, of every track that it can decode.
func NewAudioRemuxer(sampleRate, channels, bitrate int) (*AudioRemuxer, error) {
	options := Options{}.withDefaults()
	options.SampleRate = sampleRate
	options.Channels = channels
	options.BitRate = bitrate
	return open(options)
}

// New opens a remuxer with all options.
func New(options Options) (*AudioRemuxer, error) {
	return open(options.withDefaults())
}

// open takes options as they are: a zero in them is one.
func open(options Options) (*AudioRemuxer, error) {
	if err := options.check(); err != nil {
		return nil, err
	}
	opened, err := openNative(options)
	if err != nil {
		return nil, err
	}
	options.Languages = slices.Clone(options.Languages)
	r := &AudioRemuxer{native: opened, options: options}
	// Every method holds the lock, and with it r, until the library's call is
	// over: the collector cannot come in between.
	runtime.SetFinalizer(r, (*AudioRemuxer).finalize)
	return r, nil
}

// Process takes all of in and returns every byte that is ready. With an empty
// in it returns what waits.
//
// An error with ErrNotTS says that bytes were dropped; what was ready comes
// with it, and the next call goes on.
func (r *AudioRemuxer) Process(in []byte) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.checkOpen("process"); err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(in)+r.native.pending())
	var dropped error
	for first := true; first || len(in) > 0; first = false {
		piece := in[:min(len(in), pieceSize)]
		in = in[len(piece):]
		code := r.native.process(r.room(), piece)
		switch {
		case code == codeNotTS:
			dropped = r.failure("process", code)
		case code < 0:
			return out, r.failure("process", code)
		default:
			out = append(out, r.scratch[:code]...)
		}
		var err error
		if out, err = r.drain(out); err != nil {
			return out, err
		}
	}
	return out, dropped
}

// drain appends what waits.
func (r *AudioRemuxer) drain(out []byte) ([]byte, error) {
	for r.native.pending() > 0 {
		code := r.native.process(r.room(), nil)
		if code < 0 {
			return out, r.failure("process", code)
		}
		out = append(out, r.scratch[:code]...)
	}
	return out, nil
}

func (r *AudioRemuxer) room() []byte {
	if r.scratch == nil {
		r.scratch = make([]byte, scratchSize)
	}
	return r.scratch
}

// ProcessInto takes all of src, writes whole packets to dst and returns the
// bytes written; 0 is fine. What does not fit waits: Pending tells how much, and
// an empty src drains it. It allocates nothing in Go.
//
// dst must hold PacketSize bytes at least and not overlap src. With any error
// but ErrNotTS, src was not taken; ErrNoMemory and ErrInternal also begin anew, as
// Reset does, so that what waited is lost.
func (r *AudioRemuxer) ProcessInto(dst, src []byte) (n int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.checkOpen("process"); err != nil {
		return 0, err
	}
	if err := checkRoom("process", dst); err != nil {
		return 0, err
	}
	if overlap(dst, src) {
		return 0, fail("process", ErrInvalidInput, "dst and src overlap")
	}
	code := r.native.process(dst, src)
	if code < 0 {
		return 0, r.failure("process", code)
	}
	return code, nil
}

// Pending returns the bytes that wait to be drained.
func (r *AudioRemuxer) Pending() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.native.isOpen() {
		return 0
	}
	return r.native.pending()
}

// Flush ends the stream and returns what is left of it, the last sound
// included. Input after it is a new stream. An error with ErrNotTS says that
// nothing of what came was a transport stream.
func (r *AudioRemuxer) Flush() ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.checkOpen("flush"); err != nil {
		return nil, err
	}
	var out []byte
	for {
		code := r.native.flush(r.room())
		if code < 0 {
			return out, r.failure("flush", code)
		}
		if code == 0 {
			return out, nil
		}
		out = append(out, r.scratch[:code]...)
	}
}

// FlushInto ends the stream like Flush and writes to dst like ProcessInto. It is
// to be called until it returns 0.
func (r *AudioRemuxer) FlushInto(dst []byte) (n int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.checkOpen("flush"); err != nil {
		return 0, err
	}
	if err := checkRoom("flush", dst); err != nil {
		return 0, err
	}
	code := r.native.flush(dst)
	if code < 0 {
		return 0, r.failure("flush", code)
	}
	return code, nil
}

// Reset forgets the stream between two sources. Options, counters, output that
// waits, and continuity of what leaves are kept.
func (r *AudioRemuxer) Reset() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.checkOpen("reset"); err != nil {
		return err
	}
	if code := r.native.reset(); code < 0 {
		return r.failure("reset", code)
	}
	return nil
}

// Close frees the remuxer. It waits for a call that runs; what comes after it is
// answered with ErrClosed. Closing again does nothing and is no error.
//
// A remuxer that is forgotten is freed when the collector finds it.
func (r *AudioRemuxer) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.native.isOpen() {
		return nil
	}
	r.lastStats = r.native.stats()
	r.lastStreams = r.streams()
	r.free()
	runtime.SetFinalizer(r, nil)
	return nil
}

func (r *AudioRemuxer) finalize() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.free()
}

func (r *AudioRemuxer) free() {
	r.native.free()
	r.native = native{}
	r.scratch = nil
}

// Config returns what the AAC has: Hz, channels, bit/s.
func (r *AudioRemuxer) Config() (sampleRate, channels, bitrate int) {
	return r.options.SampleRate, r.options.Channels, r.options.BitRate
}

// Stats returns the counters; after Close, the last ones.
func (r *AudioRemuxer) Stats() Stats {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.native.isOpen() {
		return r.lastStats
	}
	return r.native.stats()
}

// Streams returns the elementary streams of all programs that are announced
// now; after Close, the last ones.
func (r *AudioRemuxer) Streams() []Stream {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.native.isOpen() {
		return slices.Clone(r.lastStreams)
	}
	return r.streams()
}

func (r *AudioRemuxer) streams() []Stream {
	var streams []Stream
	for {
		stream, ok := r.native.stream(len(streams))
		if !ok {
			return streams
		}
		streams = append(streams, stream)
	}
}

// Events takes what happened since it was asked last, oldest first. At most 256
// events wait; Stats counts those that were dropped.
func (r *AudioRemuxer) Events() []Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	var events []Event
	for r.native.isOpen() {
		event, ok := r.native.nextEvent()
		if !ok {
			break
		}
		events = append(events, event)
	}
	return events
}

// Version returns the library's version, as "0.1.0".
func Version() string { return libraryVersion() }

// FFmpegVersion returns the version of the FFmpeg in the library.
func FFmpegVersion() string { return ffmpegVersion() }

// ArchiveHash returns a part of the SHA-256 of the archive that was linked, ""
// where it is not known.
func ArchiveHash() string { return archiveHash }

func (r *AudioRemuxer) checkOpen(op string) error {
	if r.native.isOpen() {
		return nil
	}
	return fail(op, ErrClosed, "")
}

func (r *AudioRemuxer) failure(op string, code int) error {
	return fail(op, sentinelOf(code), r.native.reason())
}

func checkRoom(op string, dst []byte) error {
	if len(dst) >= PacketSize {
		return nil
	}
	return fail(op, ErrOutputTooSmall,
		fmt.Sprintf("dst holds %d bytes and a packet has %d", len(dst), PacketSize))
}

func overlap(a, b []byte) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	firstA := uintptr(unsafe.Pointer(unsafe.SliceData(a)))
	firstB := uintptr(unsafe.Pointer(unsafe.SliceData(b)))
	return firstA < firstB+uintptr(len(b)) && firstB < firstA+uintptr(len(a))
}
