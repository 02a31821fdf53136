// SPDX-License-Identifier: MIT

//go:build cgo

package report_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/report"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// inspect returns the table and the JSON of a stream.
func inspect(tb testing.TB, path string, options transcoder.Options) (table, object []byte) {
	tb.Helper()
	remuxer, err := transcoder.New(options)
	if err != nil {
		tb.Fatal(err)
	}
	defer remuxer.Close()
	if _, err := remuxer.Process(testenv.Read(tb, path)); err != nil && !errors.Is(err, transcoder.ErrNotTS) {
		tb.Fatal(err)
	}
	if _, err := remuxer.Flush(); err != nil {
		tb.Fatal(err)
	}
	var t, o bytes.Buffer
	err = errors.Join(report.Table(&t, remuxer.Stats(), remuxer.Streams(), options),
		report.JSON(&o, report.Paths{In: path}, remuxer.Stats(), remuxer.Streams(), options))
	if err != nil {
		tb.Fatal(err)
	}
	return t.Bytes(), o.Bytes()
}

func output(tb testing.TB, program string, args ...string) []byte {
	tb.Helper()
	text, err := exec.Command(program, args...).Output()
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

func compare(t *testing.T, path string, options transcoder.Options, args ...string) {
	t.Helper()
	program := testenv.Program(t, "xg2g-remux")
	table, object := inspect(t, path, options)
	args = append(args, "--probe", path)
	if want := output(t, program, args...); !bytes.Equal(table, want) {
		t.Errorf("the table is\n%s\nand the C program's is\n%s", table, want)
	}
	want := decode(t, output(t, program, append(args, "--json")...))
	if got := decode(t, object); !reflect.DeepEqual(got, want) {
		t.Errorf("the JSON is\n%v\nand the C program's is\n%v", got, want)
	}
}

func TestCapturesAreReportedAsTheCProgramDoes(t *testing.T) {
	for _, path := range testenv.Captures(t) {
		t.Run(filepath.Base(path), func(t *testing.T) { compare(t, path, transcoder.Options{}) })
	}
}

func TestTheDemoIsReportedAsTheCProgramDoes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a \"strange\"\tnäme\xff.ts")
	if err := os.WriteFile(path, testenv.Demo(t), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		options transcoder.Options
		args    []string
	}{
		"by default":      {},
		"in one language": {transcoder.Options{Languages: []string{"deu"}}, []string{"--languages", "deu"}},
		"as surround": {transcoder.Options{Channels: 6, SampleRate: 44100, BitRate: 333333},
			[]string{"--channels", "6", "--rate", "44100", "--bit-rate", "333333"}},
	} {
		t.Run(name, func(t *testing.T) { compare(t, path, test.options, test.args...) })
	}
}
