// SPDX-License-Identifier: MIT

//go:build cgo

package server

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/relay"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/upstream"
)

func TestALiveStreamIsWhatTheLibraryMakesOfIt(t *testing.T) {
	stream := demo(t)
	want, _ := remuxed(t, stream)
	d := run(t, func(w http.ResponseWriter, r *http.Request) { sendLive(w, r, stream) }, nil)
	answer := d.get("/1:0:1:2B66:3F3:1:C00000:0:0:0:")
	if got := read(t, answer.Body, len(want)); !bytes.Equal(got, want) {
		t.Error("the bytes differ")
	}
	if kind := answer.Header.Get("Content-Type"); kind != "video/mp2t" {
		t.Errorf("it is called %q", kind)
	}
}

func TestARecordingIsRemuxedToItsLastSound(t *testing.T) {
	stream := demo(t)
	_, want := remuxed(t, stream)
	d := run(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(stream)))
		_, _ = w.Write(stream)
	}, nil)
	if _, got := d.body("/file.ts"); got != string(want) {
		t.Errorf("got %d bytes, not %d", len(got), len(want))
	}
	eventually(t, "it counts as a success", func() bool { return d.metric("xg2g_transcoder_success_total") == "1" })
}

func TestTheTypeDoesNotDecideWhatIsAStream(t *testing.T) {
	stream := demo(t)
	want, _ := remuxed(t, stream)
	for _, kind := range []string{"video/mpeg", "video/mp2t", "application/octet-stream", "", "text/html", "text/plain; charset=x", "a wrong; type;;"} {
		d := run(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Content-Type"] = []string{kind}
			_, _ = w.Write(stream)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, nil)
		if got := read(t, d.get("/x").Body, len(want)); !bytes.Equal(got, want) {
			t.Errorf("%q: the bytes differ", kind)
		}
		d.stop()
	}
}

func TestOtherBodiesStatusAndHeadersPass(t *testing.T) {
	noise := strings.Repeat("no packets here ", 100_000)
	cases := []struct {
		name, kind, body string
		code             int
	}{
		{"a page", "text/html", "<html>ok</html>", 200},
		{"a page called a stream", "video/mpeg", "<html>ok</html>", 200},
		{"much noise called a stream", "video/mp2t", noise, 200},
		{"much of something else", "application/json", noise, 200},
		{"a picture that begins as a packet does", "image/gif", "GIF89a", 200},
		{"nothing", "video/mpeg", "", 200},
		{"not found", "text/plain", "no such service", 404},
		{"no tuner", "text/plain", "no free tuner", 503},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := run(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", c.kind)
				w.Header().Set("X-Receiver", "vu")
				w.Header().Set("Connection", "X-Hop")
				w.Header().Set("X-Hop", "1")
				w.WriteHeader(c.code)
				_, _ = io.WriteString(w, c.body)
			}, nil)
			answer := d.get("/x")
			body, err := io.ReadAll(answer.Body)
			if err != nil || string(body) != c.body {
				t.Errorf("got %d bytes of %d, %v", len(body), len(c.body), err)
			}
			header := answer.Header
			if answer.StatusCode != c.code || header.Get("Content-Type") != c.kind ||
				header.Get("X-Receiver") != "vu" || header.Get("X-Hop") != "" {
				t.Errorf("got %s, %v", answer.Status, header)
			}
		})
	}
}

func TestTheReceiverIsAskedAsTheClientAsked(t *testing.T) {
	const path = "/1:0:1:445D:453:1:C00000:0:0:0:http%3a//other%3a8080/x%20y:Das%20Erste?duration=10&x=%2F"
	asked := make(chan *http.Request, 1)
	d := run(t, func(_ http.ResponseWriter, r *http.Request) { asked <- r }, nil)
	request, _ := http.NewRequest(http.MethodGet, "http://"+d.address+path, nil)
	request.Header.Set("Authorization", "Basic eA==")
	request.Header.Set("User-Agent", "VLC")
	request.Header.Set("Keep-Alive", "5")
	request.Header.Set("Accept-Encoding", "gzip")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	r := <-asked
	if r.RequestURI != path {
		t.Errorf("asked for %s", r.RequestURI)
	}
	if r.Header.Get("Authorization") != "Basic eA==" || r.Header.Get("User-Agent") != "VLC" ||
		r.Header.Get("Keep-Alive") != "" || r.Header.Get("Accept-Encoding") != "" {
		t.Errorf("asked with %v", r.Header)
	}
}

func TestOnlyConfiguredUpstreamsAreContacted(t *testing.T) {
	var strange atomic.Int64
	other := run(t, func(http.ResponseWriter, *http.Request) { strange.Add(1) }, nil)
	d := run(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "http://"+other.address+"/elsewhere", http.StatusFound)
			return
		}
		fmt.Fprintf(w, "%s", r.URL.Path)
	}, nil)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get("http://" + d.address + "/away")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusFound || answer.Header.Get("Location") != "http://"+other.address+"/elsewhere" {
		t.Errorf("got %s to %q", answer.Status, answer.Header.Get("Location"))
	}
	if _, body := d.body("//" + other.address + "/x"); body != "//"+other.address+"/x" {
		t.Errorf("got %q", body)
	}
	if strange.Load() != 0 {
		t.Error("another host was contacted")
	}
}

func TestUpstreamsAreFoundByName(t *testing.T) {
	one := run(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "one ", r.RequestURI) }, nil)
	two := run(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "two ", r.RequestURI) }, nil)
	named := upstream.Targets{target(t, "http://"+one.address), target(t, "kitchen=http://"+two.address)}
	d := run(t, nil, func(c *config.Serve) { c.Upstreams = named })
	for path, want := range map[string]string{
		"/a//b?c=d":        "one /a//b?c=d",
		"/kitchen/1:0:1":   "two /1:0:1",
		"/kitchens/x":      "one /kitchens/x",
		"/x/kitchen/other": "one /x/kitchen/other",
	} {
		if _, got := d.body(path); got != want {
			t.Errorf("%s: got %q, not %q", path, got, want)
		}
	}
	alone := run(t, nil, func(c *config.Serve) { c.Upstreams = named[1:] })
	if code, _ := alone.body("/x"); code != http.StatusNotFound {
		t.Errorf("got %d", code)
	}
}

func TestHeadGivesTheHead(t *testing.T) {
	for name, knowsHead := range map[string]bool{"a receiver that knows HEAD": true, "one that does not": false} {
		d := run(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodHead && !knowsHead {
				w.WriteHeader(http.StatusMethodNotAllowed)
				return
			}
			w.Header().Set("Content-Type", "video/mpeg")
			w.Header().Set("X-Receiver", "vu")
			w.WriteHeader(http.StatusOK)
			if r.Method == http.MethodGet {
				_ = http.NewResponseController(w).Flush()
				<-r.Context().Done()
			}
		}, nil)
		answer, err := http.Head("http://" + d.address + "/x")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "video/mp2t" || answer.Header.Get("X-Receiver") != "vu" {
			t.Errorf("%s: got %s, %v", name, answer.Status, answer.Header)
		}
		d.stop()
	}
}

func TestAHeadIsOneOfTheStreamsThatMayRun(t *testing.T) {
	stream := demo(t)
	d := run(t, func(w http.ResponseWriter, r *http.Request) { sendLive(w, r, stream) },
		func(c *config.Serve) { c.MaxStreams = 1 })
	read(t, d.get("/x").Body, 1000)
	answer, err := http.Head("http://" + d.address + "/x")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("got %s", answer.Status)
	}
}

func TestAPartOfAStreamIsAnsweredWithTheWhole(t *testing.T) {
	stream := demo(t)
	_, want := remuxed(t, stream)
	d := run(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".ts") {
			w.Header().Set("Content-Type", "video/mp2t")
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(stream))
	}, nil)
	ask := func(path string) (int, []byte) {
		request, _ := http.NewRequest(http.MethodGet, "http://"+d.address+path, nil)
		request.Header.Set("Range", "bytes=376-563")
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		return answer.StatusCode, body
	}
	if code, got := ask("/recording.ts"); code != http.StatusOK || !bytes.Equal(got, want) {
		t.Errorf("a stream: got %d, %d bytes", code, len(got))
	}
	d.stop()
	other := run(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(stream))
	}, nil)
	d = other
	if code, got := ask("/picon.png"); code != http.StatusPartialContent || !bytes.Equal(got, stream[376:564]) {
		t.Errorf("a picture: got %d, %d bytes", code, len(got))
	}
}

func TestOnlyGetAndHeadAreRelayed(t *testing.T) {
	d := run(t, func(http.ResponseWriter, *http.Request) { t.Error("the receiver was asked") }, nil)
	answer, err := http.Post("http://"+d.address+"/x", "text/plain", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("got %s, %v", answer.Status, answer.Header)
	}
}

func TestAClientThatLeavesEndsItsUpstreamRequest(t *testing.T) {
	ended := make(chan struct{})
	stream := demo(t)
	d := run(t, func(w http.ResponseWriter, r *http.Request) {
		sendLive(w, r, stream)
		close(ended)
	}, nil)
	answer := d.get("/x")
	read(t, answer.Body, 1000)
	answer.Body.Close()
	select {
	case <-ended:
	case <-time.After(patience):
		t.Fatal("the receiver still sends")
	}
	eventually(t, "the stream ends", func() bool { return d.streams.Count() == 0 })
	if reason := d.streams.Recent()[0].Reason; reason != "the client left" {
		t.Errorf("the reason is %q", reason)
	}
}

func TestAReceiverThatIsNotThereIsABadGateway(t *testing.T) {
	d := run(t, nil, func(c *config.Serve) {
		c.Upstreams = upstream.Targets{target(t, "http://127.0.0.1:1")}
	})
	code, body := d.body("/x")
	if code != http.StatusBadGateway || !strings.Contains(body, "127.0.0.1:1") || !strings.Contains(body, "refused") {
		t.Errorf("got %d, %q", code, body)
	}
	if got := d.metric("xg2g_transcoder_errors_total"); got != "1" {
		t.Errorf("%s errors were counted", got)
	}
}

func TestAReceiverThatSendsNothingIsAGatewayTimeout(t *testing.T) {
	for name, head := range map[string]bool{"no head": false, "a head and no byte": true} {
		d := run(t, func(w http.ResponseWriter, r *http.Request) {
			if head {
				w.WriteHeader(http.StatusOK)
				_ = http.NewResponseController(w).Flush()
			}
			<-r.Context().Done()
		}, func(c *config.Serve) { c.Stall = 50 * time.Millisecond })
		if code, body := d.body("/x"); code != http.StatusGatewayTimeout {
			t.Errorf("%s: got %d, %q", name, code, body)
		}
		d.stop()
	}
}

func TestFurtherStreamsThanMayAreRefused(t *testing.T) {
	stream := demo(t)
	d := run(t, func(w http.ResponseWriter, r *http.Request) { sendLive(w, r, stream) },
		func(c *config.Serve) { c.MaxStreams = 1 })
	first := d.get("/x")
	read(t, first.Body, 1000)
	answer := d.get("/x")
	if body, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusServiceUnavailable ||
		answer.Header.Get("Retry-After") == "" || !strings.Contains(string(body), "too many streams") {
		t.Errorf("got %s, %q", answer.Status, body)
	}
	if got := d.metric("xg2g_transcoder_rejected_total"); got != "1" {
		t.Errorf("%s refusals were counted", got)
	}
	first.Body.Close()
	eventually(t, "there is room again", func() bool { return d.streams.Count() == 0 })
	read(t, d.get("/x").Body, 1000)
}

func TestAFailingRemuxerPassesTheStreamOrEndsIt(t *testing.T) {
	stream := demo(t)
	receiver := func(w http.ResponseWriter, r *http.Request) { sendLive(w, r, stream) }
	for _, after := range []int{-1, 0, 100_000} {
		d := run(t, receiver, nil, breaking(after))
		got := read(t, d.get("/x").Body, 188*1000)
		if after <= 0 && !bytes.Equal(got, stream[:len(got)]) {
			t.Errorf("failing after %d: it does not pass as it came", after)
		}
		if d.metric("xg2g_transcoder_remuxer_failures_total") != "1" {
			t.Errorf("failing after %d: it is not counted", after)
		}
		d.stop()
		d = run(t, receiver, func(c *config.Serve) { c.OnError = relay.CloseOnError }, breaking(after))
		answer := d.get("/x")
		_, err := io.ReadAll(answer.Body)
		if err == nil && answer.StatusCode != http.StatusInternalServerError {
			t.Errorf("failing after %d: the stream ends in good order, with %s", after, answer.Status)
		}
		d.stop()
	}
}
