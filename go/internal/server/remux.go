// SPDX-License-Identifier: MIT

package server

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/relay"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
)

// errEmpty says that a client sent nothing.
var errEmpty = errors.New("the client sent nothing")

// idleReader gives each read of a client a time to end by, and ends one that
// waits when the session does.
type idleReader struct {
	io.Reader
	ctx         context.Context
	setDeadline func(time.Time) error
	idle        time.Duration
}

func (r idleReader) Read(p []byte) (int, error) {
	deadline := time.Now().Add(r.idle)
	if err := r.setDeadline(deadline); err != nil {
		return 0, err
	}
	// Behind the deadline, so that it cannot undo the one that has passed.
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.Reader.Read(p)
	if errors.Is(err, os.ErrDeadlineExceeded) && !time.Now().Before(deadline) {
		err = errIdle
	}
	return n, err
}

// remux carries what a client sends back to it.
func (x *session) remux(source io.Reader, setReadDeadline func(time.Time) error, client *relay.Client) error {
	if err := x.open(); err != nil {
		return err
	}
	if x.remuxer == nil {
		return errors.New("the remuxer cannot be opened")
	}
	x.watch()
	x.stream.SetState(status.Streaming)
	unhook := context.AfterFunc(x.ctx, func() { _ = setReadDeadline(time.Unix(1, 0)) })
	defer unhook()
	reader := idleReader{source, x.ctx, setReadDeadline, x.server.config.Idle}
	err := relay.Pump(reader, x.filter(client), x.stream)
	if err == nil && x.remuxer.Stats().BytesIn == 0 {
		return errEmpty
	}
	if errors.Is(err, errIdle) {
		return errIdle // net/http has ended the context as well.
	}
	return left(x.cause(err))
}

// serveRemux answers a stream with what becomes of it, while it arrives.
func (s *Server) serveRemux(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		http.Error(w, "streams are sent with POST", http.StatusMethodNotAllowed)
		return
	}
	x, err := s.begin(r.Context(), status.Info{Kind: "remux", Path: r.URL.Path, Client: clientOf(r)})
	if err != nil {
		refuse(w, err)
		return
	}
	err = errDefect
	defer func() { x.end(err) }()
	controller := http.NewResponseController(w)
	_ = controller.EnableFullDuplex()
	w.Header().Set("Content-Type", streamType)
	err = x.remux(r.Body, controller.SetReadDeadline, x.webClient(w))
	_, good := explain(err)
	switch {
	case x.started && isPart(err, r.ContentLength < 0):
		panic(http.ErrAbortHandler)
	case x.started:
	case errors.Is(err, transcoder.ErrNotTS):
		s.answer(w, "the body is no MPEG transport stream", http.StatusUnsupportedMediaType)
	case errors.Is(err, errEmpty):
		s.answer(w, "the body is empty", http.StatusBadRequest)
	case errors.Is(err, errIdle):
		s.answer(w, err.Error(), http.StatusRequestTimeout)
	case errors.Is(err, errStopping):
		refuse(w, err)
	case !good:
		s.answer(w, err.Error(), http.StatusInternalServerError)
	}
}

// serveRaw takes connections that are streams, until its listener is closed.
func (s *Server) serveRaw(listener net.Listener) error {
	const firstWait, lastWait = 5 * time.Millisecond, time.Second
	wait := firstWait
	for {
		connection, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return http.ErrServerClosed
		}
		if err != nil { // Out of descriptors, mostly.
			s.log.Warn("a connection was not taken", "error", err, "wait", wait)
			time.Sleep(wait)
			wait = min(2*wait, lastWait)
			continue
		}
		wait = firstWait
		go s.serveConnection(connection)
	}
}

// serveConnection carries one connection: bytes in, bytes out; when the client
// closes its sending half, the last sound follows.
func (s *Server) serveConnection(connection net.Conn) {
	defer connection.Close()
	address := clientName(connection.RemoteAddr().String())
	x, err := s.begin(s.stopped, status.Info{Kind: "raw", Path: connection.LocalAddr().String(), Client: address})
	if err != nil {
		s.log.Warn("a connection was refused", "reason", err, "client", address)
		return
	}
	err = errDefect
	defer func() { x.end(err) }()
	client := x.client(connection, func() error { return nil }, connection.SetWriteDeadline)
	err = x.protect(func() error { return x.remux(connection, connection.SetReadDeadline, client) })
	hangUp(connection)
}

// hangUp lets the client have all that was written: a connection that is closed
// with input unread is reset.
func hangUp(connection net.Conn) {
	half, ok := connection.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return
	}
	const linger = time.Second / 2 // With lastSound, less than lastWords.
	_ = connection.SetReadDeadline(time.Now().Add(linger))
	_, _ = io.Copy(io.Discard, connection)
}
