// SPDX-License-Identifier: MIT

package relay

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/upstream"
)

// nowhere takes everything.
type nowhere struct{}

func (nowhere) Write([]byte, time.Time) error { return nil }

func TestAStallIsWithoutPackets(t *testing.T) {
	const stall = 50 * time.Millisecond
	source, feed := io.Pipe()
	filter := NewFilter(nil, nowhere{}, PassOnError, nil)
	filter.passing = true
	live := Live{Stall: stall, Filter: filter, Stream: new(status.Stream), buffer: make([]byte, readSize)}
	go func() { _, _ = feed.Write([]byte("a packet")) }()
	progress, failed, err := live.carry(context.Background(), source)
	if !progress || !errors.Is(failed, upstream.ErrStalled) || err != nil {
		t.Errorf("got %v, %v, %v", progress, failed, err)
	}
	if silent := time.Since(live.lastGood); silent < stall || silent > time.Hour {
		t.Errorf("packets came last %v ago", silent)
	}
}
