// SPDX-License-Identifier: MIT

//go:build cgo

package server

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/upstream"
)

func TestHealthIsOkAndReadinessIsTheReceivers(t *testing.T) {
	d := run(t, func(http.ResponseWriter, *http.Request) { t.Error("the receiver was asked for something") }, nil)
	if code, body := d.body("/healthz"); code != 200 || body != "ok\n" {
		t.Errorf("healthz: got %d, %q", code, body)
	}
	if code, body := d.body("/readyz"); code != 200 || !strings.HasSuffix(body, ": ok\n") {
		t.Errorf("readyz: got %d, %q", code, body)
	}
	gone := upstream.Targets{target(t, "attic=http://127.0.0.1:1")}
	away := run(t, nil, func(c *config.Serve) { c.Upstreams = gone })
	if code, body := away.body("/readyz"); code != 503 || !strings.Contains(body, "attic: ") {
		t.Errorf("readyz without a receiver: got %d, %q", code, body)
	}
	if code, _ := away.body("/healthz"); code != 200 {
		t.Errorf("healthz without a receiver: got %d", code)
	}
	some := run(t, nil, func(c *config.Serve) { c.Upstreams = append(gone, d.config.Upstreams...) })
	if code, body := some.body("/readyz"); code != 200 || strings.Count(body, "\n") != 2 {
		t.Errorf("readyz with one of two: got %d, %q", code, body)
	}
}

func TestStreamsAreToldInJSON(t *testing.T) {
	stream := demo(t)
	d := run(t, func(w http.ResponseWriter, r *http.Request) { sendLive(w, r, stream) }, nil)
	d.watch("/das-erste", stream)
	var told struct {
		Version string
		Limit   int
		Streams []struct {
			ID       int
			Kind     string
			Path     string
			State    string
			BytesIn  int64 `json:"bytes_in"`
			BytesOut int64 `json:"bytes_out"`
			Stats    struct{ Packets int }
			Tracks   []struct{ Codec, State, Language, In, Out string }
		}
	}
	answer := d.get("/streams")
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil {
		t.Fatal(err)
	}
	if told.Version != "1.2.3" || told.Limit != 32 || len(told.Streams) != 1 {
		t.Fatalf("got %+v", told)
	}
	s := told.Streams[0]
	if s.Kind != "relay" || s.Path != "/das-erste" || s.State != "streaming" ||
		s.BytesIn == 0 || s.BytesOut == 0 || s.Stats.Packets == 0 {
		t.Errorf("got %+v", s)
	}
	sound := s.Tracks[1]
	if sound.Codec != "mpeg_audio" || sound.State != "transcoded" || sound.Language != "deu" ||
		!strings.Contains(sound.In, "MP2") || !strings.Contains(sound.Out, "AAC") {
		t.Errorf("got %+v", sound)
	}
}

func TestMetricsTellOfEachStreamWhileItRuns(t *testing.T) {
	stream := demo(t)
	d := run(t, func(w http.ResponseWriter, r *http.Request) { sendLive(w, r, stream) }, nil)
	answer := d.watch("/x", stream)
	for name, want := range map[string]string{
		"xg2g_transcoder_active_sessions":                                                                            "1",
		"xg2g_transcoder_requests_total":                                                                             "1",
		`xg2g_transcoder_stream_continuity_errors_total{stream="1"}`:                                                 "0",
		`xg2g_transcoder_stream_decode_errors_total{stream="1"}`:                                                     "0",
		`xg2g_transcoder_stream_gaps_total{stream="1"}`:                                                              "0",
		`xg2g_transcoder_track_info{codec="ac3",language="eng",pid="259",program="1",state="transcoded",stream="1"}`: "1",
	} {
		if got := d.metric(name); got != want {
			t.Errorf("%s is %q, not %s", name, got, want)
		}
	}
	for _, name := range []string{
		`xg2g_transcoder_stream_bytes_in_total{stream="1"}`,
		`xg2g_transcoder_stream_latency_seconds_count{stream="1"}`,
		`xg2g_transcoder_track_av_offset_seconds{language="deu",pid="258",program="1",stream="1"}`,
		"xg2g_transcoder_bytes_total", "xg2g_transcoder_frames_out_total",
		"process_open_fds", "go_goroutines",
	} {
		if got := d.metric(name); got == "" || got == "0" {
			t.Errorf("%s is %q", name, got)
		}
	}
	answer.Body.Close()
	eventually(t, "the stream ends", func() bool { return d.metric("xg2g_transcoder_active_sessions") == "0" })
	if _, text := d.body("/metrics"); strings.Contains(text, `stream="1"`) {
		t.Error("the stream is still told of")
	}
	if got := d.metric("xg2g_transcoder_frames_out_total"); got == "0" {
		t.Error("its frames are forgotten")
	}
	if got := d.metric("xg2g_transcoder_duration_seconds_count"); got != "1" {
		t.Errorf("%s durations were counted", got)
	}
}

func TestThePageIsThereAndTakesNothingFromElsewhere(t *testing.T) {
	d := run(t, nil, nil)
	answer := d.get("/")
	if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") ||
		!strings.Contains(answer.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("got %v", answer.Header)
	}
	_, text := d.body("/")
	if !strings.Contains(text, `fetch("streams"`) || strings.Contains(text, "http://") || strings.Contains(text, "https://") {
		t.Error("the page does not ask for the streams, or asks for something else")
	}
}

func TestProfilesAreServedWhereTheyAreAskedFor(t *testing.T) {
	off, on := run(t, nil, nil), run(t, nil, func(c *config.Serve) { c.Pprof = true })
	if code, _ := off.body("/debug/pprof/"); code != 404 {
		t.Errorf("off: got %d", code)
	}
	for _, path := range []string{"", "goroutine?debug=1", "symbol"} {
		if code, _ := on.body("/debug/pprof/" + path); code != 200 {
			t.Errorf("%s: got %d", path, code)
		}
	}
}

func TestTheVersionIsTold(t *testing.T) {
	code, body := run(t, nil, nil).body("/version")
	var told map[string]string
	if err := json.Unmarshal([]byte(body), &told); err != nil || code != 200 {
		t.Fatalf("got %d, %v", code, err)
	}
	if told["version"] != "1.2.3" || told["library"] == "" || told["ffmpeg"] == "" {
		t.Errorf("got %v", told)
	}
}
