// SPDX-License-Identifier: MIT

package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
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
	live    bool // The stream has no end that the client could take it for.
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
	kind, run := "relay", (*relayRequest).run
	if r.Method == http.MethodHead {
		kind, run = "head", (*relayRequest).runHead // It may take a tuner all the same.
	}
	x, err := s.begin(r.Context(), status.Info{Kind: kind, Upstream: target.String(),
		Path: r.URL.Path, Client: clientOf(r)})
	if err != nil {
		refuse(w, err)
		return
	}
	run(&relayRequest{session: x, w: w, request: request})
}

// refuse answers a stream that there is no place for.
func refuse(w http.ResponseWriter, err error) {
	w.Header().Set("Retry-After", "10")
	http.Error(w, "no stream can begin now: "+err.Error(), http.StatusServiceUnavailable)
}

func clientOf(r *http.Request) string { return clientName(r.RemoteAddr) }

// clientName names a client for people: those of a unix socket mostly have no
// address.
func clientName(address string) string {
	if address == "" || address == "@" {
		return "unix"
	}
	return address
}

// run carries the answer and ends the session. Where the client would take what
// it got for the whole, the connection is cut.
func (q *relayRequest) run() {
	err := errDefect
	defer func() { q.end(err) }()
	if failure := q.open(); failure != nil {
		err = failure
		q.server.answer(q.w, "the remuxer cannot be opened: "+err.Error(), http.StatusInternalServerError)
		return
	}
	answer, failure := q.ask()
	if failure != nil {
		err = failure
		q.server.answerFailure(q.w, q.request.Target, err)
		return
	}
	defer answer.Body.Close()
	err = q.carry(answer)
	if q.begun && isPart(err, q.live) {
		panic(http.ErrAbortHandler)
	}
	if err == nil {
		err = errorOf(answer)
	}
}

// errorOf says what is wrong with a receiver that cannot answer.
func errorOf(answer *http.Response) error {
	if answer.StatusCode < http.StatusInternalServerError {
		return nil
	}
	return fmt.Errorf("upstream answers %s", answer.Status)
}

// ask asks upstream. A part of a stream cannot be remuxed: the whole is asked for
// instead.
func (q *relayRequest) ask() (*http.Response, error) {
	answer, err := q.server.client.Do(q.ctx, q.request)
	if err != nil || answer.StatusCode != http.StatusPartialContent ||
		!relay.MayBeStream(answer.Header.Get("Content-Type")) {
		return answer, q.cause(err)
	}
	answer.Body.Close()
	q.request = withoutRange(q.request)
	answer, err = q.server.client.Do(q.ctx, q.request)
	return answer, q.cause(err)
}

func withoutRange(request upstream.Request) upstream.Request {
	request.Header = request.Header.Clone()
	request.Header.Del("Range")
	request.Header.Del("If-Range")
	return request
}

// answer says in a sentence why there is nothing else.
func (s *Server) answer(w http.ResponseWriter, text string, code int) {
	s.allowWriting(w)
	http.Error(w, text, code)
}

// allowWriting gives an answer that comes after a wait its time to be written.
func (s *Server) allowWriting(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(s.config.Idle))
}

func (s *Server) answerFailure(w http.ResponseWriter, target upstream.Target, err error) {
	var timeout net.Error
	switch {
	case errors.Is(err, errStopping):
		refuse(w, err)
	case errors.Is(err, relay.ErrRemuxer):
		s.answer(w, err.Error(), http.StatusInternalServerError)
	case errors.Is(err, upstream.ErrStalled), errors.As(err, &timeout) && timeout.Timeout():
		s.answer(w, fmt.Sprintf("upstream %s: %v", target, err), http.StatusGatewayTimeout)
	default:
		s.answer(w, fmt.Sprintf("upstream %s: %v", target, err), http.StatusBadGateway)
	}
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
		err = upstream.ErrStalled
	}
	if err != nil {
		err = q.cause(err)
		q.server.answerFailure(q.w, q.request.Target, err)
		return err
	}
	if !isStream {
		return q.pass(answer, prefix)
	}
	q.watch()
	if !filter.IsPassing() {
		q.stream.SetState(status.Streaming)
	}
	describeStream(answer.Header)
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
	return left(q.cause(relay.Pump(body, filter, q.stream)))
}

// carryLive carries a stream that has none, at upstream's pace.
func (q *relayRequest) carryLive(body io.ReadCloser, filter *relay.Filter, buffer *relay.Buffer) error {
	client := q.webClient(q.w)
	live := &relay.Live{
		Open:  func(ctx context.Context) (io.ReadCloser, error) { return q.reopen(ctx, filter) },
		Stall: q.server.config.Stall, GiveUp: q.server.config.GiveUp,
		Filter: filter, Stream: q.stream, Log: q.log,
	}
	q.live = true
	result := make(chan error, 1)
	go func() {
		err := q.protect(func() error {
			err := live.Run(q.ctx, body)
			if errors.Is(err, relay.ErrTooSlow) {
				client.Interrupt()
			} else if q.ctx.Err() == nil || errors.Is(err, errStopping) {
				_ = filter.Flush() // The client may be gone.
			}
			return err
		})
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

// reopen fetches a live stream again. Without a remuxer that would drop what is no
// stream, the type of the answer has to do.
func (q *relayRequest) reopen(ctx context.Context, filter *relay.Filter) (io.ReadCloser, error) {
	answer, err := q.server.client.Do(ctx, q.request)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		answer.Body.Close()
		return nil, fmt.Errorf("upstream answers %s", answer.Status)
	}
	if kind := answer.Header.Get("Content-Type"); filter.IsPassing() && !relay.DeclaresStream(kind) {
		answer.Body.Close()
		return nil, fmt.Errorf("upstream answers with %s", kind)
	}
	return answer.Body, nil
}
