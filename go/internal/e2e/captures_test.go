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

// probedStream is what ffprobe tells of an elementary stream.
type probedStream struct {
	ID      string `json:"id"`
	Type    string `json:"codec_type"`
	Name    string `json:"codec_name"`
	Packets string `json:"nb_read_packets"`
}

// probed returns what ffprobe finds in a file: sound, and all else.
func probed(t *testing.T, path string) (sound, other []probedStream) {
	t.Helper()
	out, err := exec.Command("ffprobe", "-v", "quiet", "-count_packets", "-show_entries",
		"stream=id,codec_type,codec_name,nb_read_packets", "-of", "json", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	var told struct{ Streams []probedStream }
	if err := json.Unmarshal(out, &told); err != nil {
		t.Fatal(err)
	}
	for _, s := range told.Streams {
		if s.Type == "audio" {
			sound = append(sound, s)
		} else {
			other = append(other, s)
		}
	}
	return sound, other
}

func TestSubtitlesAndTeletextComeThroughWithAAC(t *testing.T) {
	for name, subtitles := range map[string]string{
		"france2_026.ts": "dvb_subtitle", "bbcnews_206.ts": "dvb_subtitle", "abcnews_au_202.ts": "dvb_teletext",
	} {
		t.Run(name, func(t *testing.T) {
			path := testenv.CapturePath(t, name)
			r := receive(t, map[string]receiver.Service{"/x": receiver.File(path, receiver.Stall, 0)})
			live, _ := remuxed(t, testenv.Read(t, path))
			client := runCurl(t, start(t, "--upstream", r.URL()).url("/x"))
			came := filepath.Join(t.TempDir(), "came.ts")
			if err := os.WriteFile(came, client.read(len(live)), 0o600); err != nil {
				t.Fatal(err)
			}
			sound, other := probed(t, came)
			soundBefore, before := probed(t, path)
			t.Log(sound, other)
			if !slices.Equal(other, before) {
				t.Errorf("besides the sound there was %v", before)
			}
			if !slices.ContainsFunc(other, func(s probedStream) bool { return s.Name == subtitles }) {
				t.Errorf("no %s is there", subtitles)
			}
			isAAC := func(s probedStream) bool { return s.Name == "aac" && s.Packets > "0" }
			if len(sound) == 0 || len(sound) != len(soundBefore) ||
				slices.ContainsFunc(sound, func(s probedStream) bool { return !isAAC(s) }) {
				t.Errorf("the sound was %v", soundBefore)
			}
		})
	}
}
