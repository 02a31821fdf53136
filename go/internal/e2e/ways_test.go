// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
)

func TestCheckConfigNamesTheWrongField(t *testing.T) {
	for _, c := range []struct{ args, env, names string }{
		{"--upstream receiver:8001", "", "--upstream"},
		{"--listen 18000", "", "--listen"},
		{"--client-buffer 1KiB", "", "--client-buffer"},
		{"--stall-timeout soon", "", "--stall-timeout"},
		{"--give-up 1s --stall-timeout 2s", "", "--give-up"},
		{"--bit-rate 12", "", "bit_rate 12000"},
		{"--bit-rate 0", "", "--bit-rate"},
		{"--listen :99999", "", "--listen"},
		{"--listen :abc", "", "--listen"},
		{"--upstream http://:8001", "", "--upstream"},
		{"--upstream http://receiver:99999", "", "--upstream"},
		{"--give-up 2s --stall-timeout 2s", "", "--give-up"},
		{"", "XG2G_MAX_STREAMS=none", "XG2G_MAX_STREAMS"},
		{"--no-such-thing", "", "no-such-thing"},
	} {
		code, text := check(t, c.args, c.env)
		if code != 2 || !strings.Contains(text, c.names) || strings.Count(text, "\n") != 1 {
			t.Errorf("%s %s: status %d, %q", c.args, c.env, code, text)
		}
	}
	code, text := check(t, "--upstream http://127.0.0.1:8001 --listen 127.0.0.1:0", "")
	if code != 0 || text != "the configuration is good\n" {
		t.Errorf("a good one: status %d, %q", code, text)
	}
}

func check(t *testing.T, args, env string) (code int, text string) {
	t.Helper()
	command := exec.Command(program(t), append([]string{"serve", "--check-config"}, strings.Fields(args)...)...)
	command.Env = strings.Fields(env)
	out, err := command.CombinedOutput()
	var failure *exec.ExitError
	if err != nil && !errors.As(err, &failure) {
		t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), string(out)
}

func TestHTTPIsServedOnAUnixSocket(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "http")
	r := receive(t, map[string]receiver.Service{"/x": receiver.File(demo(t), receiver.Stall, 0)})
	start(t, "--upstream", r.URL(), "--listen", "unix:"+socket)
	if got := get(t, "--unix-socket", socket, "http://xg2gd/healthz"); string(got) != "ok\n" {
		t.Errorf("healthz answers %q", got)
	}
	want, _ := remuxed(t, demoData(t))
	if got := runCurl(t, "--unix-socket", socket, "http://xg2gd/x").read(len(want)); !bytes.Equal(got, want) {
		t.Error("the bytes differ")
	}
}

func TestARawUnixSocketFlushesOnHalfClose(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "raw")
	start(t, "--raw", "unix:"+socket)
	connection, err := net.Dial("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	sent := make(chan error, 1)
	go func() {
		_, err := connection.Write(demoData(t))
		sent <- errors.Join(err, connection.(*net.UnixConn).CloseWrite())
	}()
	got, err := io.ReadAll(connection)
	if err := errors.Join(err, <-sent); err != nil {
		t.Fatal(err)
	}
	if _, want := remuxed(t, demoData(t)); !bytes.Equal(got, want) {
		t.Errorf("got %d bytes, not the library's %d", len(got), len(want))
	}
}

func TestAStreamThatCurlSendsIsAnswered(t *testing.T) {
	d := start(t)
	_, want := remuxed(t, demoData(t))
	for name, args := range map[string][]string{
		"with a length": {"--data-binary", "@" + demo(t)},
		"as it comes":   {"--upload-file", demo(t), "--header", "Transfer-Encoding: chunked"},
	} {
		args = append(args, "--request", "POST", "--header", "Expect:", d.url("/remux"))
		if got := get(t, args...); !bytes.Equal(got, want) {
			t.Errorf("%s: got %d bytes, not the library's %d", name, len(got), len(want))
		}
	}
	if got := code(t, "--data-binary", "no stream", d.url("/remux")); got != "415" {
		t.Errorf("what is no stream is answered with %s", got)
	}
}

func TestTheDaemonsOwnPathsAnswer(t *testing.T) {
	r := receive(t, map[string]receiver.Service{"/x": receiver.File(demo(t), receiver.Loop, 1)})
	d := start(t, "--upstream", r.URL())
	runCurl(t, d.url("/x")).read(packetSize * 500)
	for path, holds := range map[string]string{
		"/healthz": "ok\n", "/readyz": ": ok\n", "/version": `"library"`, "/streams": `"path": "/x"`,
		"/metrics": "xg2g_transcoder_active_sessions 1\n", "/": "<!doctype html>",
	} {
		answer := get(t, "--write-out", "%{http_code}", d.url(path))
		body, good := bytes.CutSuffix(answer, []byte("200"))
		if !good || !strings.Contains(strings.ToLower(string(body)), strings.ToLower(holds)) {
			t.Errorf("%s: no %q in %.300q", path, holds, answer)
		}
	}
	for _, path := range []string{"/version", "/streams"} {
		if !json.Valid(get(t, d.url(path))) {
			t.Errorf("%s is no JSON", path)
		}
	}
}

func TestTheTypeOfWhatWasMadeIsATransportStreams(t *testing.T) {
	r := receive(t, map[string]receiver.Service{"/x": receiver.File(demo(t), receiver.Loop, 1)})
	d := start(t, "--upstream", r.URL())
	head := strings.ToLower(string(get(t, "--head", d.url("/x"))))
	if !strings.Contains(head, "200 ok") || !strings.Contains(head, "content-type: video/mp2t\r\n") {
		t.Errorf("HEAD answers %q", head)
	}
	eventually(t, "the log tells of it", func() bool {
		return strings.Contains(d.log(), "kind=head") && strings.Contains(d.log(), "stream ends")
	})
}

func TestAClientOfHTTP10GetsAStreamThatEndsWithItsConnection(t *testing.T) {
	service := receiver.File(demo(t), receiver.Close, 0)
	service.Length = true
	r := receive(t, map[string]receiver.Service{"/x": service})
	d := start(t, "--upstream", r.URL())
	_, want := remuxed(t, demoData(t))
	got := get(t, "--http1.0", "--include", d.url("/x"))
	head, body, _ := bytes.Cut(got, []byte("\r\n\r\n"))
	if !bytes.Equal(body, want) || bytes.Contains(head, []byte("chunked")) {
		t.Errorf("got %d bytes of %d behind %q", len(body), len(want), head)
	}
}
