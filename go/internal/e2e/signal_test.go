// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"bytes"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
)

const running = 3 // Streams when the signal comes.

// startStreams starts a daemon with streams that run.
func startStreams(t *testing.T, grace string) (*daemon, []*curl) {
	t.Helper()
	r := receive(t, map[string]receiver.Service{"/x": receiver.File(demo(t), receiver.Loop, 1)})
	d := start(t, "--upstream", r.URL(), "--grace", grace)
	clients := make([]*curl, running)
	for i := range clients {
		clients[i] = runCurl(t, d.url("/x"))
		clients[i].read(packetSize * 500)
	}
	return d, clients
}

func (d *daemon) refuses() bool {
	return code(d.t, d.url("/x")) == "503"
}

func (d *daemon) waitForExit(patience time.Duration) syscall.WaitStatus {
	d.t.Helper()
	select {
	case <-d.exited:
	case <-time.After(patience):
		d.t.Fatal("xg2gd still runs")
	}
	return d.state.Sys().(syscall.WaitStatus)
}

func TestSIGTERMLetsStreamsGoOnForTheGracePeriodAndRefusesNewOnes(t *testing.T) {
	const grace = 2 * time.Second
	d, clients := startStreams(t, grace.String())
	d.signal(syscall.SIGTERM)
	began := time.Now()
	eventually(t, "new streams are refused", d.refuses)
	if ready := code(t, d.url("/readyz")); ready != "503" {
		t.Errorf("readyz answers %s", ready)
	}
	for i, client := range clients {
		data, status := client.rest()
		if status != 0 {
			t.Errorf("stream %d: curl's status is %d, %s", i, status, client.errors.String())
		}
		if len(data)%packetSize != 0 {
			t.Errorf("stream %d ends within a packet", i)
		}
		// The demo has about 380 kB/s.
		if len(data) < 300_000 {
			t.Errorf("stream %d: only %d bytes came in the grace period", i, len(data))
		}
		for _, pid := range demoSound {
			checkSound(t, data, pid)
		}
	}
	status := d.waitForExit(patience)
	lasted := time.Since(began)
	t.Logf("xg2gd ended after %v with %d", lasted.Round(time.Millisecond), status.ExitStatus())
	if !status.Exited() || status.ExitStatus() != 0 {
		t.Errorf("the exit status is %v", d.state)
	}
	if lasted < grace || lasted > grace+3*time.Second {
		t.Errorf("it lasted %v with a grace period of %v", lasted, grace)
	}
}

func TestSIGTERMWithoutStreamsEndsAtOnce(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "raw")
	d := start(t, "--grace", "1m", "--raw", "unix:"+socket)
	began := time.Now()
	d.signal(syscall.SIGTERM)
	if status := d.waitForExit(patience); status.ExitStatus() != 0 {
		t.Errorf("the exit status is %v", d.state)
	}
	t.Logf("xg2gd ended after %v", time.Since(began).Round(time.Millisecond))
	if exists(socket) {
		t.Error("the socket is left behind")
	}
}

func TestTheSecondSIGTERMEndsAtOnce(t *testing.T) {
	d, clients := startStreams(t, "1m")
	d.signal(syscall.SIGTERM)
	eventually(t, "new streams are refused", d.refuses)
	began := time.Now()
	d.signal(syscall.SIGTERM)
	status := d.waitForExit(patience)
	t.Logf("xg2gd ended after %v", time.Since(began).Round(time.Millisecond))
	if !status.Signaled() || status.Signal() != syscall.SIGTERM {
		t.Errorf("it ended with %v", d.state)
	}
	if time.Since(began) > 2*time.Second {
		t.Error("that was not at once")
	}
	if _, status := clients[0].rest(); status == 0 {
		t.Error("the stream ends as if it were whole")
	}
}

func TestARecordingIsSentToItsEndInTheGracePeriod(t *testing.T) {
	service := receiver.File(demo(t), receiver.Close, 10)
	service.Length = true
	r := receive(t, map[string]receiver.Service{"/file.ts": service})
	d := start(t, "--upstream", r.URL(), "--grace", "1m")
	client := runCurl(t, d.url("/file.ts"))
	got := client.read(packetSize * 100)
	d.signal(syscall.SIGTERM)
	rest, status := client.rest()
	if _, whole := remuxed(t, demoData(t)); status != 0 || !bytes.Equal(append(got, rest...), whole) {
		t.Errorf("got %d bytes of %d, status %d", len(got)+len(rest), len(whole), status)
	}
	if status := d.waitForExit(patience); status.ExitStatus() != 0 {
		t.Errorf("the exit status is %v", d.state)
	}
}

func TestARecordingThatOutlastsTheGracePeriodIsNotTakenForWhole(t *testing.T) {
	service := receiver.File(demo(t), receiver.Close, 1)
	service.Length = true
	r := receive(t, map[string]receiver.Service{"/file.ts": service})
	d := start(t, "--upstream", r.URL())
	client := runCurl(t, d.url("/file.ts"))
	client.read(packetSize * 100)
	d.signal(syscall.SIGTERM)
	if _, status := client.rest(); status == 0 {
		t.Error("curl takes it for whole")
	}
	if status := d.waitForExit(patience); status.ExitStatus() != 0 {
		t.Errorf("the exit status is %v", d.state)
	}
}
