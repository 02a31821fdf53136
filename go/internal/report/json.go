// SPDX-License-Identifier: MIT

package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"time"
	"unicode"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

// Paths are the ends of a stream as they were given.
type Paths struct {
	In  string `json:"in"`
	Out string `json:"out,omitempty"` // "" in a probe.
}

// document has the members of xg2g-remux --json, in its order.
type document struct {
	Version string `json:"version"`
	Paths
	totals
	Programs []program `json:"programs"`
}

type totals struct {
	PacketSize       int    `json:"packet_size"`
	Packets          uint64 `json:"packets"`
	BytesIn          uint64 `json:"bytes_in"`
	BytesOut         uint64 `json:"bytes_out"`
	FramesIn         uint64 `json:"frames_in"`
	FramesOut        uint64 `json:"frames_out"`
	BytesDropped     uint64 `json:"bytes_dropped"`
	SyncLosses       uint64 `json:"sync_losses"`
	TransportErrors  uint64 `json:"transport_errors"`
	ContinuityErrors uint64 `json:"continuity_errors"`
	Duplicates       uint64 `json:"duplicates"`
	PSIErrors        uint64 `json:"psi_errors"`
	ScrambledPackets uint64 `json:"scrambled_packets"`
	FramesConcealed  uint64 `json:"frames_concealed"`
	Gaps             uint64 `json:"gaps"`
	Overlaps         uint64 `json:"overlaps"`
	Discontinuities  uint64 `json:"discontinuities"`
	StreamTime       int64  `json:"stream_time"` // 27 MHz ticks.
}

type program struct {
	ProgramNumber int      `json:"program_number"`
	PMTPID        int      `json:"pmt_pid"`
	PCRPID        int      `json:"pcr_pid"`
	Streams       []stream `json:"streams"`
}

type stream struct {
	PID              int    `json:"pid"`
	Language         string `json:"language"`
	AudioType        int    `json:"audio_type"`
	StreamTypeIn     int    `json:"stream_type_in"`
	StreamTypeOut    int    `json:"stream_type_out"`
	Kind             string `json:"kind"`
	Codec            string `json:"codec"`
	Layer            int    `json:"layer"`
	SampleRate       int    `json:"sample_rate"`
	Channels         int    `json:"channels"`
	LFE              int    `json:"lfe"`
	State            string `json:"state"`
	Out              string `json:"out"`
	Packets          uint64 `json:"packets"`
	ContinuityErrors uint64 `json:"continuity_errors"`
	FramesIn         uint64 `json:"frames_in"`
	FramesOut        uint64 `json:"frames_out"`
	FramesConcealed  uint64 `json:"frames_concealed"`
	Gaps             uint64 `json:"gaps"`
	Overlaps         uint64 `json:"overlaps"`
	Discontinuities  uint64 `json:"discontinuities"`
	AVOffset         *int64 `json:"av_offset"` // 90 kHz ticks.
}

// JSON writes what Table writes, as one object on one line.
func JSON(w io.Writer, paths Paths, stats transcoder.Stats, streams []transcoder.Stream, options transcoder.Options) error {
	return WriteJSON(w, document{
		Version:  transcoder.Version(),
		Paths:    paths,
		totals:   totalsOf(stats),
		Programs: programsOf(streams, options),
	})
}

// WriteJSON writes value on one line that is safe to see on a terminal.
func WriteJSON(w io.Writer, value any) error {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	_, err := w.Write(escapeControls(buffer.Bytes()))
	return err
}

// escapeControls escapes DEL and the C1 set, which encoding/json leaves alone.
// They can stand in strings only.
func escapeControls(line []byte) []byte {
	var out bytes.Buffer
	for _, r := range string(line) {
		if unicode.IsControl(r) && r != '\n' {
			fmt.Fprintf(&out, `\u%04x`, r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.Bytes()
}

func programsOf(streams []transcoder.Stream, options transcoder.Options) []program {
	programs := []program{}
	for _, s := range streams {
		last := len(programs) - 1
		if last < 0 || programs[last].ProgramNumber != s.ProgramNumber {
			programs = append(programs, program{
				ProgramNumber: s.ProgramNumber, PMTPID: s.PMTPID, PCRPID: s.PCRPID})
			last++
		}
		programs[last].Streams = append(programs[last].Streams, streamOf(s, options))
	}
	return programs
}

func streamOf(s transcoder.Stream, options transcoder.Options) stream {
	lfe := 0
	if s.LFE {
		lfe = 1
	}
	return stream{
		PID:              s.PID,
		Language:         s.Language,
		AudioType:        s.AudioType,
		StreamTypeIn:     s.StreamTypeIn,
		StreamTypeOut:    s.StreamTypeOut,
		Kind:             s.Kind,
		Codec:            s.Codec.String(),
		Layer:            s.Layer,
		SampleRate:       s.SampleRate,
		Channels:         s.Channels,
		LFE:              lfe,
		State:            s.State.String(),
		Out:              Out(s, options),
		Packets:          s.Packets,
		ContinuityErrors: s.ContinuityErrors,
		FramesIn:         s.FramesIn,
		FramesOut:        s.FramesOut,
		FramesConcealed:  s.FramesConcealed,
		Gaps:             s.Gaps,
		Overlaps:         s.Overlaps,
		Discontinuities:  s.Discontinuities,
		AVOffset:         offsetOf(s.AVOffset),
	}
}

// offsetOf gives back 90 kHz ticks, which are of 11,111 ns.
func offsetOf(length *time.Duration) *int64 {
	if length == nil {
		return nil
	}
	ticks := int64(math.Round(length.Seconds() * 90_000))
	return &ticks
}

func totalsOf(s transcoder.Stats) totals {
	return totals{
		PacketSize:       s.PacketSize,
		Packets:          s.Packets,
		BytesIn:          s.BytesIn,
		BytesOut:         s.BytesOut,
		FramesIn:         s.FramesIn,
		FramesOut:        s.FramesOut,
		BytesDropped:     s.BytesDropped,
		SyncLosses:       s.SyncLosses,
		TransportErrors:  s.TransportErrors,
		ContinuityErrors: s.ContinuityErrors,
		Duplicates:       s.Duplicates,
		PSIErrors:        s.PSIErrors,
		ScrambledPackets: s.ScrambledPackets,
		FramesConcealed:  s.FramesConcealed,
		Gaps:             s.Gaps,
		Overlaps:         s.Overlaps,
		Discontinuities:  s.Discontinuities,
		StreamTime:       ticksOf(s.StreamTime),
	}
}

// ticksOf gives back the 27 MHz ticks that a duration was made of. A tick is 37
// ns and the duration was cut by less than one, so rounding finds it.
func ticksOf(length time.Duration) int64 {
	whole, rest := length/time.Second, length%time.Second
	return int64(whole)*27_000_000 + (int64(rest)*27+500)/1000
}
