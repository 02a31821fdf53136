// SPDX-License-Identifier: MIT

package main

import (
	"strings"
	"testing"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

func TestTheProgressLineFitsTheTerminal(t *testing.T) {
	stats := transcoder.Stats{BytesIn: 12_300_000, StreamTime: 10*time.Second + 200*time.Millisecond, PSIErrors: 3}
	words := "12.3 MB  0:00:10.2  5.1 x  errors 3"
	for _, test := range []struct {
		size    int64
		columns int
		want    string
	}{
		{0, 80, words},
		{0, 20, "12.3 MB  0:00:10.2 "},
		{0, 1, ""},
		{0, 0, ""},
		{24_600_000, 57, "[=====     ]   50 %  " + words},
		{24_600_000, 56, " 50 %  " + words},
		{24_600_000, 200, "[" + strings.Repeat("=", 20) + strings.Repeat(" ", 20) + "]   50 %  " + words},
		{12_300_000, 57, "[==========]  100 %  " + words},
		{1_000_000, 57, "[==========]  100 %  " + words},
		{1 << 50, 57, "[          ]    0 %  " + words},
	} {
		if got := progressLine(stats, 2*time.Second, test.size, test.columns); got != test.want {
			t.Errorf("%d bytes in %d columns: got %q, not %q", test.size, test.columns, got, test.want)
		}
	}
}

func TestTheFirstProgressLineHasNoSpeed(t *testing.T) {
	if got, want := progressLine(transcoder.Stats{}, 0, 0, 80), "0.0 MB  0:00:00.0  0.0 x  errors 0"; got != want {
		t.Errorf("got %q, not %q", got, want)
	}
}

func TestProgressIsDrawnFourTimesASecondAndTakenAway(t *testing.T) {
	var screen strings.Builder
	now := time.Unix(1000, 0)
	p := progress{to: &screen, columns: func() int { return 80 }, now: func() time.Time { return now }, begin: now}
	p.clear()
	if screen.Len() != 0 {
		t.Error("it clears what was never drawn")
	}
	for range 100 { // A second in all.
		p.update(func() transcoder.Stats { return transcoder.Stats{StreamTime: time.Second} })
		now = now.Add(10 * time.Millisecond)
	}
	p.clear()
	p.clear()
	if got := strings.Count(screen.String(), clearLine); got != 5 || !strings.HasSuffix(screen.String(), clearLine) {
		t.Errorf("%d times: %q", got, screen.String())
	}
	if !strings.Contains(screen.String(), "  2.0 x  ") {
		t.Errorf("after half a second the speed is wrong: %q", screen.String())
	}
}

func TestNoProgressIsDrawnBesideATerminal(t *testing.T) {
	var screen strings.Builder
	if newProgress(&screen, false, 100) != nil {
		t.Error("a buffer is no terminal")
	}
	var none *progress
	none.update(nil)
	none.clear()
}
