// SPDX-License-Identifier: MIT

// Package report says in words, as a table and as JSON what became of a stream.
// It says what the C program xg2g-remux says.
package report

import (
	"cmp"
	"fmt"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

var codecNames = map[transcoder.Codec]string{
	transcoder.CodecMPEGAudio: "MPEG audio",
	transcoder.CodecAC3:       "AC-3",
	transcoder.CodecEAC3:      "E-AC-3",
	transcoder.CodecAACADTS:   "AAC",
	transcoder.CodecAACLATM:   "AAC in LATM",
	transcoder.CodecDTS:       "DTS",
	transcoder.CodecAC4:       "AC-4",
	transcoder.CodecLPCM:      "LPCM",
	transcoder.CodecTrueHD:    "TrueHD",
}

var layerNames = map[int]string{1: "MP1", 2: "MP2", 3: "MP3"}

// Why a stream passes; no entry where nothing needs saying.
var reasons = map[transcoder.StreamState]string{
	transcoder.StreamAAC:          ": AAC already",
	transcoder.StreamUnsupported:  ": this codec is not decoded",
	transcoder.StreamScrambled:    ": scrambled",
	transcoder.StreamNotSelected:  ": not selected",
	transcoder.StreamUnrecognized: ": no known codec in it",
	transcoder.StreamTooMany:      ": over the limit of 64 tracks",
	transcoder.StreamUntimed:      ": it has no PTS",
}

// In says what came in, as "AC-3 48 kHz 5.1" or "teletext". It is printable
// ASCII whatever the stream claims.
func In(stream transcoder.Stream) string {
	name := cmp.Or(layerNames[stream.Layer], codecNames[stream.Codec], stream.Kind,
		fmt.Sprintf("type 0x%02X", stream.StreamTypeIn))
	lfe := 0
	if stream.LFE {
		lfe = 1
	}
	return printable(name + format(stream.SampleRate, stream.Channels, lfe))
}

// Out says what became of it, as "AAC 48 kHz stereo 192 kbit/s" or "passes:
// scrambled". Options are those that the remuxer was opened with: zeros stand
// for the defaults.
func Out(stream transcoder.Stream, options transcoder.Options) string {
	switch stream.State {
	case transcoder.StreamTranscoded:
		return aac(options)
	case transcoder.StreamConverted:
		return "AAC in ADTS, not re-encoded"
	case transcoder.StreamWaiting:
		if stream.Packets == 0 {
			return "no packets came"
		}
		return "no whole frame came"
	case transcoder.StreamUnsupported:
		if stream.Codec == transcoder.CodecMPEGAudio {
			return "passes: free format is not decoded"
		}
	}
	return "passes" + reasons[stream.State]
}

func aac(options transcoder.Options) string {
	channels := cmp.Or(options.Channels, 2)
	lfe := 0
	if channels >= 6 { // ISO/IEC 14496-3, table 1.19: 6 and 8 channels have one.
		lfe = 1
	}
	return fmt.Sprintf("AAC%s %s kbit/s",
		format(cmp.Or(options.SampleRate, 48_000), channels, lfe),
		thousands(cmp.Or(options.BitRate, 192_000)))
}

// format gives " 48 kHz stereo", and nothing of what is not known.
func format(sampleRate, channels, lfe int) string {
	text := ""
	if sampleRate > 0 {
		text = " " + thousands(sampleRate) + " kHz"
	}
	switch {
	case channels == 1:
		text += " mono"
	case channels == 2 && lfe == 0:
		text += " stereo"
	case channels > 0:
		text += fmt.Sprintf(" %d.%d", channels-lfe, lfe)
	}
	return text
}

func thousands(number int) string { return fmt.Sprintf("%.6g", float64(number)/1000) }

// Duration gives "0:01:20.5".
func Duration(length time.Duration) string {
	tenths := int64((length + 50*time.Millisecond) / (100 * time.Millisecond))
	return fmt.Sprintf("%d:%02d:%02d.%d",
		tenths/36_000, tenths/600%60, tenths/10%60, tenths%10)
}

// Errors counts all that went wrong in a stream, in one number.
func Errors(stats transcoder.Stats) uint64 {
	return stats.SyncLosses + stats.TransportErrors + stats.ContinuityErrors +
		stats.PSIErrors + stats.FramesConcealed
}
