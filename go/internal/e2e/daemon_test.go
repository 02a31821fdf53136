// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// program returns the daemon that is tested: the one that ships, unless XG2GD
// names another.
func program(t *testing.T) string {
	t.Helper()
	if named := os.Getenv("XG2GD"); named != "" {
		return named
	}
	return testenv.Program(t, "xg2gd")
}

// daemon is an xg2gd that runs.
type daemon struct {
	t       *testing.T
	process *os.Process
	address string        // Of HTTP.
	exited  chan struct{} // Closed when it has.
	state   *os.ProcessState

	mu    sync.Mutex
	lines []string
}

// start starts a daemon on a port of 127.0.0.1 that it may choose, and waits
// until it listens. More addresses may be given.
func start(t *testing.T, args ...string) *daemon {
	t.Helper()
	args = append([]string{"serve", "--listen", "127.0.0.1:0", "--grace", "100ms"}, args...)
	command := exec.Command(program(t), args...)
	command.Env = []string{"PATH=" + os.Getenv("PATH")}
	log, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	d := &daemon{t: t, process: command.Process, exited: make(chan struct{})}
	go func() {
		d.keep(log)
		_ = command.Wait()
		d.state = command.ProcessState
		close(d.exited)
	}()
	t.Cleanup(d.end)
	eventually(t, "xg2gd listens", func() bool {
		d.address = d.listening("tcp")
		return d.address != "" || d.hasExited()
	})
	if d.hasExited() {
		t.Fatalf("xg2gd ended:\n%s", d.log())
	}
	return d
}

func (d *daemon) keep(log io.Reader) {
	for lines := bufio.NewScanner(log); lines.Scan(); {
		d.mu.Lock()
		d.lines = append(d.lines, lines.Text())
		d.mu.Unlock()
	}
}

func (d *daemon) log() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Join(d.lines, "\n")
}

// listening returns the first address of a network that the log names.
func (d *daemon) listening(network string) string {
	_, rest, found := strings.Cut(d.log(), "msg=listening network="+network+" address=")
	if !found {
		return ""
	}
	address, _, _ := strings.Cut(rest, "\n")
	return address
}

func (d *daemon) hasExited() bool {
	select {
	case <-d.exited:
		return true
	default:
		return false
	}
}

func (d *daemon) signal(signal os.Signal) {
	d.t.Helper()
	if err := d.process.Signal(signal); err != nil {
		d.t.Fatal(err)
	}
}

// end stops the daemon behind a test. One that does not end fails it.
func (d *daemon) end() {
	_ = d.process.Signal(syscall.SIGTERM)
	select {
	case <-d.exited:
	case <-time.After(patience):
		d.t.Error("xg2gd does not end on SIGTERM")
		_ = d.process.Kill()
		<-d.exited
	}
	if d.t.Failed() {
		text := d.log()
		d.t.Logf("the end of xg2gd's log:\n%s", text[max(0, len(text)-4000):])
	}
}

func (d *daemon) url(path string) string { return "http://" + d.address + path }

// ask returns the answer to a path of the daemon's own.
func (d *daemon) ask(path string) (code int, body string) {
	d.t.Helper()
	answer, err := http.Get(d.url(path))
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return answer.StatusCode, string(data)
}

// metric returns a figure of /metrics, which must be there.
func (d *daemon) metric(name string) float64 {
	d.t.Helper()
	figures := d.metrics(name + " ")
	if len(figures) != 1 {
		d.t.Fatalf("%d metrics are named %s", len(figures), name)
	}
	return figures[0]
}

// metrics returns the figures of /metrics whose names begin so.
func (d *daemon) metrics(prefix string) []float64 {
	d.t.Helper()
	_, text := d.ask("/metrics")
	var figures []float64
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, prefix) {
			continue
		}
		figure, err := strconv.ParseFloat(line[strings.LastIndexByte(line, ' ')+1:], 64)
		if err != nil {
			d.t.Fatal(err)
		}
		figures = append(figures, figure)
	}
	return figures
}

// shownStream is what the tests need of /streams.
type shownStream struct {
	Path, State, Reason string
	BytesIn             int64 `json:"bytes_in"`
	BytesOut            int64 `json:"bytes_out"`
	Reconnects          int
	Stats               struct {
		BytesDropped int64 `json:"bytes_dropped"`
		SyncLosses   int   `json:"sync_losses"`
	}
}

type shown struct{ Streams, Recent []shownStream }

func (d *daemon) streams() shown {
	d.t.Helper()
	_, text := d.ask("/streams")
	var s shown
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		d.t.Fatal(err)
	}
	return s
}

// stream returns what is told of the stream of a path, nothing where none runs.
func (d *daemon) stream(path string) shownStream {
	d.t.Helper()
	for _, s := range d.streams().Streams {
		if s.Path == path {
			return s
		}
	}
	return shownStream{}
}

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}
