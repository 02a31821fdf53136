// SPDX-License-Identifier: MIT

//go:build cgo

package server

import (
	"bufio"
	"bytes"
	"context"
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
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/relay"
)

// send writes text on a connection of its own.
func (d *daemon) send(text string) net.Conn {
	d.t.Helper()
	connection, err := net.Dial("tcp", d.address)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { connection.Close() })
	if _, err := io.WriteString(connection, text); err != nil {
		d.t.Fatal(err)
	}
	_ = connection.SetDeadline(time.Now().Add(patience))
	return connection
}

func TestABodyThatNeverComesTakesNoPlace(t *testing.T) {
	d := run(t, func(http.ResponseWriter, *http.Request) { t.Error("the receiver was asked") },
		func(c *config.Serve) { c.Header = 50 * time.Millisecond })
	for _, c := range []struct {
		method string
		code   int
	}{{"GET", 400}, {"POST", 405}} {
		connection := d.send(c.method + " /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
		answer, err := http.ReadResponse(bufio.NewReader(connection), nil)
		if err != nil || answer.StatusCode != c.code {
			t.Errorf("%s: got %v, %v", c.method, answer, err)
		}
	}
	if d.streams.Count() != 0 {
		t.Error("a place is taken")
	}
}

func TestAClientThatReadsNoAnswersIsLeft(t *testing.T) {
	d := run(t, nil, func(c *config.Serve) { c.Idle = 100 * time.Millisecond })
	connection := d.send("")
	ask := []byte(strings.Repeat("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 100))
	for deadline := time.Now().Add(patience); ; {
		if _, err := connection.Write(ask); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("it is still served")
		}
	}
}

func TestAConnectionIsUsableLongAfterAStream(t *testing.T) {
	stream := demo(t)
	d := run(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(stream)))
		_, _ = w.Write(stream)
	}, func(c *config.Serve) { c.Idle = 400 * time.Millisecond })
	connection := d.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
	reader := bufio.NewReader(connection)
	for range 3 {
		answer, err := http.ReadResponse(reader, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			t.Fatal(err)
		}
		time.Sleep(250 * time.Millisecond) // Together they outlast one deadline.
		if _, err := io.WriteString(connection, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatHasAnEndIsNotWaitedForEndlessly(t *testing.T) {
	stream := demo(t)
	for _, kind := range []string{"video/mp2t", "image/png"} {
		d := run(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Content-Length", strconv.Itoa(2*len(stream)))
			_, _ = w.Write(stream)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, func(c *config.Serve) { c.Stall = 100 * time.Millisecond })
		if _, err := io.Copy(io.Discard, d.get("/x").Body); err == nil {
			t.Errorf("%s: it ends as if it were whole", kind)
		}
		eventually(t, "it is an error", func() bool { return d.metric("xg2g_transcoder_errors_total") == "1" })
		d.stop()
	}
}

func TestAPosterThatStopsSendingIsCutOff(t *testing.T) {
	stream := demo(t)
	source, feed := io.Pipe()
	defer feed.Close()
	d := run(t, nil, func(c *config.Serve) { c.Idle = 200 * time.Millisecond })
	go feed.Write(stream)
	if _, err := io.Copy(io.Discard, d.post(source).Body); err == nil {
		t.Error("the answer ends as if it were whole")
	}
	eventually(t, "it ends", func() bool { return d.streams.Count() == 0 })
	if reason := d.streams.Recent()[0].Reason; reason != errIdle.Error() {
		t.Errorf("the reason is %q", reason)
	}
	if got := d.metric("xg2g_transcoder_errors_total"); got != "1" {
		t.Errorf("%s errors were counted", got)
	}
}

func TestStoppingDoesNotMakeAPartOfARecordingTheWhole(t *testing.T) {
	stream := demo(t)
	d := run(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(2*len(stream)))
		_, _ = w.Write(stream)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}, nil)
	answer := d.get("/x")
	read(t, answer.Body, 188*500)
	go d.stop()
	if _, err := io.Copy(io.Discard, answer.Body); err == nil {
		t.Error("it ends as if it were whole")
	}
}

func TestAnErrorOfTheReceiverIsAnError(t *testing.T) {
	d := run(t, func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "no free tuner", http.StatusServiceUnavailable)
	}, nil)
	d.body("/x")
	eventually(t, "it is counted", func() bool { return d.metric("xg2g_transcoder_errors_total") == "1" })
	if got := d.metric("xg2g_transcoder_ffmpeg_startup_seconds_count"); got != "0" {
		t.Errorf("%s starts were counted", got)
	}
}

func TestAStatusThatIsNoneIsABadGateway(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(connection, "HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n")
			connection.Close()
		}
	}()
	d := run(t, nil, func(c *config.Serve) {
		c.Upstreams = append(c.Upstreams, target(t, "http://"+listener.Addr().String()))
	})
	if code, body := d.body("/x"); code != http.StatusBadGateway {
		t.Errorf("got %d, %q", code, body)
	}
}

func TestVideoThatIsNoTransportStreamCanBeSought(t *testing.T) {
	film := bytes.Repeat([]byte("film"), 1000)
	d := run(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "video/mp4")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(film))
	}, nil)
	request, _ := http.NewRequest(http.MethodGet, "http://"+d.address+"/x", nil)
	request.Header.Set("Range", "bytes=100-199")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusPartialContent || !bytes.Equal(body, film[100:200]) {
		t.Errorf("got %s with %d bytes", answer.Status, len(body))
	}
}

// defective panics where its last sound is due.
type defective struct{ relay.Remuxer }

func (defective) FlushInto([]byte) (int, error) { panic("a defect of the flush") }

func TestADefectAtAStreamsEndDoesNotEndTheDaemon(t *testing.T) {
	stream := demo(t)
	d := run(t, func(w http.ResponseWriter, r *http.Request) { sendLive(w, r, stream) }, nil,
		func(s *Server) {
			inner := s.newRemuxer
			s.newRemuxer = func() (relay.Remuxer, error) {
				remuxer, err := inner()
				return defective{remuxer}, err
			}
		})
	answer := d.get("/x")
	read(t, answer.Body, 188*500)
	d.stop()
	if _, err := io.Copy(io.Discard, answer.Body); err == nil {
		t.Error("it ends in good order")
	}
	if !strings.Contains(d.log.String(), "a defect of the flush") {
		t.Error("the log does not tell it")
	}
}

func TestNamesThatAreNoTextDoNotBreakTheMetrics(t *testing.T) {
	d := run(t, nil, nil)
	info := infoForTest
	info.Client, info.Upstream, info.Path = "@\xff\xfe", "\xff", "/\xff"
	x, err := d.begin(context.Background(), info)
	if err != nil {
		t.Fatal(err)
	}
	defer x.end(nil)
	if got := d.metric("xg2g_transcoder_active_sessions"); got != "1" {
		t.Errorf("got %q", got)
	}
}
