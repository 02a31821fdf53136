// SPDX-License-Identifier: MIT

package status

import (
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

// ErrFull says that as many streams run as may.
var ErrFull = errors.New("too many streams")

// recentLimit is how many ended streams are remembered.
const recentLimit = 20

// Registry holds the streams that run. It is safe for use by several goroutines.
type Registry struct {
	limit int

	mu      sync.Mutex
	nextID  uint64
	running map[uint64]*Stream
	recent  []Snapshot // Newest first.
	ended   Totals
}

// Totals are the counters of many streams, added up.
type Totals struct {
	ContinuityErrors, TransportErrors, SyncLosses, PSIErrors uint64
	DecodeErrors, Gaps, Overlaps, Discontinuities            uint64
	FramesIn, FramesOut                                      uint64
	BytesIn, BytesOut, Reconnects                            uint64
}

func (t *Totals) add(shot Snapshot) {
	stats := shot.Stats
	t.ContinuityErrors += stats.ContinuityErrors
	t.TransportErrors += stats.TransportErrors
	t.SyncLosses += stats.SyncLosses
	t.PSIErrors += stats.PSIErrors
	t.DecodeErrors += stats.FramesConcealed
	t.Gaps += stats.Gaps
	t.Overlaps += stats.Overlaps
	t.Discontinuities += stats.Discontinuities
	t.FramesIn += stats.FramesIn
	t.FramesOut += stats.FramesOut
	t.BytesIn += uint64(shot.BytesIn)
	t.BytesOut += uint64(shot.BytesOut)
	t.Reconnects += uint64(shot.Reconnects)
}

// NewRegistry returns a registry in which at most limit streams run.
func NewRegistry(limit int) *Registry {
	return &Registry{limit: limit, running: map[uint64]*Stream{}}
}

// Begin adds a stream, or answers ErrFull.
func (r *Registry) Begin(info Info) (*Stream, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.running) >= r.limit {
		return nil, ErrFull
	}
	r.nextID++
	stream := &Stream{Info: info, ID: r.nextID, Began: time.Now(), state: Connecting}
	r.running[stream.ID] = stream
	return stream, nil
}

// End takes a stream out. One that never had a remuxer carried no television: it
// is counted, not remembered.
func (r *Registry) End(stream *Stream, reason string) Snapshot {
	shot := stream.Snapshot()
	now := time.Now()
	shot.Ended, shot.Reason, shot.State = &now, reason, Ended
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.running, stream.ID)
	r.ended.add(shot)
	if stream.isWatched() {
		r.recent = append([]Snapshot{shot}, r.recent...)
		r.recent = r.recent[:min(len(r.recent), recentLimit)]
	}
	return shot
}

// Running returns the streams that run, oldest first.
func (r *Registry) Running() []Snapshot {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.snapshots()
}

func (r *Registry) snapshots() []Snapshot {
	shots := make([]Snapshot, 0, len(r.running))
	for _, id := range slices.Sorted(maps.Keys(r.running)) {
		shots = append(shots, r.running[id].Snapshot())
	}
	return shots
}

// Recent returns the streams that ended last, newest first.
func (r *Registry) Recent() []Snapshot {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.recent)
}

// Figures returns the counters of all streams since the start, which never fall,
// and the streams that run, at one moment.
func (r *Registry) Figures() (Totals, []Snapshot) {
	r.mu.Lock()
	defer r.mu.Unlock()
	totals, running := r.ended, r.snapshots()
	for _, shot := range running {
		totals.add(shot)
	}
	return totals, running
}

// Count returns how many streams run.
func (r *Registry) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.running)
}

var _ Reporter = (*transcoder.AudioRemuxer)(nil)
