// SPDX-License-Identifier: MIT

package relay

import (
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
)

// ErrClient says that the client could not be written to: it left, or took
// nothing for too long.
var ErrClient = errors.New("the client is gone")

// Client is the end that a stream is written to.
type Client struct {
	Writer      io.Writer
	Flush       func() error
	SetDeadline func(time.Time) error // Of writing.
	Idle        time.Duration         // What one write may take.
	Stream      *status.Stream
	// Latency is told how long bytes were on their way through the process.
	Latency func(time.Duration)

	interrupted atomic.Bool
}

// Write sends p at once. Its errors are ErrClient's.
func (c *Client) Write(p []byte, arrived time.Time) error {
	if err := c.send(p); err != nil {
		return fmt.Errorf("%w: %w", ErrClient, err)
	}
	c.Latency(time.Since(arrived))
	return nil
}

func (c *Client) send(p []byte) error {
	if err := c.SetDeadline(time.Now().Add(c.Idle)); err != nil {
		return err
	}
	// Behind the deadline, so that it cannot undo what Interrupt has set.
	if c.interrupted.Load() {
		return errors.New("interrupted")
	}
	n, err := c.Writer.Write(p)
	c.Stream.Sent(n)
	if err != nil {
		return err
	}
	return c.Flush()
}

// Interrupt ends a Write that waits, and every further one.
func (c *Client) Interrupt() {
	c.interrupted.Store(true)
	_ = c.SetDeadline(time.Unix(1, 0))
}
