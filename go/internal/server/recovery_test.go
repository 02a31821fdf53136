// SPDX-License-Identifier: MIT

//go:build cgo

package server

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// pid returns the PID of a packet (ISO/IEC 13818-1, 2.4.3.2).
func pid(packet []byte) int { return int(packet[1]&0x1F)<<8 | int(packet[2]) }

// audioPID is the German sound of the demo stream, which is replaced.
const audioPID = 0x102

// checkContinuity fails where a packet of the replaced sound is missing or comes
// twice (2.4.3.3).
func checkContinuity(t *testing.T, packets []byte) {
	t.Helper()
	last, seen := -1, 0
	for ; len(packets) >= 188; packets = packets[188:] {
		if packets[0] != 0x47 {
			t.Fatal("sync is lost")
		}
		if pid(packets) != audioPID || packets[3]&0x10 == 0 {
			continue
		}
		counter := int(packets[3] & 0x0F)
		if last >= 0 && counter != (last+1)%16 {
			t.Fatalf("continuity_counter goes from %d to %d", last, counter)
		}
		last = counter
		seen++
	}
	if seen == 0 {
		t.Fatal("no sound left")
	}
}

// quick makes what takes seconds take milliseconds.
func quick(c *config.Serve) {
	c.Stall = 100 * time.Millisecond
	c.GiveUp = 500 * time.Millisecond
}

// failures are the ways in which a receiver loses a stream.
var failures = map[string]func(http.ResponseWriter, *http.Request){
	"it closes": func(http.ResponseWriter, *http.Request) {},
	"it breaks off": func(http.ResponseWriter, *http.Request) {
		panic(http.ErrAbortHandler)
	},
	"it falls silent": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	"it sends garbage": func(w http.ResponseWriter, r *http.Request) {
		for noise := bytes.Repeat([]byte("noise"), 10_000); r.Context().Err() == nil; {
			_, _ = w.Write(noise)
		}
	},
	"it trickles garbage": func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte("x"))
			_ = http.NewResponseController(w).Flush()
			time.Sleep(time.Millisecond)
		}
	},
}

func TestALostStreamIsFetchedAgainWhileTheClientStays(t *testing.T) {
	stream := demo(t)
	live, _ := remuxed(t, stream)
	for name, fail := range failures {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int64
			d := run(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "video/mpeg")
				switch asked.Add(1) {
				case 1:
					_, _ = w.Write(stream[:188*1500+77]) // Cut in a packet.
					_ = http.NewResponseController(w).Flush()
					fail(w, r)
				case 2:
					http.Error(w, "no free tuner", http.StatusServiceUnavailable)
				case 3:
					_, _ = io.WriteString(w, "<html>starting</html>")
				default:
					sendLive(w, r, stream)
				}
			}, func(c *config.Serve) { quick(c); c.GiveUp = patience })
			first, _ := remuxed(t, stream[:188*1500])
			got := read(t, d.get("/x").Body, len(first)+len(live))
			if !bytes.Equal(got[:len(first)], first) {
				t.Error("what came before is not what the library makes of it")
			}
			checkContinuity(t, got)
			shot := d.streams.Running()[0]
			if shot.Reconnects < 2 {
				t.Errorf("%d reconnects were counted", shot.Reconnects)
			}
			if text := d.log.String(); !strings.Contains(text, "upstream is lost") ||
				!strings.Contains(text, "503 Service Unavailable") {
				t.Errorf("the log does not tell it:\n%s", text)
			}
		})
	}
}

func TestWithoutARemuxerAPageIsNotPutIntoTheStream(t *testing.T) {
	stream := demo(t)
	var asked atomic.Int64
	d := run(t, func(w http.ResponseWriter, r *http.Request) {
		switch asked.Add(1) {
		case 1:
			w.Header().Set("Content-Type", "video/mpeg")
			_, _ = w.Write(stream)
		case 2:
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<html>starting</html>")
		default:
			sendLive(w, r, stream)
		}
	}, nil, breaking(0))
	got := read(t, d.get("/x").Body, 2*len(stream))
	if !bytes.Equal(got, append(bytes.Clone(stream), stream...)) {
		t.Error("something else came between")
	}
}

func TestAStreamThatStaysLostIsGivenUp(t *testing.T) {
	stream := demo(t)
	live, _ := remuxed(t, stream)
	var asked atomic.Int64
	d := run(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			_, _ = w.Write(stream)
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}
		http.Error(w, "no such service", http.StatusNotFound)
	}, quick)
	got, err := io.ReadAll(d.get("/x").Body)
	if err == nil {
		t.Error("the stream ends as if it were whole")
	}
	if !bytes.HasPrefix(got, live) {
		t.Errorf("%d bytes of %d came", len(got), len(live))
	}
	eventually(t, "the stream ends", func() bool { return d.streams.Count() == 0 })
	reason := d.streams.Recent()[0].Reason
	if !strings.Contains(reason, "gave up") || !strings.Contains(reason, "404 Not Found") {
		t.Errorf("the reason is %q", reason)
	}
	if !strings.Contains(d.log.String(), "gave up") {
		t.Error("no log line says why")
	}
	if n := asked.Load(); n < 3 || n > 20 {
		t.Errorf("the receiver was asked %d times in half a second", n)
	}
}

func TestAReceiverThatKeepsBreakingOffIsNotHammered(t *testing.T) {
	stream := demo(t)
	var asked atomic.Int64
	d := run(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = w.Write(stream)
	}, nil)
	body := d.get("/x").Body
	live, _ := remuxed(t, stream)
	read(t, body, len(live)*5)
	// Waits are 0, 100 to 200, 200 to 400 ms and so on: the fifth comes after
	// 0.7 s at the least.
	if lasted := time.Since(d.streams.Running()[0].Began); lasted < 700*time.Millisecond {
		t.Errorf("five connections in %v", lasted)
	}
}

func TestAClientThatDoesNotKeepUpIsDisconnected(t *testing.T) {
	stream := testenv.Demo(t)
	d := run(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(stream); err != nil {
				return
			}
		}
	}, func(c *config.Serve) { c.ClientBuffer = 1 << 20 })
	slow := d.get("/slow")
	read(t, slow.Body, 188)
	eventually(t, "the slow client is disconnected", func() bool {
		return d.metric("xg2g_transcoder_slow_clients_total") == "1"
	})
	if _, err := io.Copy(io.Discard, slow.Body); err == nil {
		t.Error("its stream ends as if it were whole")
	}
	if d.streams.Count() != 0 {
		t.Error("the stream goes on")
	}
}

func TestOneStreamsFailureDoesNotTouchAnother(t *testing.T) {
	stream := demo(t)
	live, _ := remuxed(t, stream)
	release := make(chan struct{})
	var bad atomic.Int64
	d := run(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bad" && bad.Add(1) > 1 {
			http.Error(w, "no such service", http.StatusNotFound)
			return
		}
		if r.URL.Path == "/bad" {
			_, _ = w.Write(stream)
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}
		half := 188 * 1000
		w.Header().Set("Content-Type", "video/mpeg")
		_, _ = w.Write(stream[:half])
		_ = http.NewResponseController(w).Flush()
		<-release
		_, _ = w.Write(stream[half:])
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}, func(c *config.Serve) { c.GiveUp = 500 * time.Millisecond })
	good := d.get("/good")
	start := read(t, good.Body, 188*500)
	_, _ = io.Copy(io.Discard, d.get("/bad").Body)
	close(release)
	rest := read(t, good.Body, len(live)-len(start))
	if !bytes.Equal(append(start, rest...), live) {
		t.Error("the bytes differ")
	}
}

func TestADefectInOneStreamDoesNotEndTheDaemon(t *testing.T) {
	stream := demo(t)
	d := run(t, func(w http.ResponseWriter, r *http.Request) { sendLive(w, r, stream) }, nil)
	x, err := d.begin(context.Background(), infoForTest)
	if err != nil {
		t.Fatal(err)
	}
	err = x.protect(func() error { panic("a defect") })
	x.end(err)
	if err == nil || !strings.Contains(d.log.String(), "recovery_test.go") {
		t.Errorf("got %v, and a log without a stack", err)
	}
	read(t, d.get("/x").Body, 1000)
}

func TestStreamsGoOnThroughTheGracePeriodAndEndInGoodOrder(t *testing.T) {
	stream := demo(t)
	_, whole := remuxed(t, stream)
	d := run(t, func(w http.ResponseWriter, r *http.Request) { sendLive(w, r, stream) },
		func(c *config.Serve) { c.Grace = 300 * time.Millisecond })
	answer := d.get("/x")
	start := read(t, answer.Body, 188*500)
	stopped := make(chan struct{})
	began := time.Now()
	go func() { d.stop(); close(stopped) }()
	eventually(t, "new streams are refused", func() bool {
		response, err := http.Get("http://" + d.address + "/y")
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		return response.StatusCode == http.StatusServiceUnavailable
	})
	if code, body := d.body("/readyz"); code != http.StatusServiceUnavailable || !strings.Contains(body, "stopping") {
		t.Errorf("readyz: got %d, %q", code, body)
	}
	rest, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Errorf("the stream was cut: %v", err)
	}
	if got := append(start, rest...); !bytes.Equal(got, whole) {
		t.Errorf("got %d bytes of %d: the last sound is missing", len(got), len(whole))
	}
	if lasted := time.Since(began); lasted < 300*time.Millisecond {
		t.Errorf("it lasted %v", lasted)
	}
	<-stopped
	if _, err := http.Get("http://" + d.address + "/x"); err == nil {
		t.Error("it still answers")
	}
}
