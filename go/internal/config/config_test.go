// SPDX-License-Identifier: MIT

//go:build cgo

package config

import (
	"errors"
	"flag"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/relay"
)

// environment is a getenv.
func environment(pairs ...string) func(string) string {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return values[name] }
}

func TestNothingAskedForIsTheDefault(t *testing.T) {
	c, err := Read(nil, environment())
	if err != nil || !reflect.DeepEqual(c, DefaultServe()) {
		t.Errorf("got %+v, %v", c, err)
	}
}

func TestEverySettingIsReadFromItsFlag(t *testing.T) {
	c, err := Read([]string{
		"--upstream", "http://a:8001", "--upstream=b=http://b", "--listen", "unix:/run/x", "--listen=:1",
		"--raw", "unix:/run/y", "--rate", "44100", "--channels", "1", "--bit-rate", "96k",
		"--languages", "deu,eng", "--first-only", "--program", "7", "--dual-mono", "both", "--drc", "0",
		"--max-streams", "3", "--client-buffer", "1MiB", "--on-error", "close",
		"--connect-timeout", "1s", "--stall-timeout", "2s", "--give-up", "3s", "--header-timeout", "4s",
		"--idle-timeout", "5s", "--grace", "6s", "--pprof", "--log-format", "json", "--log-level", "debug",
		"--check-config",
	}, environment())
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Upstreams) != 2 || c.Upstreams[0].String() != "a:8001" || c.Upstreams[1].String() != "b" {
		t.Errorf("upstreams: %v", c.Upstreams)
	}
	c.Upstreams = nil
	want := Serve{
		Audio: transcoder.Options{SampleRate: 44100, Channels: 1, BitRate: 96000, Program: 7,
			Languages: []string{"deu", "eng"}, FirstOnly: true, DualMono: transcoder.DualMonoBoth,
			DRCPercent: transcoder.DRCNone},
		Listen: []Address{{"unix", "/run/x"}, {"tcp", ":1"}}, Raw: []Address{{"unix", "/run/y"}},
		MaxStreams: 3, ClientBuffer: 1 << 20, OnError: relay.CloseOnError,
		Connect: time.Second, Stall: 2 * time.Second, GiveUp: 3 * time.Second,
		Header: 4 * time.Second, Idle: 5 * time.Second, Grace: 6 * time.Second,
		Pprof: true, LogJSON: true, LogLevel: slog.LevelDebug, CheckOnly: true,
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got\n%+v, not\n%+v", c, want)
	}
}

func TestTheEnvironmentIsReadAndFlagsWin(t *testing.T) {
	getenv := environment("XG2G_UPSTREAM", "http://a, k=http://b:1", "XG2G_AUDIO_BITRATE", "128k",
		"XG2G_AUDIO_CHANNELS", "1", "XG2G_MAX_STREAMS", "9", "XG2G_PPROF", "true")
	c, err := Read([]string{"--max-streams", "4", "--upstream", "http://c"}, getenv)
	if err != nil {
		t.Fatal(err)
	}
	if c.MaxStreams != 4 || len(c.Upstreams) != 1 || c.Upstreams[0].String() != "c" {
		t.Errorf("flags do not win: %+v", c)
	}
	if c.Audio.BitRate != 128000 || c.Audio.Channels != 1 || !c.Pprof {
		t.Errorf("the environment is not read: %+v", c)
	}
	if c, err = Read(nil, getenv); err != nil || len(c.Upstreams) != 2 {
		t.Errorf("got %v, %v", c.Upstreams, err)
	}
}

func TestThePredecessorsBitRatesAreUnderstood(t *testing.T) {
	for text, want := range map[string]int{"192k": 192000, "192K": 192000, "192": 192000, "192000": 192000} {
		c, err := Read(nil, environment("XG2G_AUDIO_BITRATE", text))
		if err != nil || c.Audio.BitRate != want {
			t.Errorf("%s: got %d, %v", text, c.Audio.BitRate, err)
		}
	}
}

func TestAWrongFieldIsNamed(t *testing.T) {
	cases := []struct{ names, flag, value string }{
		{"receiver:8001", "upstream", "receiver:8001"}, {"ftp://x", "upstream", "ftp://x"},
		{"a b", "upstream", "a b=http://x"}, {"no name", "upstream", "http://a,http://b"},
		{"twice", "upstream", "twice=http://a,twice=http://b"}, {"18000", "listen", "18000"},
		{"unix:", "raw", "unix:"}, {"-1", "rate", "-1"}, {"many", "channels", "many"},
		{"0", "program", "0"}, {"up", "dual-mono", "up"}, {"0", "max-streams", "0"},
		{"1MB", "client-buffer", "1MB"}, {"1KiB", "client-buffer", "1KiB"}, {"retry", "on-error", "retry"},
		{"5", "stall-timeout", "5"}, {"-5s", "grace", "-5s"}, {"xml", "log-format", "xml"},
		{"loud", "log-level", "loud"}, {"x", "bit-rate", "x"},
	}
	for _, c := range cases {
		_, err := Read([]string{"--" + c.flag, c.value}, environment())
		if err == nil || !strings.Contains(err.Error(), "--"+c.flag) || !strings.Contains(err.Error(), c.names) {
			t.Errorf("--%s %s: got %v", c.flag, c.value, err)
		}
		variable := variableOf(t, c.flag)
		_, err = Read(nil, environment(variable, c.value))
		if err == nil || !strings.HasPrefix(err.Error(), variable+": ") {
			t.Errorf("%s=%s: got %v", variable, c.value, err)
		}
	}
}

func variableOf(t *testing.T, name string) string {
	t.Helper()
	c := DefaultServe()
	for _, s := range c.Settings() {
		if s.Name == name {
			return s.Env
		}
	}
	t.Fatalf("there is no --%s", name)
	return ""
}

func TestWhatTheLibraryRefusesIsNamedToo(t *testing.T) {
	for _, args := range [][]string{{"--rate", "47999"}, {"--channels", "7"}, {"--bit-rate", "600k"}, {"--languages", "german"}} {
		if _, err := Read(args, environment()); !errors.Is(err, transcoder.ErrInvalidInput) {
			t.Errorf("%v: got %v", args, err)
		}
	}
}

func TestAGiveUpThatWouldTryNothingIsRefused(t *testing.T) {
	if _, err := Read([]string{"--give-up", "1s"}, environment()); err == nil || !strings.Contains(err.Error(), "--give-up") {
		t.Errorf("got %v", err)
	}
}

func TestWhatIsNoFlagIsRefused(t *testing.T) {
	for _, args := range [][]string{{"--no-such"}, {"http://receiver"}, {"--", "x"}, {"--rate"}} {
		if _, err := Read(args, environment()); err == nil {
			t.Errorf("%v was taken", args)
		}
	}
	if _, err := Read([]string{"--help"}, environment()); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("--help: got %v", err)
	}
}

func TestAPasswordDoesNotGetIntoAnError(t *testing.T) {
	for _, text := range []string{"http://root:secret@x?y", "ftp://root:secret@x", "a=ftp://root:secret@x", "my box=http://root:secret@x", "http://root:p@secret@x?y"} {
		if _, err := Read([]string{"--upstream", text}, environment()); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("got %v", err)
		}
	}
}

func TestUsageNamesEverySetting(t *testing.T) {
	c := DefaultServe()
	var text strings.Builder
	PrintUsage(&text, c.Settings())
	for _, s := range c.Settings() {
		if !strings.Contains(text.String(), "--"+s.Name) || !strings.Contains(text.String(), s.Env) {
			t.Errorf("%s is not in it", s.Name)
		}
	}
}
