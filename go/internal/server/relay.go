// SPDX-License-Identifier: MIT

package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/relay"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/upstream"
)

// streamType is what a transport stream is (RFC 3555).
const streamType = "video/mp2t"

// relayRequest is GET of anything at a receiver.
type relayRequest struct {
	*session
	w       http.ResponseWriter
	request upstream.Request
	begun   bool // The head of the answer is on its way.
}

// serveRelay fetches what is asked for from the receiver and remuxes it on the
// way where it is a transport stream.
func (s *Server) serveRelay(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "streams are fetched with GET or HEAD", http.StatusMethodNotAllowed)
		return
	}
	target, path, ok := s.config.Upstreams.Find(r)
	if !ok {
		http.Error(w, "no upstream has this path", http.StatusNotFound)
		return
	}
	request := upstream.Request{Target: target, Method: r.Method, Path: path,
		Query: r.URL.RawQuery, Header: r.Header}
	if r.Method == http.MethodHead {
		s.serveHead(w, r, request)
		return
	}
	x, err := s.begin(r.Context(), status.Info{Kind: "relay", Upstream: target.String(),
		Path: r.URL.Path, Client: clientOf(r)})
	if err != nil {
		refuse(w, err)
		return
	}
	(&relayRequest{session: x, w: w, request: request}).run()
}

// refuse answers a stream that there is no place for.
func refuse(w http.ResponseWriter, err error) {
	w.Header().Set("Retry-After", "10")
	http.Error(w, "no stream can begin now: "+err.Error(), http.StatusServiceUnavailable)
}

func clientOf(r *http.Request) string {
	if r.RemoteAddr == "" || r.RemoteAddr == "@" {
		return "unix"
	}
	return r.RemoteAddr
}

// run carries the answer and ends the session. Where the client would take what
// it got for the whole, the connection is cut.
func (q *relayRequest) run() {
	err := errors.New("a defect of the daemon")
	defer func() { q.end(err) }()
	if err = q.open(); err != nil {
		http.Error(q.w, "the remuxer cannot be opened: "+err.Error(), http.StatusInternalServerError)
		return
	}
	answer, failure := q.ask()
	if failure != nil {
		err = failure
		q.answerFailure(err)
		return
	}
	defer answer.Body.Close()
	err = q.carry(answer)
	if _, good := explain(err); !good && q.begun {
		panic(http.ErrAbortHandler)
	}
	// The connection may be used again.
	_ = http.NewResponseController(q.w).SetWriteDeadline(time.Time{})
}

// ask asks upstream. A part of a stream cannot be remuxed: the whole is asked for
// instead.
func (q *relayRequest) ask() (*http.Response, error) {
	answer, err := q.server.client.Do(q.ctx, q.request)
	if err != nil || answer.StatusCode != http.StatusPartialContent ||
		!relay.DeclaresStream(answer.Header.Get("Content-Type")) {
		return answer, q.cause(err)
	}
	answer.Body.Close()
	q.request.Header = q.request.Header.Clone()
	q.request.Header.Del("Range")
	q.request.Header.Del("If-Range")
	answer, err = q.server.client.Do(q.ctx, q.request)
	return answer, q.cause(err)
}

// cause replaces an error by what is behind it, if the session's end is.
func (x *session) cause(err error) error {
	if err != nil && x.ctx.Err() != nil {
		return context.Cause(x.ctx)
	}
	return err
}

func (q *relayRequest) answerFailure(err error) {
	code := http.StatusBadGateway
	var timeout net.Error
	if errors.Is(err, relay.ErrStalled) || (errors.As(err, &timeout) && timeout.Timeout()) {
		code = http.StatusGatewayTimeout
	}
	http.Error(q.w, fmt.Sprintf("upstream %s: %v", q.request.Target, err), code)
}

// carry passes the answer on, remuxed where it is a stream.
func (q *relayRequest) carry(answer *http.Response) error {
	if answer.StatusCode != http.StatusOK || q.remuxer == nil {
		return q.pass(answer, nil)
	}
	buffer := relay.NewBuffer(q.server.config.ClientBuffer, q.stream.Buffered)
	filter := q.filter(buffer)
	stalled := time.AfterFunc(q.server.config.Stall, func() { answer.Body.Close() })
	isStream, prefix, err := relay.Look(answer.Body, answer.Header.Get("Content-Type"), filter, q.stream)
	if !stalled.Stop() {
		err = relay.ErrStalled
	}
	if err != nil {
		err = q.cause(err)
		q.answerFailure(err)
		return err
	}
	if !isStream {
		return q.pass(answer, prefix)
	}
	q.stream.Watch(q.remuxer)
	q.stream.SetState(status.Streaming)
	for _, name := range []string{"Content-Length", "Content-Md5", "Digest", "Etag"} {
		answer.Header.Del(name) // They are of what came, not of what leaves.
	}
	answer.Header.Set("Content-Type", streamType)
	answer.Header.Set("Accept-Ranges", "none")
	q.writeHead(answer)
	if answer.ContentLength >= 0 {
		return q.carryFile(answer.Body, filter, buffer)
	}
	return q.carryLive(answer.Body, filter, buffer)
}

// carryFile carries a stream that has an end, at the client's pace.
func (q *relayRequest) carryFile(body io.Reader, filter *relay.Filter, looked *relay.Buffer) error {
	client := q.webClient(q.w)
	looked.Close(nil)
	if err := looked.Drain(client); err != nil {
		return left(err)
	}
	filter.SetSink(client)
	return left(relay.Pump(body, filter, q.stream))
}

// carryLive carries a stream that has none, at upstream's pace.
func (q *relayRequest) carryLive(body io.ReadCloser, filter *relay.Filter, buffer *relay.Buffer) error {
	client := q.webClient(q.w)
	live := &relay.Live{
		Open: q.reopen, Stall: q.server.config.Stall, GiveUp: q.server.config.GiveUp,
		Filter: filter, Stream: q.stream, Log: q.log,
	}
	result := make(chan error, 1)
	go func() {
		err := q.protect(func() error { return live.Run(q.ctx, body) })
		if errors.Is(err, relay.ErrTooSlow) {
			client.Interrupt()
		} else if q.ctx.Err() == nil || errors.Is(err, errStopping) {
			_ = filter.Flush()
		}
		buffer.Close(nil)
		result <- err
	}()
	drained := buffer.Drain(client)
	q.cancel(errLeft)
	err := <-result
	if drained != nil && !errors.Is(err, relay.ErrTooSlow) {
		err = drained
	}
	return left(err)
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

// reopen fetches a live stream again.
func (q *relayRequest) reopen(ctx context.Context) (io.ReadCloser, error) {
	answer, err := q.server.client.Do(ctx, q.request)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		answer.Body.Close()
		return nil, fmt.Errorf("upstream answers %s", answer.Status)
	}
	return answer.Body, nil
}
