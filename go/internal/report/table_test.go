// SPDX-License-Identifier: MIT

package report_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/report"
)

func table(tb testing.TB, stats transcoder.Stats, streams ...transcoder.Stream) string {
	tb.Helper()
	var text strings.Builder
	if err := report.Table(&text, stats, streams, transcoder.Options{}); err != nil {
		tb.Fatal(err)
	}
	return text.String()
}

func TestATableWithoutStreamsSaysSo(t *testing.T) {
	want := "No program was announced\nNothing to transcode: all packets pass\n" +
		"0 packets of 0 bytes, 0:00:00.0 of stream, 0 bytes out\nNo errors\n"
	if got := table(t, transcoder.Stats{}); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestATableHasALineForEachProgramAndStream(t *testing.T) {
	stats := transcoder.Stats{Packets: 7, PacketSize: 204, BytesOut: 1316, StreamTime: 1500 * time.Millisecond}
	got := table(t, stats,
		transcoder.Stream{ProgramNumber: 1, PMTPID: 0x20, PCRPID: 0x21, PID: 0x21, Kind: "H.264"},
		transcoder.Stream{ProgramNumber: 1, PMTPID: 0x20, PCRPID: 0x21, PID: 0x22, Language: "deu",
			Codec: transcoder.CodecAC3, State: transcoder.StreamTranscoded, FramesOut: 9, FramesConcealed: 8, Gaps: 7},
		transcoder.Stream{ProgramNumber: 2, PMTPID: 0x30, PCRPID: 0x1FFF, PID: 0x31,
			State: transcoder.StreamScrambled, FramesOut: 3})
	want := `PID    Lang In         Out                          Frames Damaged Gaps
Program 1, PMT on PID 0x0020, PCR on PID 0x0021
0x0021      H.264      passes
0x0022 deu  AC-3       AAC 48 kHz stereo 192 kbit/s      9       8    7
Program 2, PMT on PID 0x0030, PCR on PID 0x1FFF
0x0031      type 0x00  passes: scrambled                 3       0    0
7 packets of 204 bytes, 0:00:01.5 of stream, 1316 bytes out
No errors
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestATableListsWhatWentWrong(t *testing.T) {
	got := table(t, transcoder.Stats{ContinuityErrors: 1, TransportErrors: 2, SyncLosses: 3, BytesDropped: 4,
		PSIErrors: 5, Duplicates: 6, ScrambledPackets: 1, FramesConcealed: 8, Gaps: 1, Overlaps: 10, Discontinuities: 11})
	want := "1 continuity error, 2 transport errors, 3 sync losses, 4 bytes dropped, 5 PSI errors, 6 duplicates, " +
		"1 scrambled audio packet, 8 frames concealed, 1 gap, 10 overlaps, 11 discontinuities\n"
	if !strings.HasSuffix(got, "\n"+want) {
		t.Errorf("got\n%s", got)
	}
}

func TestNothingInAStreamDrivesTheTerminalThroughTheTable(t *testing.T) {
	got := table(t, transcoder.Stats{}, transcoder.Stream{Kind: "a\x1b]0;x\x07\n", Language: "\x9b\r\x00"})
	for _, r := range strings.ReplaceAll(got, "\n", "") {
		if r < ' ' || r > '~' {
			t.Errorf("%q is in the table", r)
		}
	}
	if lines := strings.Count(got, "\n"); lines != 6 {
		t.Errorf("%d lines", lines)
	}
}

func TestATableThatCannotBeWrittenIsAnError(t *testing.T) {
	reader, writer := io.Pipe()
	reader.Close()
	if err := report.Table(writer, transcoder.Stats{}, nil, transcoder.Options{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
}
