// SPDX-License-Identifier: MIT

//go:build cgo

package transcoder

// #include <xg2g/transcoder.h>
import "C"

import (
	"time"
	"unsafe"
)

// The constants of this package are the header's; a difference does not compile.
var (
	_ = [1]struct{}{}[C.XG2G_PACKET_SIZE-PacketSize]
	_ = [1]struct{}{}[C.XG2G_ERR_OUTPUT_TOO_SMALL-codeOutputTooSmall]
	_ = [1]struct{}{}[C.XG2G_ERR_NOT_TS-codeNotTS]
	_ = [1]struct{}{}[C.XG2G_ERR_INVALID_ARGUMENT-codeInvalidArgument]
	_ = [1]struct{}{}[C.XG2G_ERR_NO_MEMORY-codeNoMemory]
	_ = [1]struct{}{}[C.XG2G_DUAL_MONO_BOTH-DualMonoBoth]
	_ = [1]struct{}{}[C.XG2G_CODEC_TRUEHD-CodecTrueHD]
	_ = [1]struct{}{}[C.XG2G_STREAM_UNTIMED-StreamUntimed]
	_ = [1]struct{}{}[C.XG2G_EVENT_PSI_ERROR-EventPSIError]
)

func (n native) stats() Stats {
	var c C.xg2g_remux_stats
	c.struct_size = C.uint32_t(unsafe.Sizeof(c))
	C.xg2g_audio_remux_stats(n.handle, &c)
	return Stats{
		Programs:         int(c.programs),
		Streams:          int(c.streams),
		PacketSize:       int(c.packet_size),
		BytesIn:          uint64(c.bytes_in),
		BytesOut:         uint64(c.bytes_out),
		BytesDropped:     uint64(c.bytes_dropped),
		SyncLosses:       uint64(c.sync_losses),
		Packets:          uint64(c.packets),
		TransportErrors:  uint64(c.transport_errors),
		ContinuityErrors: uint64(c.continuity_errors),
		Duplicates:       uint64(c.duplicates),
		PSIErrors:        uint64(c.psi_errors),
		ScrambledPackets: uint64(c.scrambled_packets),
		FramesIn:         uint64(c.frames_in),
		FramesOut:        uint64(c.frames_out),
		FramesConcealed:  uint64(c.frames_concealed),
		Gaps:             uint64(c.gaps),
		Overlaps:         uint64(c.overlaps),
		Discontinuities:  uint64(c.discontinuities),
		EventsDropped:    uint64(c.events_dropped),
		StreamTime:       durationOf(int64(c.stream_time), clockRate),
	}
}

func (n native) stream(index int) (Stream, bool) {
	var c C.xg2g_remux_stream
	c.struct_size = C.uint32_t(unsafe.Sizeof(c))
	if C.xg2g_audio_remux_stream(n.handle, C.uint32_t(index), &c) != C.XG2G_OK {
		return Stream{}, false
	}
	return Stream{
		ProgramNumber:    int(c.program_number),
		PMTPID:           int(c.pmt_pid),
		PCRPID:           int(c.pcr_pid),
		PID:              int(c.pid),
		StreamTypeIn:     int(c.stream_type_in),
		StreamTypeOut:    int(c.stream_type_out),
		Codec:            Codec(c.codec),
		State:            StreamState(c.state),
		Layer:            int(c.layer),
		Channels:         int(c.channels),
		LFE:              c.lfe != 0,
		AudioType:        int(c.audio_type),
		SampleRate:       int(c.sample_rate),
		Language:         C.GoString(&c.language[0]),
		Kind:             C.GoString(&c.kind[0]),
		Packets:          uint64(c.packets),
		ContinuityErrors: uint64(c.continuity_errors),
		FramesIn:         uint64(c.frames_in),
		FramesOut:        uint64(c.frames_out),
		FramesConcealed:  uint64(c.frames_concealed),
		Gaps:             uint64(c.gaps),
		Overlaps:         uint64(c.overlaps),
		Discontinuities:  uint64(c.discontinuities),
		AVOffset:         offsetOf(int64(c.av_offset)),
	}, true
}

func offsetOf(ticks int64) *time.Duration {
	if ticks == C.XG2G_NO_AV_OFFSET {
		return nil
	}
	offset := durationOf(ticks, timestampRate)
	return &offset
}

func (n native) nextEvent() (Event, bool) {
	var c C.xg2g_remux_event
	c.struct_size = C.uint32_t(unsafe.Sizeof(c))
	if C.xg2g_audio_remux_next_event(n.handle, &c) != 1 {
		return Event{}, false
	}
	return Event{
		Type:   EventType(c._type),
		PID:    int(c.pid),
		Value:  int64(c.value),
		Packet: uint64(c.packet),
	}, true
}
