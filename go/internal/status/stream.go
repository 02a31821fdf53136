// SPDX-License-Identifier: MIT

// Package status knows which streams run, and what became of those that ended.
package status

import (
	"sync"
	"sync/atomic"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

// Info is what is known of a stream when it begins.
type Info struct {
	Kind     string `json:"kind"`     // "relay", "head", "remux" or "raw".
	Upstream string `json:"upstream"` // Its name; "" where there is none.
	Path     string `json:"path"`     // What was asked for.
	Client   string `json:"client"`   // Its address.
}

// Reporter is what a remuxer tells about itself.
type Reporter interface {
	Stats() transcoder.Stats
	Streams() []transcoder.Stream
}

// State says what a stream does now.
type State string

// The states of a stream.
const (
	Connecting   State = "connecting"
	Streaming    State = "streaming"
	Reconnecting State = "reconnecting"
	Passing      State = "passing" // The body is no transport stream, or the remuxer failed.
	Ended        State = "ended"
)

// Stream is a stream that runs. Its methods are safe for use by several
// goroutines.
type Stream struct {
	Info
	ID    uint64
	Began time.Time

	bytesIn, bytesOut, reconnects, buffered atomic.Int64

	mu       sync.Mutex
	state    State
	reporter Reporter
}

// SetState notes what the stream does now.
func (s *Stream) SetState(state State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = state
}

// Watch notes whose counters are the stream's.
func (s *Stream) Watch(reporter Reporter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reporter = reporter
}

func (s *Stream) isWatched() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reporter != nil
}

// Received counts bytes that came from upstream.
func (s *Stream) Received(n int) { s.bytesIn.Add(int64(n)) }

// Sent counts bytes that went to the client.
func (s *Stream) Sent(n int) { s.bytesOut.Add(int64(n)) }

// Reconnected counts a connection to upstream after the first.
func (s *Stream) Reconnected() { s.reconnects.Add(1) }

// Buffered notes how many bytes wait for the client.
func (s *Stream) Buffered(n int) { s.buffered.Store(int64(n)) }

// Snapshot is a stream at one moment, for people and for machines.
type Snapshot struct {
	ID uint64 `json:"id"`
	Info
	State      State               `json:"state"`
	Began      time.Time           `json:"began"`
	Ended      *time.Time          `json:"ended,omitempty"`
	Reason     string              `json:"reason,omitempty"` // Why it ended.
	BytesIn    int64               `json:"bytes_in"`
	BytesOut   int64               `json:"bytes_out"`
	Buffered   int64               `json:"buffered"`
	Reconnects int64               `json:"reconnects"`
	Stats      transcoder.Stats    `json:"stats"`
	Tracks     []transcoder.Stream `json:"tracks"`
}

// Snapshot returns what the stream is like now.
func (s *Stream) Snapshot() Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	shot := Snapshot{
		ID: s.ID, Info: s.Info, State: s.state, Began: s.Began,
		BytesIn: s.bytesIn.Load(), BytesOut: s.bytesOut.Load(),
		Buffered: s.buffered.Load(), Reconnects: s.reconnects.Load(),
		Tracks: []transcoder.Stream{},
	}
	if s.reporter != nil {
		shot.Stats = s.reporter.Stats()
		shot.Tracks = append(shot.Tracks, s.reporter.Streams()...)
	}
	return shot
}
