// SPDX-License-Identifier: MIT

//go:build cgo

package main

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"
)

func TestHelpIsWhatWasAskedFor(t *testing.T) {
	for _, test := range []struct {
		args  string
		begin string
	}{
		{"help", "xg2gd - "},
		{"--help", "xg2gd - "},
		{"-h", "xg2gd - "},
		{"help help", "xg2gd - "},
		{"help --help", "xg2gd - "},
		{"help remux", "usage: xg2gd remux [options] IN OUT\n"},
		{"remux --help", "usage: xg2gd remux [options] IN OUT\n"},
		{"remux a -h b", "usage: xg2gd remux [options] IN OUT\n"},
		{"help probe", "usage: xg2gd probe [options] IN\n"},
		{"probe --help", "usage: xg2gd probe [options] IN\n"},
		{"version --help", "usage: xg2gd version [--json]\n"},
	} {
		t.Run(test.args, func(t *testing.T) {
			r := call(nil, strings.Fields(test.args)...)
			if r.status != 0 || r.stderr != "" || !strings.HasPrefix(r.stdout, test.begin) {
				t.Errorf("got %+v", r)
			}
		})
	}
}

func TestHelpListsEverySetting(t *testing.T) {
	var j job
	text := call(nil, "remux", "--help").stdout
	for _, s := range j.settings() {
		if !strings.Contains(text, "\n  --"+s.Name) || !strings.Contains(text, s.Env) {
			t.Errorf("--%s is absent", s.Name)
		}
	}
}

func TestWrongCommandLinesAreToldInOneLine(t *testing.T) {
	for _, test := range []struct {
		args, words string
	}{
		{"help frob", "frob is no command; xg2gd help lists them"},
		{"remux", "which stream? Give IN and OUT, or - for a pipe; xg2gd remux --help lists the options"},
		{"remux in.ts", "where to? Give OUT after in.ts"},
		{"remux a b c", "c is one path too many"},
		{"remux --wrong a b", "-wrong; xg2gd remux --help lists the options"},
		{"remux a b --rate", "-rate; xg2gd remux --help lists the options"},
		{"remux --rate=x a b", `--rate: "x" is not possible`},
		{"remux --rate 1234 a b", "1234"},
		{"remux --channels 7 a b", "7"},
		{"remux --bit-rate 1z a b", "--bit-rate"},
		{"remux --program 0 a b", "--program"},
		{"remux --dual-mono up a b", "--dual-mono"},
		{"remux --quiet=maybe a b", "quiet"},
		{"remux --languages english a b", "english"},
		{"probe", "which stream? Give IN, or - for a pipe; xg2gd probe --help lists the options"},
		{"probe a b", "a probe writes nothing: leave b away"},
		{"probe --wrong a", "xg2gd probe --help lists the options"},
		{"probe --drc 101 a", "101"},
		{"version --quiet", "xg2gd version --help lists the options"},
		{"version now", "now is one word too many"},
	} {
		t.Run(test.args, func(t *testing.T) {
			call(nil, strings.Fields(test.args)...).fails(t, 2, test.words)
		})
	}
}

func TestTheEnvironmentIsNamedWhereItIsWrong(t *testing.T) {
	getenv := func(name string) string { return map[string]string{"XG2G_AUDIO_RATE": "fast"}[name] }
	callIn(getenv, nil, "probe", "a").fails(t, 2, "XG2G_AUDIO_RATE")
}

func TestAProductThatCannotBeWrittenIsAnError(t *testing.T) {
	reader, writer := io.Pipe()
	reader.Close()
	in := write(t, "in.ts", demoStart(t))
	out := write(t, "out.ts", nil)
	for _, args := range []string{"help", "remux --help", "version", "version --json",
		"probe " + in, "probe --json " + in, "remux --json " + in + " " + out} {
		t.Run(args, func(t *testing.T) {
			var stderr strings.Builder
			status := run(context.Background(), strings.Fields(args), os.Getenv, nil, writer, &stderr)
			result{status: status, stderr: stderr.String()}.fails(t, 1, "cannot write standard output: ")
		})
	}
}
