// SPDX-License-Identifier: MIT

package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/report"
)

// decode reads JSON as other programs do, and keeps every digit.
func decode(tb testing.TB, text []byte) map[string]any {
	tb.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil {
		tb.Fatalf("%v in %s", err, text)
	}
	if decoder.More() {
		tb.Fatalf("more than one value in %s", text)
	}
	return object
}

func encode(tb testing.TB, stats transcoder.Stats, streams ...transcoder.Stream) []byte {
	tb.Helper()
	var text bytes.Buffer
	if err := report.JSON(&text, report.Paths{In: "in"}, stats, streams, transcoder.Options{}); err != nil {
		tb.Fatal(err)
	}
	return text.Bytes()
}

func TestStreamsOfOneProgramStandTogether(t *testing.T) {
	object := decode(t, encode(t, transcoder.Stats{},
		transcoder.Stream{ProgramNumber: 5, PMTPID: 50, PCRPID: 51, PID: 51},
		transcoder.Stream{ProgramNumber: 5, PMTPID: 50, PCRPID: 51, PID: 52},
		transcoder.Stream{ProgramNumber: 6, PMTPID: 60, PCRPID: 61, PID: 61}))
	var sizes []int
	for _, p := range object["programs"].([]any) {
		sizes = append(sizes, len(p.(map[string]any)["streams"].([]any)))
	}
	if len(sizes) != 2 || sizes[0] != 2 || sizes[1] != 1 {
		t.Errorf("streams in programs: %v", sizes)
	}
}

func TestNoProgramsAreAnEmptyArray(t *testing.T) {
	if text := encode(t, transcoder.Stats{}); !bytes.Contains(text, []byte(`"programs":[]`)) {
		t.Errorf("got %s", text)
	}
}

func TestOnlyAStreamThatIsWrittenHasAnOut(t *testing.T) {
	if _, has := decode(t, encode(t, transcoder.Stats{}))["out"]; has {
		t.Error("a probe has one")
	}
}

func TestNothingInAStreamDrivesTheTerminalThroughJSON(t *testing.T) {
	kind := "a\x1b\x07\n\r\u007f\u009b\"\\<\xffé"
	text := encode(t, transcoder.Stats{}, transcoder.Stream{Kind: kind})
	for _, r := range strings.TrimSuffix(string(text), "\n") {
		if r < ' ' || r >= 0x7F && r <= 0x9F {
			t.Errorf("%q is in %s", r, text)
		}
	}
	stream := decode(t, text)["programs"].([]any)[0].(map[string]any)["streams"].([]any)[0]
	if got, want := stream.(map[string]any)["kind"], strings.ToValidUTF8(kind, "\uFFFD"); got != want {
		t.Errorf("got %q, not %q", got, want)
	}
}

func TestStreamTimeIsInTicksAgain(t *testing.T) {
	for _, ticks := range []int64{0, 1, 2, 13, 26_999_999, 27_000_000, 29_294_397, 1 << 50} {
		rest := time.Duration(ticks%27_000_000) * time.Second / 27_000_000
		length := time.Duration(ticks/27_000_000)*time.Second + rest
		got := decode(t, encode(t, transcoder.Stats{StreamTime: length}))["stream_time"].(json.Number)
		if n, _ := got.Int64(); n != ticks {
			t.Errorf("%d became %s", ticks, got)
		}
	}
}

func TestJSONThatCannotBeWrittenIsAnError(t *testing.T) {
	reader, writer := io.Pipe()
	reader.Close()
	err := report.JSON(writer, report.Paths{}, transcoder.Stats{}, nil, transcoder.Options{})
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
}
