// SPDX-License-Identifier: MIT

//go:build cgo

package transcoder_test

import (
	"errors"
	"math"
	"regexp"
	"strings"
	"testing"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

func open(tb testing.TB, options transcoder.Options) *transcoder.AudioRemuxer {
	tb.Helper()
	remuxer, err := transcoder.New(options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { remuxer.Close() })
	return remuxer
}

func TestZeroOptionsHaveTheDefaults(t *testing.T) {
	rate, channels, bitRate := open(t, transcoder.Options{}).Config()
	if rate != 48000 || channels != 2 || bitRate != 192000 {
		t.Errorf("got %d Hz, %d channels, %d bit/s", rate, channels, bitRate)
	}
}

func TestConfigIsWhatWasAskedFor(t *testing.T) {
	remuxer, err := transcoder.NewAudioRemuxer(44100, 1, 96000)
	if err != nil {
		t.Fatal(err)
	}
	defer remuxer.Close()
	rate, channels, bitRate := remuxer.Config()
	if rate != 44100 || channels != 1 || bitRate != 96000 {
		t.Errorf("got %d Hz, %d channels, %d bit/s", rate, channels, bitRate)
	}
}

func TestEveryOptionIsTaken(t *testing.T) {
	open(t, transcoder.Options{
		SampleRate: 48000, Channels: 6, BitRate: 384000, Program: 28106,
		Languages: []string{"deu", "eng"}, FirstOnly: true,
		DualMono: transcoder.DualMonoBoth, DRCPercent: transcoder.DRCNone,
	})
}

func TestRefusalsNameTheValue(t *testing.T) {
	cases := []struct {
		names   string
		options transcoder.Options
	}{
		{"47999", transcoder.Options{SampleRate: 47999}},
		{"-1", transcoder.Options{SampleRate: -1}},
		{"7", transcoder.Options{Channels: 7}},
		{"31999", transcoder.Options{BitRate: 31999}},
		{"512001", transcoder.Options{BitRate: 512001}},
		{"65536", transcoder.Options{Program: 65536}},
		{"3", transcoder.Options{DualMono: 3}},
		{"101", transcoder.Options{DRCPercent: 101}},
		{"-2", transcoder.Options{DRCPercent: -2}},
		{"german", transcoder.Options{Languages: []string{"deu", "german"}}},
		{`""`, transcoder.Options{Languages: []string{""}}},
		{"deu,eng", transcoder.Options{Languages: []string{"deu,eng"}}},
		{"4294967298", transcoder.Options{Channels: math.MaxUint32 + 3}},
	}
	for _, c := range cases {
		remuxer, err := transcoder.New(c.options)
		if remuxer != nil {
			t.Errorf("%+v was taken", c.options)
			remuxer.Close()
			continue
		}
		if !errors.Is(err, transcoder.ErrInvalidInput) {
			t.Errorf("%+v: %v is no ErrInvalidInput", c.options, err)
		}
		if !strings.Contains(err.Error(), c.names) {
			t.Errorf("%+v: %q does not name %s", c.options, err, c.names)
		}
		if got := transcoder.LastError(); got != err.Error() {
			t.Errorf("LastError() is %q, not %q", got, err)
		}
	}
}

func TestZeroIsRefusedWhereItStandsForNoDefault(t *testing.T) {
	for _, c := range [][3]int{{0, 2, 192000}, {48000, 0, 192000}, {48000, 2, 0}} {
		remuxer, err := transcoder.NewAudioRemuxer(c[0], c[1], c[2])
		if !errors.Is(err, transcoder.ErrInvalidInput) || remuxer != nil {
			t.Errorf("%v: got %v", c, err)
		}
	}
}

func TestErrorsTellTheCallAndTheReason(t *testing.T) {
	_, err := transcoder.New(transcoder.Options{Channels: 9})
	var failed *transcoder.Error
	if !errors.As(err, &failed) {
		t.Fatalf("%v is no *Error", err)
	}
	if failed.Op != "open" || !errors.Is(failed.Err, transcoder.ErrInvalidInput) || failed.Detail == "" {
		t.Errorf("got %+v", failed)
	}
}

func TestCallersOfThePredecessorCompile(t *testing.T) {
	var remuxer *transcoder.RustAudioRemuxer
	remuxer, err := transcoder.NewRustAudioRemuxer(48000, 2, 192000)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := remuxer.Close(); err != nil {
			t.Error(err)
		}
	}()
	rate, _, _ := remuxer.Config()
	if rate != 48000 {
		t.Errorf("got %d Hz", rate)
	}
}

func TestVersionsAreNumbers(t *testing.T) {
	number := regexp.MustCompile(`^\d+\.\d+(\.\d+)?$`)
	for _, version := range []string{transcoder.Version(), transcoder.FFmpegVersion()} {
		if !number.MatchString(version) {
			t.Errorf("%q is no version", version)
		}
	}
}
