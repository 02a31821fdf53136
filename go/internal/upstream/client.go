// SPDX-License-Identifier: MIT

package upstream

import (
	"context"
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
	http *http.Client
}

// NewClient returns a client that waits so long for a connection and for the
// head of an answer.
func NewClient(connect, head time.Duration) *Client {
	dialer := &net.Dialer{Timeout: connect, KeepAlive: 15 * time.Second}
	return &Client{http: &http.Client{
		Transport: &http.Transport{
			DialContext:           dialer.DialContext,
			TLSHandshakeTimeout:   connect,
			ResponseHeaderTimeout: head,
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
	ctx, cancel := context.WithCancel(ctx)
	ask, err := http.NewRequestWithContext(ctx, request.Method, to.String(), nil)
	if err != nil {
		cancel()
		return nil, err
	}
	ask.URL = to
	ask.Header = request.header()
	answer, err := c.http.Do(ask)
	if err != nil {
		cancel()
		return nil, withoutURL(err)
	}
	answer.Body = &cancelBody{answer.Body, cancel}
	return answer, nil
}

// withoutURL takes the address, which the caller knows, out of an error.
func withoutURL(err error) error {
	if wrapped, ok := err.(*url.Error); ok { //nolint:errorlint // as http.Client returns it
		return wrapped.Err
	}
	return err
}

type cancelBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b *cancelBody) Close() error {
	b.cancel()
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
// path that leads there through the relay; others stay.
func (t Target) Relocate(location string) string {
	to, err := url.Parse(location)
	if err != nil || (to.Host == "" && !strings.HasPrefix(location, "/")) {
		return location
	}
	to = t.base.ResolveReference(to)
	if to.Host != t.base.Host {
		return location
	}
	path := strings.TrimPrefix(to.EscapedPath(), t.base.EscapedPath())
	if t.Name != "" {
		path = "/" + t.Name + path
	}
	return (&url.URL{Opaque: path, RawQuery: to.RawQuery}).String()
}
