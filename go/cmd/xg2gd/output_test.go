// SPDX-License-Identifier: MIT

//go:build cgo

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

func TestABadInputCostsNobodyAGoodRecording(t *testing.T) {
	for name, test := range map[string]struct{ path, words string }{
		"an absent file":    {filepath.Join(t.TempDir(), "absent.ts"), "cannot open"},
		"an empty file":     {write(t, "empty.ts", nil), "empty.ts is empty"},
		"a folder":          {t.TempDir(), "is a directory; check the path"},
		"zeros":             {write(t, "zeros.ts", make([]byte, 300_000)), "zeros.ts is not an MPEG transport stream; give"},
		"few bytes":         {write(t, "short.ts", make([]byte, 1000)), "short.ts is not an MPEG transport stream; give"},
		"what has no end":   {"/dev/zero", "/dev/zero is not an MPEG transport stream; give"},
		"an empty pipe":     {"-", "standard input is empty"},
		"a file in a file":  {filepath.Join(write(t, "in.ts", nil), "x"), "cannot open"},
		"a name of nothing": {"", "cannot open"},
	} {
		t.Run(name, func(t *testing.T) {
			kept, made := write(t, "kept.ts", []byte("precious")), filepath.Join(t.TempDir(), "new.ts")
			empty := func() result { return call(strings.NewReader(""), "remux", test.path, kept) }
			empty().fails(t, 1, test.words)
			call(strings.NewReader(""), "remux", test.path, made).fails(t, 1, test.words)
			call(strings.NewReader(""), "probe", test.path).fails(t, 1, test.words)
			if got := testenv.Read(t, kept); string(got) != "precious" {
				t.Errorf("what was there is %q", got)
			}
			if _, err := os.Stat(made); !os.IsNotExist(err) {
				t.Errorf("a file is left: %v", err)
			}
		})
	}
}

func TestAnOutThatCannotBeWrittenIsNamed(t *testing.T) {
	in := write(t, "in.ts", demoStart(t))
	for name, test := range map[string]struct{ path, words string }{
		"an absent folder": {filepath.Join(t.TempDir(), "absent", "out.ts"), "out.ts: no such file or directory; check the path"},
		"a folder":         {t.TempDir(), "is a directory; check the path and who may write there"},
		"no name":          {"", "cannot write : "},
	} {
		t.Run(name, func(t *testing.T) { call(nil, "remux", in, test.path).fails(t, 1, test.words) })
	}
}

func TestAFullDiskIsToldWithTheTable(t *testing.T) {
	r := call(bytes.NewReader(demoStart(t)), "remux", "-", "/dev/full")
	want := "xg2gd: cannot write /dev/full: no space left on device; make room there\n"
	if r.status != 1 || !strings.HasSuffix(r.stderr, want) {
		t.Errorf("status %d: %s", r.status, r.stderr)
	}
}

func TestInAndOutMayNotBeOneFile(t *testing.T) {
	stream := demoStart(t)
	in := write(t, "in.ts", stream)
	soft, hard := in+".soft", in+".hard"
	if err := os.Symlink(in, soft); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(in, hard); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{in, soft, hard} {
		call(nil, "remux", in, out).fails(t, 2, out+" is what is being read; name another file for OUT")
	}
	stdin, err := os.Open(in)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	call(stdin, "remux", "-", soft).fails(t, 2, "in.ts.soft is what is being read")
	if !bytes.Equal(testenv.Read(t, in), stream) {
		t.Error("the input was touched")
	}
}

func TestADeviceMayBeInAndOut(t *testing.T) {
	call(nil, "remux", "/dev/null", "/dev/null").fails(t, 1, "/dev/null is empty")
}
