// SPDX-License-Identifier: MIT

package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"runtime/debug"
	"sync/atomic"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/relay"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
)

// session is one stream from its beginning to its end.
type session struct {
	server  *Server
	stream  *status.Stream
	log     *slog.Logger
	remuxer relay.Remuxer

	// ctx ends when the client leaves or the daemon stops; its cause says which.
	ctx    context.Context
	cancel context.CancelCauseFunc
	unhook func() bool
	ended  chan struct{}
	sink   atomic.Pointer[relay.Client]

	observe func(time.Duration)
	forget  func()
	started bool // A byte went to the client.
	watched bool // It is a stream.
}

// begin opens a session, or says why there can be none.
func (s *Server) begin(ctx context.Context, info status.Info) (*session, error) {
	s.metrics.Requests.Inc()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining {
		s.metrics.Rejected.Inc()
		return nil, errStopping
	}
	stream, err := s.streams.Begin(info)
	if err != nil {
		s.metrics.Rejected.Inc()
		return nil, err
	}
	s.sessions.Add(1)
	x := &session{server: s, stream: stream, log: s.log.With("stream", stream.ID),
		ended: make(chan struct{})}
	x.ctx, x.cancel = context.WithCancelCause(ctx)
	x.unhook = context.AfterFunc(s.stopped, x.stop)
	x.observe, x.forget = s.metrics.Latency(stream.ID)
	x.log.Info("stream begins", "kind", info.Kind, "upstream", info.Upstream,
		"path", info.Path, "client", info.Client)
	return x, nil
}

// stop ends the stream, and does not wait for long on a client that takes nothing.
func (x *session) stop() {
	x.cancel(errStopping)
	select {
	case <-x.ended:
	case <-time.After(lastSound):
		if client := x.sink.Load(); client != nil {
			client.Interrupt()
		}
	}
}

// open opens the session's remuxer. Where that fails and streams are to pass,
// there is none, and no error.
func (x *session) open() error {
	remuxer, err := x.server.newRemuxer()
	if err == nil {
		x.remuxer = remuxer
		return nil
	}
	x.remuxerFailed(err)
	if x.server.config.OnError == relay.CloseOnError {
		return err
	}
	return nil
}

func (x *session) remuxerFailed(err error) {
	x.server.metrics.RemuxerFailures.Inc()
	x.log.Error("the remuxer failed", "error", err)
	x.stream.SetState(status.Passing)
}

func (x *session) filter(sink relay.Sink) *relay.Filter {
	return relay.NewFilter(x.remuxer, sink, x.server.config.OnError, x.remuxerFailed)
}

// client returns the client's end.
func (x *session) client(w io.Writer, flush func() error, deadline func(time.Time) error) *relay.Client {
	client := &relay.Client{
		Writer: w, Flush: flush, SetDeadline: deadline, Idle: x.server.config.Idle,
		Stream: x.stream, Latency: x.note,
	}
	x.sink.Store(client)
	return client
}

func (x *session) webClient(w http.ResponseWriter) *relay.Client {
	controller := http.NewResponseController(w)
	return x.client(w, controller.Flush, controller.SetWriteDeadline)
}

// note counts what the client was sent.
func (x *session) note(latency time.Duration) {
	if !x.started {
		x.started = true
		if x.watched {
			x.server.metrics.Startup.Observe(time.Since(x.stream.Began).Seconds())
		}
	}
	x.observe(latency)
}

// watch shows the remuxer's counters: what comes is a stream.
func (x *session) watch() {
	x.watched = true
	x.stream.Watch(x.remuxer)
}

// cause replaces an error by what is behind it, if the session's end is.
func (x *session) cause(err error) error {
	if err != nil && x.ctx.Err() != nil {
		return context.Cause(x.ctx)
	}
	return err
}

// protect makes an error of a panic: no stream's defect ends the others.
func (x *session) protect(body func() error) (err error) {
	defer func() {
		if defect := recover(); defect != nil {
			x.log.Error("a defect of the daemon", "defect", defect, "stack", string(debug.Stack()))
			err = fmt.Errorf("a defect of the daemon: %v", defect)
		}
	}()
	return body()
}

// left tells a client that went away from one that took nothing for too long.
func left(err error) error {
	if errors.Is(err, relay.ErrClient) && !errors.Is(err, os.ErrDeadlineExceeded) {
		return errLeft
	}
	return err
}

// end closes the session. It is to be called once; a panic ends it too.
func (x *session) end(err error) {
	defer x.server.sessions.Done()
	x.unhook()
	close(x.ended)
	x.cancel(nil)
	reason, good := explain(err)
	shot := x.server.streams.End(x.stream, reason)
	if x.remuxer != nil {
		x.remuxer.Close()
		x.server.memory.Freed()
	}
	x.forget()
	m := x.server.metrics
	lasted := time.Since(x.stream.Began)
	m.Duration.Observe(lasted.Seconds())
	level := slog.LevelInfo
	if good {
		m.Success.Inc()
	} else {
		m.Errors.Inc()
		level = slog.LevelWarn
	}
	if errors.Is(err, relay.ErrTooSlow) {
		m.SlowClients.Inc()
	}
	x.log.Log(context.Background(), level, "stream ends", "reason", reason,
		"seconds", fmt.Sprintf("%.1f", lasted.Seconds()), "bytes_in", shot.BytesIn,
		"bytes_out", shot.BytesOut, "reconnects", shot.Reconnects,
		"continuity_errors", shot.Stats.ContinuityErrors, "decode_errors", shot.Stats.FramesConcealed)
}

// explain says why a stream ended, and whether that was in good order.
func explain(err error) (reason string, good bool) {
	switch {
	case err == nil:
		return "its end", true
	case errors.Is(err, errStopping):
		return errStopping.Error(), true
	case errors.Is(err, errLeft), errors.Is(err, context.Canceled):
		return errLeft.Error(), true
	case errors.Is(err, transcoder.ErrNotTS):
		return "it is no transport stream", false
	default:
		return err.Error(), false
	}
}

// isPart says whether what a client got is not all that it was to get, which it
// must not take it for. A live stream is endless: it may end anywhere.
func isPart(err error, endless bool) bool {
	_, good := explain(err)
	return !good || (errors.Is(err, errStopping) && !endless)
}
