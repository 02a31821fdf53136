// SPDX-License-Identifier: MIT

package report_test

import (
	"testing"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/report"
)

func TestWhatCameInIsSaidInWords(t *testing.T) {
	for want, stream := range map[string]transcoder.Stream{
		"AC-3 48 kHz 5.1":       {Codec: transcoder.CodecAC3, SampleRate: 48000, Channels: 6, LFE: true},
		"AC-3 48 kHz 5.0":       {Codec: transcoder.CodecAC3, SampleRate: 48000, Channels: 5},
		"E-AC-3 44.1 kHz 1.1":   {Codec: transcoder.CodecEAC3, SampleRate: 44100, Channels: 2, LFE: true},
		"MP2 48 kHz stereo":     {Codec: transcoder.CodecMPEGAudio, Layer: 2, SampleRate: 48000, Channels: 2},
		"MP3 22.05 kHz mono":    {Codec: transcoder.CodecMPEGAudio, Layer: 3, SampleRate: 22050, Channels: 1},
		"MPEG audio":            {Codec: transcoder.CodecMPEGAudio},
		"AAC in LATM":           {Codec: transcoder.CodecAACLATM, Kind: "AAC in something"},
		"teletext":              {Kind: "teletext"},
		"type 0x06":             {StreamTypeIn: 6},
		"MPEG audio 0.008 kHz":  {Codec: transcoder.CodecMPEGAudio, SampleRate: 8},
		"a?[2J??b":              {Kind: "a\x1b[2J\u009b" + "b"},
		"codec 48 kHz":          {Codec: 77, Kind: "codec", SampleRate: 48000},
		"MPEG audio 96 kHz 7.1": {Codec: transcoder.CodecMPEGAudio, Layer: 4, SampleRate: 96000, Channels: 8, LFE: true},
	} {
		if got := report.In(stream); got != want {
			t.Errorf("%+v is %q, not %q", stream, got, want)
		}
	}
}

func TestWhatBecameOfItIsSaidInWords(t *testing.T) {
	for _, test := range []struct {
		want    string
		stream  transcoder.Stream
		options transcoder.Options
	}{
		{want: "AAC 48 kHz stereo 192 kbit/s", stream: transcoder.Stream{State: transcoder.StreamTranscoded}},
		{want: "AAC 44.1 kHz 5.1 320 kbit/s", stream: transcoder.Stream{State: transcoder.StreamTranscoded},
			options: transcoder.Options{SampleRate: 44100, Channels: 6, BitRate: 320000}},
		{want: "AAC 11.025 kHz mono 33.333 kbit/s", stream: transcoder.Stream{State: transcoder.StreamTranscoded},
			options: transcoder.Options{SampleRate: 11025, Channels: 1, BitRate: 33333}},
		{want: "AAC 48 kHz 5.0 192 kbit/s", stream: transcoder.Stream{State: transcoder.StreamTranscoded},
			options: transcoder.Options{Channels: 5}},
		{want: "AAC 48 kHz 7.1 192 kbit/s", stream: transcoder.Stream{State: transcoder.StreamTranscoded},
			options: transcoder.Options{Channels: 8}},
		{want: "AAC in ADTS, not re-encoded", stream: transcoder.Stream{State: transcoder.StreamConverted}},
		{want: "passes", stream: transcoder.Stream{State: transcoder.StreamOther}},
		{want: "passes", stream: transcoder.Stream{State: 77}},
		{want: "no packets came", stream: transcoder.Stream{State: transcoder.StreamWaiting}},
		{want: "no whole frame came", stream: transcoder.Stream{State: transcoder.StreamWaiting, Packets: 1}},
		{want: "passes: AAC already", stream: transcoder.Stream{State: transcoder.StreamAAC}},
		{want: "passes: this codec is not decoded", stream: transcoder.Stream{State: transcoder.StreamUnsupported}},
		{want: "passes: scrambled", stream: transcoder.Stream{State: transcoder.StreamScrambled}},
		{want: "passes: not selected", stream: transcoder.Stream{State: transcoder.StreamNotSelected}},
		{want: "passes: no known codec in it", stream: transcoder.Stream{State: transcoder.StreamUnrecognized}},
		{want: "passes: free format is not decoded",
			stream: transcoder.Stream{State: transcoder.StreamUnsupported, Codec: transcoder.CodecMPEGAudio}},
		{want: "passes: it has no PTS", stream: transcoder.Stream{State: transcoder.StreamUntimed}},
		{want: "passes: over the limit of 64 tracks", stream: transcoder.Stream{State: transcoder.StreamTooMany}},
	} {
		if got := report.Out(test.stream, test.options); got != test.want {
			t.Errorf("%v with %+v is %q, not %q", test.stream.State, test.options, got, test.want)
		}
	}
}

func TestDurationsAreRoundedToTenths(t *testing.T) {
	for want, length := range map[string]time.Duration{
		"0:00:00.0":  0,
		"0:00:00.1":  50 * time.Millisecond,
		"0:01:00.0":  59950 * time.Millisecond,
		"0:01:20.5":  80*time.Second + 500*time.Millisecond,
		"26:30:43.7": 95443717 * time.Millisecond,
	} {
		if got := report.Duration(length); got != want {
			t.Errorf("%v is %q, not %q", length, got, want)
		}
	}
}

func TestErrorsAreCountedInOneNumber(t *testing.T) {
	stats := transcoder.Stats{SyncLosses: 1, TransportErrors: 10, ContinuityErrors: 100,
		PSIErrors: 1000, FramesConcealed: 10000, Duplicates: 5, Gaps: 5}
	if got := report.Errors(stats); got != 11111 {
		t.Errorf("got %d", got)
	}
}
