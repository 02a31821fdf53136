// SPDX-License-Identifier: MIT

package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

// printable makes question marks of all but ASCII: what a stream claims must
// not drive a terminal, and a column is as wide as its bytes.
func printable(text string) string {
	bytes := []byte(text)
	for i, b := range bytes {
		if b < ' ' || b > '~' {
			bytes[i] = '?'
		}
	}
	return string(bytes)
}

// row is one line's texts.
type row struct {
	stream  transcoder.Stream
	in, out string
}

// table collects the lines, so that they are written at once.
type table struct {
	bytes.Buffer
	rows     []row
	inWidth  int
	outWidth int
}

// Table writes the programs with their streams, and the totals.
func Table(w io.Writer, stats transcoder.Stats, streams []transcoder.Stream, options transcoder.Options) error {
	t := table{inWidth: len("In"), outWidth: len("Out")}
	for _, stream := range streams {
		t.add(row{stream, In(stream), Out(stream, options)})
	}
	if !t.printStreams() {
		passing := ""
		if stats.BytesOut == stats.Packets*transcoder.PacketSize {
			passing = ": all packets pass"
		}
		fmt.Fprintln(&t, "Nothing to transcode"+passing)
	}
	fmt.Fprintf(&t, "%d packets of %d bytes, %s of stream, %d bytes out\n",
		stats.Packets, stats.PacketSize, Duration(stats.StreamTime), stats.BytesOut)
	fmt.Fprintln(&t, failures(stats))
	_, err := w.Write(t.Bytes())
	return err
}

func (t *table) add(r row) {
	t.rows = append(t.rows, r)
	t.inWidth = max(t.inWidth, len(r.in))
	t.outWidth = max(t.outWidth, len(r.out))
}

// printStreams answers whether any of them is transcoded.
func (t *table) printStreams() bool {
	if len(t.rows) == 0 {
		fmt.Fprintln(t, "No program was announced")
	} else {
		fmt.Fprintf(t, "%-6s %-4s %-*s  %-*s %6s %7s %4s\n", "PID", "Lang",
			t.inWidth, "In", t.outWidth, "Out", "Frames", "Damaged", "Gaps")
	}
	transcoded := false
	for i, r := range t.rows {
		if i == 0 || r.stream.ProgramNumber != t.rows[i-1].stream.ProgramNumber {
			fmt.Fprintf(t, "Program %d, PMT on PID 0x%04X, PCR on PID 0x%04X\n",
				r.stream.ProgramNumber, r.stream.PMTPID, r.stream.PCRPID)
		}
		t.printRow(r)
		transcoded = transcoded || isTranscoded(r.stream)
	}
	return transcoded
}

func (t *table) printRow(r row) {
	fmt.Fprintf(t, "0x%04X %-4s %-*s  ", r.stream.PID,
		printable(r.stream.Language), t.inWidth, r.in)
	if !isTranscoded(r.stream) {
		fmt.Fprintln(t, r.out)
		return
	}
	fmt.Fprintf(t, "%-*s %6d %7d %4d\n", t.outWidth, r.out,
		r.stream.FramesOut, r.stream.FramesConcealed, r.stream.Gaps)
}

func isTranscoded(stream transcoder.Stream) bool {
	return stream.State == transcoder.StreamTranscoded ||
		stream.State == transcoder.StreamConverted || stream.FramesOut > 0
}

// failures lists what went wrong, as "1 gap, 2 overlaps".
func failures(s transcoder.Stats) string {
	var counts []string
	for _, c := range []struct {
		count     uint64
		one, many string
	}{
		{s.ContinuityErrors, "continuity error", "continuity errors"},
		{s.TransportErrors, "transport error", "transport errors"},
		{s.SyncLosses, "sync loss", "sync losses"},
		{s.BytesDropped, "byte dropped", "bytes dropped"},
		{s.PSIErrors, "PSI error", "PSI errors"},
		{s.Duplicates, "duplicate", "duplicates"},
		{s.ScrambledPackets, "scrambled audio packet", "scrambled audio packets"},
		{s.FramesConcealed, "frame concealed", "frames concealed"},
		{s.Gaps, "gap", "gaps"},
		{s.Overlaps, "overlap", "overlaps"},
		{s.Discontinuities, "discontinuity", "discontinuities"},
	} {
		switch {
		case c.count == 1:
			counts = append(counts, "1 "+c.one)
		case c.count > 1:
			counts = append(counts, fmt.Sprintf("%d %s", c.count, c.many))
		}
	}
	if len(counts) == 0 {
		return "No errors"
	}
	return strings.Join(counts, ", ")
}
