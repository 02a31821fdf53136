// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// mostStartup is what may lie between the receiver's first byte and the client's.
const mostStartup = 50 * time.Millisecond

func TestTheFirstByteOfTheDemoComesWithin50Milliseconds(t *testing.T) {
	checkStartup(t, demo(t))
}

func TestTheFirstByteOfABroadcastComesWithin50Milliseconds(t *testing.T) {
	for _, name := range []string{"france2_026.ts", "bbcnews_206.ts", "canalsat_2prog_ac3_035.ts"} {
		t.Run(name, func(t *testing.T) { checkStartup(t, testenv.CapturePath(t, name)) })
	}
}

// checkStartup measures several times and judges the median: what else the
// machine does is not the daemon's.
func checkStartup(t *testing.T, path string) {
	t.Helper()
	const tries = 9
	service := "/" + filepath.Base(path)
	r := receive(t, map[string]receiver.Service{service: receiver.File(path, receiver.Loop, 1)})
	d := start(t, "--upstream", r.URL())
	took := make([]time.Duration, tries)
	for i := range took {
		client := runCurl(t, d.url(service))
		client.read(1)
		came := time.Now()
		client.leave()
		took[i] = came.Sub(r.Visits(service)[i].FirstByte)
	}
	slices.Sort(took)
	t.Logf("first byte after %v, sorted %v", took[tries/2], took)
	if took[tries/2] > mostStartup {
		t.Errorf("half of the tries took longer than %v", mostStartup)
	}
}
