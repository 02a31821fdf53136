// SPDX-License-Identifier: MIT

// Package server is the daemon: what it listens to, how it ends, and what it
// answers.
package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/memory"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/metrics"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/relay"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/upstream"
)

// Why streams end that could have gone on.
var (
	errStopping = errors.New("the daemon is stopping")
	errLeft     = errors.New("the client left")
	errIdle     = errors.New("the client sent nothing for too long")
	errDefect   = errors.New("a defect of the daemon")
)

// After the grace period, clients may take lastSound to take it, streams
// lastWords to end, and other answers as long again.
const (
	lastSound = 2 * time.Second
	lastWords = 3 * time.Second
)

// Server is the daemon.
type Server struct {
	config  config.Serve
	version string
	log     *slog.Logger
	streams *status.Registry
	metrics *metrics.Metrics
	client  *upstream.Client
	memory  *memory.Trimmer
	routes  map[string]http.Handler

	newRemuxer func() (relay.Remuxer, error)

	// stop ends the streams that run.
	stopped context.Context
	stop    context.CancelCauseFunc

	mu       sync.Mutex
	draining bool
	sessions sync.WaitGroup
}

// New returns a daemon that Run starts.
func New(c config.Serve, version string, log *slog.Logger) *Server {
	streams := status.NewRegistry(c.MaxStreams)
	s := &Server{
		config: c, version: version, log: log, streams: streams,
		metrics: metrics.New(streams, version),
		client:  upstream.NewClient(c.Connect, c.Stall),
		memory:  memory.NewTrimmer(),
		newRemuxer: func() (relay.Remuxer, error) {
			return transcoder.New(c.Audio)
		},
	}
	s.stopped, s.stop = context.WithCancelCause(context.Background())
	s.routes = s.makeRoutes()
	return s
}

// Run listens, calls ready with the addresses, and serves until ctx ends and
// the streams have ended, or the grace period has.
func (s *Server) Run(ctx context.Context, ready func([]net.Addr)) error {
	listeners, err := listenAll(s.config.Listen)
	if err != nil {
		return err
	}
	raw, err := listenAll(s.config.Raw)
	if err != nil {
		closeAll(listeners)
		return err
	}
	web := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: s.config.Header,
		WriteTimeout:      s.config.Idle, // Of what is no stream.
		IdleTimeout:       s.config.Idle,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, len(listeners)+len(raw))
	for _, listener := range listeners {
		go func() { failed <- web.Serve(listener) }()
	}
	for _, listener := range raw {
		go func() { failed <- s.serveRaw(listener) }()
	}
	ready(addresses(listeners, raw))

	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.drain()
	closeAll(raw)
	last, cancel := context.WithTimeout(context.Background(), lastWords)
	defer cancel()
	if web.Shutdown(last) != nil {
		web.Close()
	}
	s.client.Close()
	return err
}

// drain lets no stream begin and waits for those that run.
func (s *Server) drain() {
	s.mu.Lock()
	s.draining = true
	s.mu.Unlock()
	s.log.Info("stopping", "streams", s.streams.Count(), "grace", s.config.Grace)
	ended := make(chan struct{})
	go func() { s.sessions.Wait(); close(ended) }()
	select {
	case <-ended:
		return
	case <-time.After(s.config.Grace):
	}
	s.stop(errStopping)
	select {
	case <-ended:
	case <-time.After(lastWords):
		s.log.Warn("streams are cut off", "streams", s.streams.Count())
	}
}

func (s *Server) isDraining() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.draining
}

func addresses(groups ...[]net.Listener) []net.Addr {
	var all []net.Addr
	for _, group := range groups {
		for _, listener := range group {
			all = append(all, listener.Addr())
		}
	}
	return all
}
