// SPDX-License-Identifier: MIT

//go:build cgo

package server

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

var infoForTest = status.Info{Kind: "test"}

func (d *daemon) post(body io.Reader) *http.Response {
	d.t.Helper()
	answer, err := http.Post("http://"+d.address+"/remux", "video/mp2t", body)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { answer.Body.Close() })
	return answer
}

func TestAPostedStreamIsAnsweredWithAAC(t *testing.T) {
	stream := demo(t)
	_, want := remuxed(t, stream)
	got, err := io.ReadAll(run(t, nil, nil).post(bytes.NewReader(stream)).Body)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %d bytes of %d, %v", len(got), len(want), err)
	}
}

func TestAPostedStreamIsAnsweredWhileItArrives(t *testing.T) {
	stream := demo(t)
	live, whole := remuxed(t, stream)
	source, feed := io.Pipe()
	d := run(t, nil, nil)
	go feed.Write(stream)
	answer := d.post(source)
	got := read(t, answer.Body, len(live))
	feed.Close()
	rest, err := io.ReadAll(answer.Body)
	if err != nil || !bytes.Equal(append(got, rest...), whole) {
		t.Errorf("got %d and %d bytes of %d, %v", len(got), len(rest), len(whole), err)
	}
}

func TestWhatIsPostedMustBeAStream(t *testing.T) {
	d := run(t, nil, nil)
	cases := map[string]int{
		"<html>": http.StatusUnsupportedMediaType,
		strings.Repeat("no packets here ", 100_000): http.StatusUnsupportedMediaType,
		"": http.StatusBadRequest,
	}
	for body, want := range cases {
		if answer := d.post(strings.NewReader(body)); answer.StatusCode != want {
			t.Errorf("%d bytes: got %s, not %d", len(body), answer.Status, want)
		}
	}
	answer := d.get("/remux")
	if answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != "POST" {
		t.Errorf("GET: got %s", answer.Status)
	}
}

func (d *daemon) dial() *net.UnixConn {
	d.t.Helper()
	connection, err := net.Dial("unix", d.raw)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { connection.Close() })
	return connection.(*net.UnixConn)
}

func TestARawConnectionIsAStreamAndHalfCloseFlushes(t *testing.T) {
	stream := demo(t)
	live, whole := remuxed(t, stream)
	connection := run(t, nil, nil).dial()
	go connection.Write(stream)
	got := read(t, connection, len(live))
	if err := connection.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(connection)
	if err != nil || !bytes.Equal(append(got, rest...), whole) {
		t.Errorf("got %d and %d bytes of %d, %v", len(got), len(rest), len(whole), err)
	}
}

func TestARawConnectionWithoutAStreamIsClosed(t *testing.T) {
	d := run(t, nil, nil)
	connection := d.dial()
	if _, err := connection.Write(bytes.Repeat([]byte("noise"), 20_000)); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(connection); len(got) > 0 || err != nil {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	eventually(t, "it ends", func() bool { return d.streams.Count() == 0 })
	if reason := d.streams.Recent()[0].Reason; !strings.Contains(reason, "no transport stream") {
		t.Errorf("the reason is %q", reason)
	}
}

func TestClientsThatDoNothingAreLeft(t *testing.T) {
	d := run(t, nil, func(c *config.Serve) { c.Idle = 50 * time.Millisecond; c.Header = 50 * time.Millisecond })
	raw := d.dial()
	half, err := net.Dial("tcp", d.address)
	if err != nil {
		t.Fatal(err)
	}
	defer half.Close()
	if _, err := io.WriteString(half, "GET / HT"); err != nil {
		t.Fatal(err)
	}
	posting, err := net.Dial("tcp", d.address)
	if err != nil {
		t.Fatal(err)
	}
	defer posting.Close()
	if _, err := io.WriteString(posting, "POST /remux HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	for name, connection := range map[string]net.Conn{"raw": raw, "half a head": half, "no body": posting} {
		_ = connection.SetReadDeadline(time.Now().Add(patience))
		if _, err := io.ReadAll(connection); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: the connection stays", name)
		}
	}
}

func TestStoppingEndsWhatClientsSend(t *testing.T) {
	stream := demo(t)
	live, whole := remuxed(t, stream)
	d := run(t, nil, nil)
	raw := d.dial()
	source, feed := io.Pipe()
	defer feed.Close()
	go raw.Write(stream)
	go feed.Write(stream)
	posted := d.post(source)
	got := map[string][]byte{"raw": read(t, raw, len(live)), "post": read(t, posted.Body, len(live))}
	d.stop()
	for name, end := range map[string]io.Reader{"raw": raw, "post": posted.Body} {
		rest, err := io.ReadAll(end)
		if err != nil || !bytes.Equal(append(got[name], rest...), whole) {
			t.Errorf("%s: got %d and %d bytes of %d, %v", name, len(got[name]), len(rest), len(whole), err)
		}
	}
}

func TestStoppingDoesNotResetAClientThatGoesOnSending(t *testing.T) {
	stream := demo(t)
	live, _ := remuxed(t, stream)
	d := run(t, nil, nil)
	raw := d.dial()
	written := make(chan error, 1)
	go func() {
		for {
			if _, err := raw.Write(stream); err != nil {
				written <- err
				return
			}
		}
	}()
	read(t, raw, len(live))
	got := make(chan error, 1)
	go func() {
		_, err := io.Copy(io.Discard, raw)
		got <- err
	}()
	d.stop()
	if err := <-got; err != nil {
		t.Errorf("it ends with %v", err)
	}
	<-written
}

func TestStoppingDoesNotMakeAPartOfWhatIsPostedTheWhole(t *testing.T) {
	stream := demo(t)
	live, _ := remuxed(t, stream)
	d := run(t, nil, nil)
	source, feed := io.Pipe()
	defer feed.Close()
	go feed.Write(stream)
	request, _ := http.NewRequest(http.MethodPost, "http://"+d.address+"/remux", source)
	request.ContentLength = 2 * int64(len(stream))
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	read(t, answer.Body, len(live))
	d.stop()
	if _, err := io.Copy(io.Discard, answer.Body); err == nil {
		t.Error("it ends as if it were whole")
	}
}

func TestStoppingDoesNotWaitForAClientThatTakesNothing(t *testing.T) {
	stream := testenv.Demo(t)
	d := run(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "video/mpeg")
		w.Header().Set("Content-Length", strconv.Itoa(8*len(stream))) // More than sockets hold.
		for range 8 {
			if _, err := w.Write(stream); err != nil {
				return
			}
		}
	}, nil)
	answer := d.get("/x")
	read(t, answer.Body, 188)
	eventually(t, "the sockets are full", func() bool {
		before := d.streams.Running()[0].BytesOut
		time.Sleep(200 * time.Millisecond)
		return d.streams.Running()[0].BytesOut == before
	})
	d.stop()
	if text := d.log.String(); strings.Contains(text, "streams are cut off") || !strings.Contains(text, "stream ends") {
		t.Errorf("the stream goes on:\n%s", text)
	}
}

func TestASocketLeftBehindIsReplacedAndOneInUseIsNot(t *testing.T) {
	path := t.TempDir() + "/socket"
	address := config.Address{Network: "unix", Address: path}
	stale, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	stale.(*net.UnixListener).SetUnlinkOnClose(false)
	stale.Close()
	fresh, err := listen(address)
	if err != nil {
		t.Fatalf("a stale socket is in the way: %v", err)
	}
	defer fresh.Close()
	if second, err := listen(address); err == nil {
		second.Close()
		t.Error("a socket in use was taken over")
	}
	file := t.TempDir() + "/file"
	if err := os.WriteFile(file, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if third, err := listen(config.Address{Network: "unix", Address: file}); err == nil {
		third.Close()
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "precious" {
		t.Error("a file was removed")
	}
}
