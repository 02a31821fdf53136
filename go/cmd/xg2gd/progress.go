// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/report"
)

const (
	progressPeriod = time.Second / 4
	longestBar     = 40
	shortestBar    = 10
	clearLine      = "\r\x1b[K"
)

// progress is a line that is drawn over itself. A nil one draws nothing.
type progress struct {
	to      io.Writer
	size    int64 // Of the input; 0 where it is not known.
	columns func() int
	now     func() time.Time
	begin   time.Time
	next    time.Time
	shown   bool
}

// newProgress returns nil where stderr is no terminal.
func newProgress(stderr io.Writer, quiet bool, size int64) *progress {
	if quiet || !isTerminal(stderr) {
		return nil
	}
	return &progress{to: stderr, size: size, begin: time.Now(), now: time.Now,
		columns: func() int { return columnsOf(stderr) }}
}

// update draws at most four times a second.
func (p *progress) update(stats func() transcoder.Stats) {
	if p == nil {
		return
	}
	now := p.now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(progressPeriod)
	p.shown = true
	fmt.Fprint(p.to, clearLine+progressLine(stats(), now.Sub(p.begin), p.size, p.columns()))
}

// clear takes the line away.
func (p *progress) clear() {
	if p == nil || !p.shown {
		return
	}
	p.shown = false
	fmt.Fprint(p.to, clearLine)
}

// progressLine never fills the last column, where some terminals wrap.
func progressLine(stats transcoder.Stats, elapsed time.Duration, size int64, columns int) string {
	speed := 0.0
	if elapsed > 0 {
		speed = stats.StreamTime.Seconds() / elapsed.Seconds()
	}
	line := fmt.Sprintf("%.1f MB  %s  %.1f x  errors %d", float64(stats.BytesIn)/1e6,
		report.Duration(stats.StreamTime), speed, report.Errors(stats))
	if size > 0 {
		share := min(float64(stats.BytesIn)/float64(size), 1)
		line = fmt.Sprintf("%3.0f %%  %s", share*100, line)
		line = bar(share, columns-1-len(line)-len("[]  ")) + line
	}
	return line[:max(0, min(len(line), columns-1))]
}

// bar is "" where there is no room for one worth looking at.
func bar(share float64, room int) string {
	if room < shortestBar {
		return ""
	}
	length := min(room, longestBar)
	done := int(share * float64(length))
	return "[" + strings.Repeat("=", done) + strings.Repeat(" ", length-done) + "]  "
}
