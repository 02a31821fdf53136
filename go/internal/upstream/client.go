// SPDX-License-Identifier: MIT

package upstream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Client asks targets. It follows no redirection and uses no proxy, so that only
// targets are ever contacted.
type Client struct {
	http  *http.Client
	stall time.Duration
}

// ErrStalled says that upstream sent nothing, or no packets, for too long.
var ErrStalled = errors.New("upstream is silent")

// NewClient returns a client that waits so long for a connection, and for the
// head and each further part of an answer.
func NewClient(connect, stall time.Duration) *Client {
	dialer := &net.Dialer{Timeout: connect, KeepAlive: 15 * time.Second}
	return &Client{stall: stall, http: &http.Client{
		Transport: &http.Transport{
			DialContext:           dialer.DialContext,
			TLSHandshakeTimeout:   connect,
			ResponseHeaderTimeout: stall,
			DisableCompression:    true,
			MaxIdleConnsPerHost:   4,
			IdleConnTimeout:       30 * time.Second,
			ReadBufferSize:        64 * 1024,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Close closes the connections that nobody uses.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Request is what a target is asked for.
type Request struct {
	Target Target
	Method string
	Path   string // Escaped as it came.
	Query  string
	Header http.Header // As the client sent it.
}

// Do asks the target. Closing the answer's body ends a Read that waits.
func (c *Client) Do(ctx context.Context, request Request) (*http.Response, error) {
	to, err := request.Target.url(request.Path, request.Query)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	ask, err := http.NewRequestWithContext(ctx, request.Method, to.String(), nil)
	if err != nil {
		cancel(nil)
		return nil, err
	}
	ask.URL = to
	ask.Header = request.header()
	answer, err := c.http.Do(ask)
	if err != nil {
		cancel(nil)
		return nil, withoutURL(err)
	}
	answer.Body = newBody(ctx, answer.Body, cancel, c.stall)
	if answer.StatusCode < http.StatusOK || answer.StatusCode > 599 {
		answer.Body.Close()
		return nil, fmt.Errorf("the status %q is none", answer.Status)
	}
	return answer, nil
}

// withoutURL takes the address, which the caller knows, out of an error.
func withoutURL(err error) error {
	if wrapped, ok := err.(*url.Error); ok { //nolint:errorlint // as http.Client returns it
		return wrapped.Err
	}
	return err
}

// body ends a Read that waits for too long, and one that waits when it is closed.
type body struct {
	io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	stall  time.Duration
	timer  *time.Timer
}

func newBody(ctx context.Context, from io.ReadCloser, cancel context.CancelCauseFunc, stall time.Duration) *body {
	timer := time.AfterFunc(stall, func() { cancel(ErrStalled) })
	timer.Stop()
	return &body{from, ctx, cancel, stall, timer}
}

func (b *body) Read(p []byte) (int, error) {
	b.timer.Reset(b.stall)
	defer b.timer.Stop()
	n, err := b.ReadCloser.Read(p)
	if err != nil && context.Cause(b.ctx) == ErrStalled { //nolint:errorlint // as it was set
		err = ErrStalled
	}
	return n, err
}

func (b *body) Close() error {
	b.cancel(nil)
	return b.ReadCloser.Close()
}

func (r Request) header() http.Header {
	header := r.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	RemoveHopByHop(header)
	header.Del("Accept-Encoding") // What is compressed cannot be looked into.
	header.Del("Expect")
	if r.Target.base.User != nil {
		header.Del("Authorization")
	}
	if _, named := header["User-Agent"]; !named {
		header["User-Agent"] = nil // Nothing is said where the client said nothing.
	}
	return header
}

// RemoveHopByHop takes out what holds for one connection only (RFC 9110, 7.6.1).
func RemoveHopByHop(header http.Header) {
	for _, list := range header["Connection"] {
		for _, name := range strings.Split(list, ",") {
			header.Del(strings.TrimSpace(name))
		}
	}
	for _, name := range []string{"Connection", "Keep-Alive", "Proxy-Authenticate",
		"Proxy-Authorization", "Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade"} {
		header.Del(name)
	}
}

// Reach says whether a connection to the target can be had.
func Reach(ctx context.Context, target Target) error {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", target.Address())
	if err != nil {
		return err
	}
	return connection.Close()
}

// Relocate turns an address at the target, as a Location header has it, into the
// path that leads there through the relay, or into a whole one where none does.
// Whole ones elsewhere stay.
func (t Target) Relocate(location string) string {
	to, err := url.Parse(location)
	if err != nil || (to.Host == "" && !strings.HasPrefix(location, "/")) {
		return location
	}
	direct := location
	if !to.IsAbs() {
		relative := *to
		to = t.base.ResolveReference(to)
		if relative.Host == "" {
			to.User = nil // It is ours, not the client's.
		}
		direct = to.String()
	}
	if to.Scheme != t.base.Scheme || to.Host != t.base.Host {
		return direct
	}
	path := to.EscapedPath()
	base := t.base.EscapedPath()
	if rest, below := strings.CutPrefix(path, base); below && (rest == "" || rest[0] == '/') {
		path = rest
	} else {
		return direct // The relay does not lead there.
	}
	if t.Name != "" {
		path = "/" + t.Name + path
	}
	if path == "" {
		path = "/"
	}
	if strings.HasPrefix(path, "//") {
		path = "/." + path // Two would begin a host's name.
	}
	if to.RawQuery != "" {
		path += "?" + to.RawQuery
	}
	return path
}
