// SPDX-License-Identifier: MIT

package relay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/upstream"
)

// Waits between connections: the first comes at once, then they double.
const (
	firstWait = 200 * time.Millisecond
	lastWait  = 5 * time.Second
)

// Live carries a stream that has no end of its own. When upstream drops it or
// falls silent, it is fetched again while the client stays.
type Live struct {
	// Open fetches the stream anew.
	Open func(context.Context) (io.ReadCloser, error)
	// After Stall without packets the stream is fetched again, after GiveUp
	// without packets no more.
	Stall, GiveUp time.Duration
	Filter        *Filter
	Stream        *status.Stream
	Log           *slog.Logger

	buffer   []byte
	lastGood time.Time // When packets came last.
	lost     error     // Why the stream, or the newest try to get it again, failed.
}

// Run carries body and its successors until ctx ends, the sink fails, or no
// packets have come for GiveUp. The error says which.
func (l *Live) Run(ctx context.Context, body io.ReadCloser) error {
	l.buffer = make([]byte, readSize)
	l.lastGood = time.Now()
	for attempt := 0; ; attempt++ {
		if body != nil {
			began := time.Now()
			progress, failed, err := l.carry(ctx, body)
			if err != nil || ctx.Err() != nil {
				return errors.Join(err, context.Cause(ctx))
			}
			if progress && time.Since(began) > lastWait {
				attempt = 0
			}
			l.lost = failed
			l.Log.Warn("upstream is lost, reconnecting", "reason", failed, "attempt", attempt)
			l.Stream.SetState(status.Reconnecting)
		}
		if silent := time.Since(l.lastGood); silent > l.GiveUp {
			return fmt.Errorf("gave up on upstream after %v without packets: %w", silent.Round(time.Millisecond), l.lost)
		}
		if err := pause(ctx, attempt); err != nil {
			return err
		}
		body = l.reopen(ctx, attempt)
	}
}

// carry reads body to its end, and says whether packets came and why no more do.
// The error is one that a new connection does not mend.
func (l *Live) carry(ctx context.Context, body io.ReadCloser) (progress bool, failed, err error) {
	defer body.Close()
	stalled := time.AfterFunc(l.Stall, func() { body.Close() })
	defer stalled.Stop()
	for {
		n, failed := body.Read(l.buffer)
		if n > 0 {
			l.Stream.Received(n)
			before := l.Filter.Written()
			if err := l.Filter.Write(l.buffer[:n], time.Now()); err != nil {
				return progress, nil, err
			}
			if l.Filter.Written() > before {
				if !stalled.Reset(l.Stall) {
					return progress, upstream.ErrStalled, nil
				}
				if !progress {
					l.Stream.SetState(l.streaming())
				}
				progress = true
				l.lastGood = time.Now()
			}
		}
		if failed != nil {
			if !stalled.Stop() {
				failed = upstream.ErrStalled
			}
			return progress, failed, nil
		}
		if ctx.Err() != nil {
			return progress, ctx.Err(), nil
		}
	}
}

func (l *Live) streaming() status.State {
	if l.Filter.IsPassing() {
		return status.Passing
	}
	return status.Streaming
}

// reopen returns nil where upstream does not answer with a stream.
func (l *Live) reopen(ctx context.Context, attempt int) io.ReadCloser {
	body, err := l.Open(ctx)
	if err != nil {
		l.lost = err
		l.Log.Info("upstream does not answer", "error", err, "attempt", attempt)
		return nil
	}
	l.Stream.Reconnected()
	if err := l.Filter.Reset(); err != nil {
		l.Log.Error("the remuxer cannot be reset", "error", err)
	}
	return body
}

// pause waits before an attempt: not before the first, and not as long as
// others that lost the same receiver.
func pause(ctx context.Context, attempt int) error {
	if attempt == 0 {
		return context.Cause(ctx)
	}
	wait := min(firstWait<<min(attempt-1, 10), lastWait)
	wait = wait/2 + rand.N(wait/2)
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(wait):
		return nil
	}
}
