// SPDX-License-Identifier: MIT

//go:build cgo

package main

import (
	"encoding/json"
	"runtime/debug"
	"strings"
	"testing"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

func TestVersionsAreThreeLines(t *testing.T) {
	for want, v := range map[string]versions{
		"xg2gd 1.2.3\nlibrary 4.5.6 (archive abcd)\nFFmpeg 7.1\n": {"1.2.3", "4.5.6", "abcd", "7.1"},
		"xg2gd 1.2.3\nlibrary 4.5.6\nFFmpeg 7.1\n":                {"1.2.3", "4.5.6", "", "7.1"},
	} {
		var text strings.Builder
		if err := v.print(&text); err != nil || text.String() != want {
			t.Errorf("got %q, %v", text.String(), err)
		}
	}
}

func TestVersionNamesTheLibraryThatIsLinked(t *testing.T) {
	want := "\nlibrary " + transcoder.Version()
	for _, args := range []string{"version", "--version"} {
		if r := call(nil, args).succeeds(t); !strings.Contains(r.stdout, want) || r.stderr != "" {
			t.Errorf("%s: got %+v", args, r)
		}
	}
}

func TestVersionsAreJSONWhereAskedFor(t *testing.T) {
	var got versions
	if err := json.Unmarshal([]byte(call(nil, "version", "--json").succeeds(t).stdout), &got); err != nil {
		t.Fatal(err)
	}
	if got != currentVersions() || got.Library != transcoder.Version() || got.FFmpeg == "" {
		t.Errorf("got %+v", got)
	}
}

func TestTheBinarysVersionIsTheLinkersOrTheGoCommands(t *testing.T) {
	built := func() (*debug.BuildInfo, bool) {
		return &debug.BuildInfo{Main: debug.Module{Version: "v0.3.0"}}, true
	}
	blank := func() (*debug.BuildInfo, bool) { return &debug.BuildInfo{}, true }
	absent := func() (*debug.BuildInfo, bool) { return nil, false }
	for _, test := range []struct {
		want, linked string
		read         func() (*debug.BuildInfo, bool)
	}{
		{"1.0.0", "1.0.0", built}, {"v0.3.0", "", built}, {"unknown", "", blank}, {"unknown", "", absent},
	} {
		if got := versionFrom(test.linked, test.read); got != test.want {
			t.Errorf("got %q, not %q", got, test.want)
		}
	}
}
