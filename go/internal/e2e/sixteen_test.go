// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

const (
	manyStreams = 16
	manyLast    = time.Minute
	// mostLag is how far behind the receiver a client may be at the end.
	mostLag = time.Second
)

// watcher measures how far a client is behind the receiver's schedule: its PCRs
// all come through, so that the nth that arrives tells where the stream is.
type watcher struct {
	client   *curl
	schedule *receiver.Schedule
	began    func() time.Time // When the receiver sent the first byte.

	pcrs      int
	last, max time.Duration
	arrived   time.Time
	failure   error
}

// watch reads until the deadline.
func (w *watcher) watch(deadline time.Time) {
	_ = w.client.out.SetReadDeadline(deadline.Add(patience))
	buffer := make([]byte, 0, 64*1024)
	for time.Now().Before(deadline) {
		n, err := w.client.out.Read(buffer[len(buffer):cap(buffer)])
		now := time.Now()
		packets := buffer[:len(buffer)+n]
		for ; len(packets) >= packetSize; packets = packets[packetSize:] {
			w.look(packets[:packetSize], now)
		}
		buffer = append(buffer[:0], packets...)
		if err != nil {
			w.failure = err
			return
		}
	}
}

func (w *watcher) look(packet []byte, now time.Time) {
	if _, ok := receiver.PCR(packet); !ok || receiver.PID(packet) != w.schedule.PID {
		return
	}
	w.last = now.Sub(w.began().Add(w.schedule.PCRTime(w.pcrs)))
	w.max = max(w.max, w.last)
	w.arrived = now
	w.pcrs++
}

// broadcasts are captures whose PCRs come often and all the way through.
var broadcasts = []string{"france2_026.ts", "bbcnews_206.ts", "canalsat_2prog_ac3_035.ts",
	"arte_tnt_lossy_089.ts", "abcnews_au_202.ts", "kanald_iptv_135.ts", "dvb_p11_025.ts"}

// sources returns the demo stream and, where they are there, broadcasts.
func sources(t *testing.T) []string {
	paths := []string{demo(t)}
	for _, path := range testenv.FindCaptures() {
		if slices.Contains(broadcasts, filepath.Base(path)) {
			paths = append(paths, path)
		}
	}
	return paths
}

func TestSixteenStreamsKeepUpForAMinute(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	paths := sources(t)
	services := map[string]receiver.Service{}
	name := func(i int) string { return fmt.Sprintf("/%d-%s", i, filepath.Base(paths[i%len(paths)])) }
	for i := range manyStreams {
		services[name(i)] = receiver.File(paths[i%len(paths)], receiver.Loop, 1)
	}
	r := receive(t, services)
	d := start(t, "--upstream", r.URL())
	cpu, began := d.metric("process_cpu_seconds_total"), time.Now()
	watchers := make([]*watcher, manyStreams)
	var all sync.WaitGroup
	for i := range watchers {
		w := &watcher{client: runCurl(t, d.url(name(i))),
			schedule: receiver.NewSchedule(testenv.Read(t, paths[i%len(paths)])),
			began:    sync.OnceValue(func() time.Time { return r.Visits(name(i))[0].FirstByte })}
		watchers[i] = w
		all.Add(1)
		go func() { defer all.Done(); w.watch(began.Add(manyLast)) }()
	}
	all.Wait()
	lasted := time.Since(began)
	t.Logf("xg2gd used %.1f %% of a processor and %.1f MiB for %d streams",
		100*(d.metric("process_cpu_seconds_total")-cpu)/lasted.Seconds(),
		d.metric("process_resident_memory_bytes")/(1<<20), manyStreams)
	for i, w := range watchers {
		w.judge(t, name(i), began.Add(manyLast))
	}
	checkAllRun(t, d)
	checkSoundIsWithPicture(t, d)
}

func (w *watcher) judge(t *testing.T, name string, end time.Time) {
	t.Helper()
	if w.pcrs == 0 {
		t.Errorf("%s: no PCR came", name)
		return
	}
	// A stream of which nothing comes any more is behind, too.
	behind := w.last + max(0, end.Sub(w.arrived))
	t.Logf("%s: %d PCRs, at most %v behind, %v at the end", name, w.pcrs,
		w.max.Round(time.Millisecond), behind.Round(time.Millisecond))
	if w.failure != nil {
		t.Errorf("%s: %v", name, w.failure)
	}
	if behind > mostLag {
		t.Errorf("%s falls behind", name)
	}
}

func checkAllRun(t *testing.T, d *daemon) {
	t.Helper()
	if n := d.metric("xg2g_transcoder_active_sessions"); n != manyStreams {
		t.Errorf("%v streams run", n)
	}
	for _, name := range []string{"xg2g_transcoder_slow_clients_total",
		"xg2g_transcoder_upstream_reconnects_total", "xg2g_transcoder_errors_total"} {
		if n := d.metric(name); n != 0 {
			t.Errorf("%s is %v", name, n)
		}
	}
}

// checkSoundIsWithPicture holds each track to what the broadcasts themselves have
// between sound and picture, and what decoding takes.
func checkSoundIsWithPicture(t *testing.T, d *daemon) {
	t.Helper()
	const most = 2 * time.Second
	offsets := d.metrics("xg2g_transcoder_track_av_offset_seconds{")
	if len(offsets) < manyStreams {
		t.Errorf("sound and picture are known of %d tracks only", len(offsets))
	}
	least, greatest := slices.Min(offsets), slices.Max(offsets)
	t.Logf("sound is %.3f to %.3f s ahead of the picture on %d tracks", least, greatest, len(offsets))
	if least < -most.Seconds() || greatest > most.Seconds() {
		t.Error("sound is not with the picture")
	}
}
