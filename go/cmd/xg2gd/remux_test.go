// SPDX-License-Identifier: MIT

//go:build cgo

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// demoStart is some three seconds of the demo.
func demoStart(tb testing.TB) []byte {
	tb.Helper()
	stream := testenv.Demo(tb)
	return stream[:len(stream)/10*3/188*188]
}

const aacRow = "AAC 48 kHz stereo 192 kbit/s"

func TestEveryCaptureLeavesAsFromTheCProgram(t *testing.T) {
	for _, path := range testenv.Captures(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out.ts")
			call(nil, "remux", path, out).succeeds(t)
			if !bytes.Equal(testenv.Read(t, out), reference(t, testenv.Read(t, path))) {
				t.Error("the bytes differ")
			}
		})
	}
}

func TestOptionsMeanWhatTheyMeanToTheCProgram(t *testing.T) {
	stream := demoStart(t)
	for _, options := range []string{
		"", "--rate 32000 --channels 1 --bit-rate 64k", "--languages deu", "--first-only", "--program 9",
		"--channels 6", "--drc 0",
	} {
		t.Run(options, func(t *testing.T) {
			args := strings.Fields(options)
			r := call(bytes.NewReader(stream), append([]string{"remux", "-", "-"}, args...)...).succeeds(t)
			if r.stdout != string(reference(t, stream, args...)) {
				t.Error("the bytes differ")
			}
		})
	}
}

func TestSmallPiecesGiveTheSameBytes(t *testing.T) {
	stream := demoStart(t)
	r := call(iotest.DataErrReader(iotest.HalfReader(bytes.NewReader(stream))), "remux", "--quiet", "-", "-").succeeds(t)
	if r.stdout != string(reference(t, stream)) || r.stderr != "" {
		t.Errorf("the bytes differ, or it speaks: %s", r.stderr)
	}
}

func TestTheEnvironmentIsReadAndFlagsWin(t *testing.T) {
	getenv := func(name string) string {
		return map[string]string{"XG2G_AUDIO_BITRATE": "64k", "XG2G_AUDIO_CHANNELS": "1"}[name]
	}
	r := callIn(getenv, bytes.NewReader(demoStart(t)), "remux", "--channels", "2", "-", "-").succeeds(t)
	if !strings.Contains(r.stderr, "AAC 48 kHz stereo 64 kbit/s") {
		t.Errorf("got %s", r.stderr)
	}
}

func TestTheTableGoesToStandardError(t *testing.T) {
	in, out := write(t, "in.ts", demoStart(t)), filepath.Join(t.TempDir(), "out.ts")
	r := call(nil, "remux", in, out).succeeds(t)
	if r.stdout != "" || !strings.HasPrefix(r.stderr, "PID ") || strings.Count(r.stderr, aacRow) != 2 {
		t.Errorf("got %+v", r)
	}
}

func TestJSONIsTheCProgramsAndGoesWhereTheStreamDoesNot(t *testing.T) {
	stream := demoStart(t)
	in, out := write(t, "in.ts", stream), filepath.Join(t.TempDir(), "out.ts")
	compare := func(got string, args ...string) {
		t.Helper()
		command := exec.Command(testenv.Program(t, "xg2g-remux"), append([]string{"--json"}, args...)...)
		command.Stdin = bytes.NewReader(stream)
		var text bytes.Buffer
		command.Stdout, command.Stderr = &text, &text
		if args[1] == "-" {
			command.Stdout = nil
		}
		if err := command.Run(); err != nil {
			t.Fatal(err)
		}
		if want := decode(t, text.String()); !reflect.DeepEqual(decode(t, got), want) {
			t.Errorf("got %s, not %v", got, want)
		}
	}
	r := call(nil, "remux", "--json", in, out).succeeds(t)
	compare(r.stdout, in, out)
	if r.stderr != "" {
		t.Errorf("it says %s", r.stderr)
	}
	compare(call(bytes.NewReader(stream), "remux", "--json", "-", "-").succeeds(t).stderr, "-", "-")
}

func decode(tb testing.TB, text string) map[string]any {
	tb.Helper()
	var object map[string]any
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		tb.Fatalf("%v in %q", err, text)
	}
	return object
}

func TestALongerFileIsReplacedAsAWhole(t *testing.T) {
	stream := demoStart(t)
	out := write(t, "out.ts", make([]byte, 3*len(stream)))
	call(bytes.NewReader(stream), "remux", "-", out).succeeds(t)
	if !bytes.Equal(testenv.Read(t, out), reference(t, stream)) {
		t.Error("the bytes differ")
	}
}

func TestNoiseInMidStreamIsToldOnceAndPassedOver(t *testing.T) {
	stream := demoStart(t)
	noisy := bytes.Join([][]byte{stream, stream}, make([]byte, 300_000))
	r := call(bytes.NewReader(noisy), "remux", "-", "-").succeeds(t)
	if strings.Count(r.stderr, "xg2gd: standard input holds something else than packets") != 1 {
		t.Errorf("got %s", r.stderr)
	}
	if r.stdout != string(reference(t, noisy)) {
		t.Error("the bytes differ")
	}
}

func TestWhereReadingFailsWhatCameIsWritten(t *testing.T) {
	stream := demoStart(t)
	failing := io.MultiReader(bytes.NewReader(stream), iotest.ErrReader(errors.New("out of order")))
	r := call(failing, "remux", "-", "-")
	if r.status != 1 || !strings.HasSuffix(r.stderr,
		"\nxg2gd: cannot read standard input: out of order; the stream ends here\n") {
		t.Errorf("status %d: %s", r.status, r.stderr)
	}
	if !strings.Contains(r.stderr, aacRow) || r.stdout != string(reference(t, stream)) {
		t.Error("what came is not written, or there is no table")
	}
}

func TestAStrangeNameStaysOnOneLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a\n\x1b[2Jé.ts")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	call(nil, "probe", path).fails(t, 1, "a??[2Jé.ts is empty")
}
