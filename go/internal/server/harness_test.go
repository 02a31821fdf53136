// SPDX-License-Identifier: MIT

//go:build cgo

package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/relay"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/upstream"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// daemon is a server that runs in the test.
type daemon struct {
	*Server
	t       *testing.T
	address string // Of HTTP.
	raw     string
	log     *syncBuffer
	stop    func() // As SIGTERM does; returns when the daemon has ended.
}

type syncBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// run starts a daemon in front of a receiver; change changes its configuration.
func run(t *testing.T, receiver http.HandlerFunc, change func(*config.Serve), more ...func(*Server)) *daemon {
	t.Helper()
	c := config.DefaultServe()
	c.Listen = []config.Address{{Network: "tcp", Address: "127.0.0.1:0"}}
	c.Raw = []config.Address{{Network: "unix", Address: t.TempDir() + "/raw"}}
	c.Grace = 100 * time.Millisecond
	if receiver != nil {
		fake := httptest.NewServer(receiver)
		t.Cleanup(func() { fake.CloseClientConnections(); fake.Close() })
		c.Upstreams = upstream.Targets{target(t, fake.URL)}
	}
	if change != nil {
		change(&c)
	}
	d := &daemon{t: t, log: &syncBuffer{}}
	d.Server = New(c, "1.2.3", slog.New(slog.NewTextHandler(d.log, nil)))
	for _, m := range more {
		m(d.Server)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready := make(chan []net.Addr, 1)
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx, func(all []net.Addr) { ready <- all }) }()
	select {
	case all := <-ready:
		d.address, d.raw = all[0].String(), all[1].String()
	case err := <-ended:
		t.Fatal(err)
	}
	var once sync.Once
	d.stop = func() {
		once.Do(func() {
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(d.stop)
	return d
}

func target(t *testing.T, address string) upstream.Target {
	t.Helper()
	target, err := upstream.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

// get asks the daemon and returns the answer, whose body is open.
func (d *daemon) get(path string) *http.Response {
	d.t.Helper()
	answer, err := http.Get("http://" + d.address + path)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { answer.Body.Close() })
	return answer
}

// watch asks the daemon for a live stream and reads all that comes before its end,
// so that all of it was processed.
func (d *daemon) watch(path string, stream []byte) *http.Response {
	d.t.Helper()
	live, _ := remuxed(d.t, stream)
	answer := d.get(path)
	read(d.t, answer.Body, len(live))
	return answer
}

// body asks the daemon and returns all of the answer.
func (d *daemon) body(path string) (code int, body string) {
	d.t.Helper()
	answer := d.get(path)
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return answer.StatusCode, string(data)
}

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// metric returns a figure of /metrics, 0 where it is not there.
func (d *daemon) metric(name string) string {
	_, text := d.body("/metrics")
	for _, line := range strings.Split(text, "\n") {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return value
		}
	}
	return ""
}

// remuxed is what a stream becomes: up to its end, and with what flush gives.
func remuxed(t *testing.T, stream []byte) (live, whole []byte) {
	t.Helper()
	remuxer, err := transcoder.New(transcoder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer remuxer.Close()
	live, err = remuxer.Process(stream)
	if err != nil {
		t.Fatal(err)
	}
	rest, err := remuxer.Flush()
	if err != nil {
		t.Fatal(err)
	}
	return live, append(bytes.Clone(live), rest...)
}

// demo is a part of the demo stream, enough for sound to leave.
func demo(t *testing.T) []byte { return testenv.Demo(t)[:188*2000] }

// sendLive sends a part of a stream as Enigma2 does, without a length, and waits
// for the client to leave.
func sendLive(w http.ResponseWriter, r *http.Request, stream []byte) {
	w.Header().Set("Content-Type", "video/mpeg")
	_, _ = w.Write(stream)
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// read reads n bytes.
func read(t *testing.T, r io.Reader, n int) []byte {
	t.Helper()
	data := make([]byte, n)
	if _, err := io.ReadFull(r, data); err != nil {
		t.Fatal(err)
	}
	return data
}

// brokenRemuxer fails after some bytes.
type brokenRemuxer struct {
	relay.Remuxer
	left int
}

var errBroken = errors.New("broken on purpose")

func (b *brokenRemuxer) ProcessInto(dst, src []byte) (int, error) {
	if b.left -= len(src); b.left < 0 {
		return 0, errBroken
	}
	return b.Remuxer.ProcessInto(dst, src)
}

// breaking makes each remuxer fail after some bytes; a negative number makes
// opening it fail.
func breaking(after int) func(*Server) {
	return func(s *Server) {
		s.newRemuxer = func() (relay.Remuxer, error) {
			if after < 0 {
				return nil, errBroken
			}
			remuxer, err := transcoder.New(transcoder.Options{})
			return &brokenRemuxer{remuxer, after}, err
		}
	}
}
