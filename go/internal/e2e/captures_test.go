// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

func TestARecordingOfEachCaptureIsWhatTheLibraryMakesOfIt(t *testing.T) {
	services := map[string]receiver.Service{}
	for _, path := range testenv.Captures(t) {
		service := receiver.File(path, receiver.Close, 0)
		service.Length = true
		services["/"+filepath.Base(path)] = service
	}
	d := start(t, "--upstream", receive(t, services).URL())
	for _, path := range testenv.Captures(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			_, want := remuxed(t, testenv.Read(t, path))
			if got := get(t, d.url("/"+filepath.Base(path))); !bytes.Equal(got, want) {
				t.Errorf("the %d bytes that came are not the %d of the library", len(got), len(want))
			}
		})
	}
}

func TestALiveStreamOfEachCaptureIsWhatTheLibraryMakesOfIt(t *testing.T) {
	services := map[string]receiver.Service{}
	for _, path := range testenv.Captures(t) {
		services["/"+filepath.Base(path)] = receiver.File(path, receiver.Stall, 0)
	}
	// What comes at once may wait for curl.
	d := start(t, "--upstream", receive(t, services).URL(), "--client-buffer", "64MiB")
	for _, path := range testenv.Captures(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data := testenv.Read(t, path)
			want, _ := remuxed(t, data)
			client := runCurl(t, d.url("/"+filepath.Base(path)))
			if got := client.read(len(want)); !bytes.Equal(got, want) {
				t.Errorf("the %d bytes that came are not the library's", len(got))
			}
			var told shownStream
			eventually(t, "all arrives and leaves", func() bool {
				told = d.stream("/" + filepath.Base(path))
				return told.BytesIn == int64(len(data)) && told.BytesOut >= int64(len(want))
			})
			if told.BytesOut > int64(len(want)) {
				t.Errorf("%d bytes leave, not %d", told.BytesOut, len(want))
			}
			client.leave()
		})
	}
}

// probed returns the codecs that ffprobe finds, as "audio aac".
func probed(t *testing.T, stream []byte) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "came.ts")
	if err := os.WriteFile(path, stream, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("ffprobe", "-v", "error", "-show_entries",
		"stream=codec_type,codec_name", "-of", "json", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	var told struct {
		Streams []struct {
			Type string `json:"codec_type"`
			Name string `json:"codec_name"`
		}
	}
	if err := json.Unmarshal(out, &told); err != nil {
		t.Fatal(err)
	}
	var codecs []string
	for _, s := range told.Streams {
		codecs = append(codecs, s.Type+" "+s.Name)
	}
	return codecs
}

func TestSubtitlesAndTeletextComeThroughWithAAC(t *testing.T) {
	for name, subtitles := range map[string]string{
		"france2_026.ts": "subtitle dvb_subtitle", "abcnews_au_202.ts": "subtitle dvb_teletext",
	} {
		t.Run(name, func(t *testing.T) {
			path := testenv.CapturePath(t, name)
			r := receive(t, map[string]receiver.Service{"/x": receiver.File(path, receiver.Stall, 0)})
			live, _ := remuxed(t, testenv.Read(t, path))
			client := runCurl(t, start(t, "--upstream", r.URL()).url("/x"))
			codecs := probed(t, client.read(len(live)))
			t.Log(codecs)
			if !slices.Contains(codecs, subtitles) {
				t.Errorf("no %s is there", subtitles)
			}
			if !slices.Contains(codecs, "audio aac") {
				t.Error("no aac is there")
			}
			for _, silent := range []string{"audio mp2", "audio ac3", "audio eac3", "audio aac_latm"} {
				if slices.Contains(codecs, silent) {
					t.Errorf("%s is there", silent)
				}
			}
		})
	}
}
