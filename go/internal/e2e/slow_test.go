// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
)

func TestAClientOf10KilobytesASecondIsDisconnectedAndAnotherIsNot(t *testing.T) {
	// Faster than life, so that what the kernel holds is soon full.
	service := receiver.File(demo(t), receiver.Loop, 8)
	r := receive(t, map[string]receiver.Service{"/slow": service, "/good": service})
	d := start(t, "--upstream", r.URL(), "--client-buffer", "1MiB")
	good := runCurl(t, d.url("/good"))
	got := good.read(packetSize * 1000)
	runCurl(t, "--limit-rate", "10k", "--output", "/dev/null", d.url("/slow"))
	began := time.Now()
	drained := make(chan []byte)
	disconnected := make(chan struct{})
	go func() { drained <- readUntil(good, disconnected) }()
	eventually(t, "the slow client is disconnected", func() bool {
		return d.metric("xg2g_transcoder_slow_clients_total") == 1
	})
	t.Logf("it is disconnected after %v", time.Since(began).Round(time.Millisecond))
	close(disconnected)
	got = append(got, <-drained...)
	checkSlowEnded(t, d)
	got = append(got, good.read(packetSize*1000-len(got)%packetSize)...)
	for _, pid := range demoSound {
		if seen := checkSound(t, got, pid); seen == 0 {
			t.Errorf("PID %d: no sound", pid)
		}
	}
	if len(r.Visits("/good")) != 1 {
		t.Error("the good stream was fetched again")
	}
}

func checkSlowEnded(t *testing.T, d *daemon) {
	t.Helper()
	recent := d.streams().Recent
	if len(recent) != 1 || recent[0].Path != "/slow" || !strings.Contains(recent[0].Reason, "does not keep up") {
		t.Errorf("what ended is %+v", recent)
	}
	if active := d.metric("xg2g_transcoder_active_sessions"); active != 1 {
		t.Errorf("%v streams run", active)
	}
}

// readUntil reads what comes until something is over.
func readUntil(c *curl, over <-chan struct{}) []byte {
	var data []byte
	buffer := make([]byte, 64*1024)
	for {
		select {
		case <-over:
			return data
		default:
		}
		_ = c.out.SetReadDeadline(time.Now().Add(patience))
		n, err := c.out.Read(buffer)
		data = append(data, buffer[:n]...)
		if err == io.EOF || n == 0 {
			return data
		}
	}
}
