// SPDX-License-Identifier: MIT

package server

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/relay"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/upstream"
)

// writeHead sends the answer's head to the client.
func (q *relayRequest) writeHead(answer *http.Response) {
	upstream.RemoveHopByHop(answer.Header)
	header := q.w.Header()
	for name, values := range answer.Header {
		header[name] = slices.Clone(values)
	}
	if location := header.Get("Location"); location != "" {
		header.Set("Location", q.request.Target.Relocate(location))
	}
	q.server.allowWriting(q.w)
	q.w.WriteHeader(answer.StatusCode)
	q.begun = true
}

// pass passes an answer that is no transport stream. prefix was read of it
// already.
func (q *relayRequest) pass(answer *http.Response, prefix []byte) error {
	q.stream.SetState(status.Passing)
	q.writeHead(answer)
	client := q.webClient(q.w)
	if len(prefix) > 0 {
		if err := client.Write(prefix, time.Now()); err != nil {
			return left(err)
		}
	}
	buffer := make([]byte, 32*1024)
	for {
		n, err := answer.Body.Read(buffer)
		if n > 0 {
			q.stream.Received(n)
			if err := client.Write(buffer[:n], time.Now()); err != nil {
				return left(err)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return q.cause(err)
		}
	}
}

// describeStream says in an answer's head what leaves instead of what came.
func describeStream(header http.Header) {
	for _, name := range []string{"Content-Length", "Content-Md5", "Digest", "Etag"} {
		header.Del(name)
	}
	header.Set("Content-Type", streamType)
	header.Set("Accept-Ranges", "none")
}

// runHead answers with the head of what GET would get, and ends the session.
func (q *relayRequest) runHead() {
	err := errDefect
	defer func() { q.end(err) }()
	answer, failure := q.askHead()
	if failure != nil {
		err = failure
		q.server.answerFailure(q.w, q.request.Target, err)
		return
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusOK && relay.MayBeStream(answer.Header.Get("Content-Type")) {
		describeStream(answer.Header)
	}
	q.writeHead(answer)
	err = errorOf(answer)
}

// askHead asks a receiver that knows GET only with that, and leaves when its head
// has come.
func (q *relayRequest) askHead() (*http.Response, error) {
	request := withoutRange(q.request)
	answer, err := q.server.client.Do(q.ctx, request)
	if err == nil && answer.StatusCode < http.StatusBadRequest {
		return answer, nil
	}
	if err == nil {
		answer.Body.Close()
	}
	request.Method = http.MethodGet
	answer, err = q.server.client.Do(q.ctx, request)
	return answer, q.cause(err)
}
