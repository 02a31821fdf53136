// SPDX-License-Identifier: MIT

package transcoder

import "time"

// Rates of the two clocks of a transport stream (ISO/IEC 13818-1, 2.4.2.1 and
// 2.4.3.7).
const (
	clockRate     = 27_000_000
	timestampRate = 90_000
)

// durationOf converts ticks without overflow for years of them.
func durationOf(ticks, rate int64) time.Duration {
	whole, rest := ticks/rate, ticks%rate
	return time.Duration(whole)*time.Second +
		time.Duration(rest)*time.Second/time.Duration(rate)
}

// Stats are counters since the remuxer was opened.
type Stats struct {
	Programs   int `json:"programs"`    // In the PAT now.
	Streams    int `json:"streams"`     // Elementary streams announced now.
	PacketSize int `json:"packet_size"` // 188, 192 or 204; 0 until found.

	BytesIn      uint64 `json:"bytes_in"`
	BytesOut     uint64 `json:"bytes_out"`
	BytesDropped uint64 `json:"bytes_dropped"` // Between packets, without sync.
	SyncLosses   uint64 `json:"sync_losses"`

	Packets          uint64 `json:"packets"`
	TransportErrors  uint64 `json:"transport_errors"`  // transport_error_indicator.
	ContinuityErrors uint64 `json:"continuity_errors"` // On any PID.
	Duplicates       uint64 `json:"duplicates"`
	PSIErrors        uint64 `json:"psi_errors"`        // Damaged PAT and PMT sections.
	ScrambledPackets uint64 `json:"scrambled_packets"` // On the audio PIDs.

	FramesIn        uint64 `json:"frames_in"`        // Decoded or converted.
	FramesOut       uint64 `json:"frames_out"`       // AAC frames written.
	FramesConcealed uint64 `json:"frames_concealed"` // Damaged ones replaced.
	Gaps            uint64 `json:"gaps"`             // Filled with silence.
	Overlaps        uint64 `json:"overlaps"`         // Samples dropped.
	Discontinuities uint64 `json:"discontinuities"`  // Tracks anchored anew.
	EventsDropped   uint64 `json:"events_dropped"`   // Nobody polled in time.

	// StreamTime is how much stream has passed, by its PCR.
	StreamTime time.Duration `json:"stream_time_ns"`
}

// Stream is one elementary stream of one program.
type Stream struct {
	ProgramNumber int `json:"program_number"`
	PMTPID        int `json:"pmt_pid"`
	PCRPID        int `json:"pcr_pid"`
	PID           int `json:"pid"`

	StreamTypeIn  int         `json:"stream_type_in"`  // As announced.
	StreamTypeOut int         `json:"stream_type_out"` // As the PMT that leaves says.
	Codec         Codec       `json:"codec"`           // As found in the payload.
	State         StreamState `json:"state"`
	Layer         int         `json:"layer"`       // 1 to 3 for MPEG audio, or 0.
	Channels      int         `json:"channels"`    // As decoded; 0 until known.
	LFE           bool        `json:"lfe"`         // One of them is the LFE channel.
	AudioType     int         `json:"audio_type"`  // ISO/IEC 13818-1, 2.6.19.
	SampleRate    int         `json:"sample_rate"` // Hz; 0 until known.
	Language      string      `json:"language"`    // ISO 639-2, "" where none is given.
	Kind          string      `json:"kind"`        // In a word: "H.264", "teletext".

	Packets          uint64 `json:"packets"`
	ContinuityErrors uint64 `json:"continuity_errors"`
	FramesIn         uint64 `json:"frames_in"`
	FramesOut        uint64 `json:"frames_out"`
	FramesConcealed  uint64 `json:"frames_concealed"`
	Gaps             uint64 `json:"gaps"`
	Overlaps         uint64 `json:"overlaps"`
	Discontinuities  uint64 `json:"discontinuities"`

	// AVOffset is how far the sound that left last is ahead of the picture that
	// left last, by PTS and DTS; nil where there are not both.
	AVOffset *time.Duration `json:"av_offset_ns"`
}

// Codec is what an elementary stream carries.
type Codec int

// The values of enum xg2g_codec.
const (
	CodecUnknown Codec = iota
	CodecMPEGAudio
	CodecAC3
	CodecEAC3
	CodecAACADTS
	CodecAACLATM
	CodecDTS
	CodecAC4
	CodecLPCM
	CodecTrueHD
)

var codecNames = [...]string{
	"unknown", "mpeg_audio", "ac3", "eac3", "aac_adts", "aac_latm", "dts", "ac4",
	"lpcm", "truehd",
}

// String returns the name that JSON and metrics have, as "ac3".
func (c Codec) String() string { return nameOf(codecNames[:], int(c), "unknown") }

// MarshalText writes String().
func (c Codec) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// StreamState is what becomes of an elementary stream.
type StreamState int

// The values of enum xg2g_stream_state.
const (
	StreamOther        StreamState = iota // Not audio: passes untouched.
	StreamWaiting                         // Audio was announced, none has come.
	StreamTranscoded                      // Decoded and encoded as AAC.
	StreamConverted                       // AAC-LC in LATM, now in ADTS.
	StreamAAC                             // AAC in ADTS already: passes.
	StreamUnsupported                     // Not decoded, as free format: passes.
	StreamScrambled                       // Passes until it becomes clear.
	StreamNotSelected                     // The options leave it out: passes.
	StreamUnrecognized                    // No known sync word was found: passes.
	StreamTooMany                         // Over the limit of 64 tracks: passes.
	StreamUntimed                         // No PTS came with it: passes until one does.
)

var stateNames = [...]string{
	"other", "waiting", "transcoded", "converted", "aac", "unsupported",
	"scrambled", "not_selected", "unrecognized", "too_many", "untimed",
}

// String returns the name that JSON and metrics have, as "transcoded".
func (s StreamState) String() string { return nameOf(stateNames[:], int(s), "other") }

// MarshalText writes String().
func (s StreamState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

func nameOf(names []string, index int, otherwise string) string {
	if index < 0 || index >= len(names) {
		return otherwise
	}
	return names[index]
}
