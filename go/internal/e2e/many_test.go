// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"fmt"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
)

// footprint is what a daemon holds on to.
type footprint struct{ memory, goroutines, descriptors float64 }

func (f footprint) String() string {
	return fmt.Sprintf("%.1f MiB, %.0f goroutines, %.0f descriptors", f.memory/(1<<20), f.goroutines, f.descriptors)
}

// footprint is measured when no stream runs and what ends has ended.
func (d *daemon) footprint(settled func(footprint) bool) footprint {
	d.t.Helper()
	var f footprint
	eventually(d.t, "nothing runs any more", func() bool {
		f = footprint{d.metric("process_resident_memory_bytes"), d.metric("go_goroutines"), d.metric("process_open_fds")}
		return d.metric("xg2g_transcoder_active_sessions") == 0 && settled(f)
	})
	return f
}

// visit asks for a stream and leaves in one of the ways that clients have.
func (d *daemon) visit(n int) error {
	connection, err := net.Dial("tcp", d.address)
	if err != nil {
		return err
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(patience))
	if _, err := fmt.Fprintf(connection, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		return err
	}
	switch n % 4 {
	case 0: // At once, before the answer.
		return nil
	case 1: // With the head.
		_, err = io.CopyN(io.Discard, connection, 100)
	case 2: // With a reset, as what is not read makes it.
		_, err = io.CopyN(io.Discard, connection, 100_000)
		_ = connection.(*net.TCPConn).SetLinger(0)
	case 3: // In good order.
		if _, err = io.CopyN(io.Discard, connection, 50_000); err == nil {
			err = connection.(*net.TCPConn).CloseWrite()
		}
	}
	return err
}

func (d *daemon) visits(count int) {
	d.t.Helper()
	const atOnce = 16
	failures := make(chan error, count)
	for left := count; left > 0; left -= atOnce {
		var batch sync.WaitGroup
		for n := range min(left, atOnce) {
			batch.Add(1)
			go func() { defer batch.Done(); failures <- d.visit(n) }()
		}
		batch.Wait()
	}
	close(failures)
	for err := range failures {
		if err != nil {
			d.t.Fatal(err)
		}
	}
}

func TestThousandClientsThatComeAndGoLeaveNothingBehind(t *testing.T) {
	const warmUp, count = 200, 1000
	// The heap breathes; a stream that stayed would hold some 300 KiB.
	const mostMemory = 12 << 20
	// Of connections to the receiver that were made for a client that has left,
	// up to four stay for the next one, for half a minute.
	const idle = 4
	service := receiver.File(demo(t), receiver.Loop, 4)
	r := receive(t, map[string]receiver.Service{"/x": service})
	d := start(t, "--upstream", r.URL(), "--max-streams", "64")
	d.visits(warmUp)
	before := d.footprint(func(footprint) bool { return true })
	d.visits(count)
	after := d.footprint(func(f footprint) bool {
		return d.metric("xg2g_transcoder_requests_total") == warmUp+count &&
			f.goroutines <= before.goroutines+2*idle && f.descriptors <= before.descriptors+idle
	})
	t.Logf("after %d visits: %v", warmUp, before)
	t.Logf("after %d more: %v", count, after)
	if d.metric("xg2g_transcoder_rejected_total") != 0 {
		t.Error("streams were refused")
	}
	if after.memory > before.memory+mostMemory {
		t.Errorf("memory grew by %.1f MiB", (after.memory-before.memory)/(1<<20))
	}
}
