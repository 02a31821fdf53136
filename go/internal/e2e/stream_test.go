// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

const packetSize = 188 // ISO/IEC 13818-1, 2.4.3.2

// demoSound are the PIDs of the demo stream's sound: MP2 and AC-3.
var demoSound = []int{0x102, 0x103}

var demoFile struct {
	once   sync.Once
	folder string
	err    error
}

// demo returns the path of the demo stream.
func demo(t *testing.T) string {
	t.Helper()
	data := testenv.Demo(t)
	path := func() string { return filepath.Join(demoFile.folder, "demo.ts") }
	demoFile.once.Do(func() {
		if demoFile.folder, demoFile.err = os.MkdirTemp("", "xg2g-e2e"); demoFile.err == nil {
			demoFile.err = os.WriteFile(path(), data, 0o600)
		}
	})
	if demoFile.err != nil {
		t.Fatal(demoFile.err)
	}
	return path()
}

func removeDemo() {
	if demoFile.folder != "" {
		os.RemoveAll(demoFile.folder)
	}
}

// receive starts a receiver in the test's process.
func receive(t *testing.T, services map[string]receiver.Service) *receiver.Receiver {
	t.Helper()
	r, err := receiver.Start(receiver.Config{Services: services})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// remuxed is what the library makes of a stream: up to its end, and with what
// flush gives.
func remuxed(t *testing.T, stream []byte) (live, whole []byte) {
	t.Helper()
	remuxer, err := transcoder.New(transcoder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer remuxer.Close()
	live, err = remuxer.Process(stream)
	if err != nil && !errors.Is(err, transcoder.ErrNotTS) {
		t.Fatal(err)
	}
	rest, err := remuxer.Flush()
	if err != nil && !errors.Is(err, transcoder.ErrNotTS) {
		t.Fatal(err)
	}
	return live, append(bytes.Clone(live), rest...)
}

// checkSound fails where a packet of a PID that is replaced is missing or comes
// twice (2.4.3.3), and returns how many there are.
func checkSound(t *testing.T, packets []byte, pid int) int {
	t.Helper()
	last, seen := -1, 0
	for ; len(packets) >= packetSize; packets = packets[packetSize:] {
		if packets[0] != 0x47 {
			t.Fatal("sync is lost")
		}
		if receiver.PID(packets) != pid || packets[3]&0x10 == 0 {
			continue
		}
		counter := int(packets[3] & 0x0F)
		if last >= 0 && counter != (last+1)%16 {
			t.Fatalf("PID %d: continuity_counter goes from %d to %d", pid, last, counter)
		}
		last = counter
		seen++
	}
	return seen
}

// checkBothSides fails where sound is missing on either side of a loss, or is
// not joined.
func checkBothSides(t *testing.T, pids []int, before, after []byte) {
	t.Helper()
	for _, pid := range pids {
		first := checkSound(t, before, pid)
		second := checkSound(t, after, pid)
		whole := checkSound(t, slices.Concat(before, after), pid)
		t.Logf("PID %d: %d packets of sound before, %d after", pid, first, second)
		if first == 0 || second < first/2 || whole != first+second {
			t.Errorf("PID %d: there is not as much sound after the loss", pid)
		}
	}
}

func demoData(t *testing.T) []byte { return testenv.Demo(t) }

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
