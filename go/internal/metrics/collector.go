// SPDX-License-Identifier: MIT

package metrics

import (
	"strconv"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
)

// total is a counter of all streams since the start.
type total struct {
	desc *prometheus.Desc
	read func(status.Totals) uint64
}

// perStream is a figure of one stream while it runs.
type perStream struct {
	desc *prometheus.Desc
	kind prometheus.ValueType
	read func(status.Snapshot) float64
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(prefix+name, help, labels, nil)
}

var totals = []total{
	{describe("bytes_total", "Bytes sent to clients."), func(t status.Totals) uint64 { return t.BytesOut }},
	{describe("bytes_in_total", "Bytes that came in."), func(t status.Totals) uint64 { return t.BytesIn }},
	{describe("upstream_reconnects_total", "Connections to upstream after the first of a stream."), func(t status.Totals) uint64 { return t.Reconnects }},
	{describe("continuity_errors_total", "Continuity errors in what came in, on any PID."), func(t status.Totals) uint64 { return t.ContinuityErrors }},
	{describe("transport_errors_total", "Packets with transport_error_indicator set."), func(t status.Totals) uint64 { return t.TransportErrors }},
	{describe("sync_losses_total", "Times packets could not be told from each other."), func(t status.Totals) uint64 { return t.SyncLosses }},
	{describe("psi_errors_total", "Damaged PAT and PMT sections."), func(t status.Totals) uint64 { return t.PSIErrors }},
	{describe("decode_errors_total", "Damaged audio frames that were concealed."), func(t status.Totals) uint64 { return t.DecodeErrors }},
	{describe("gaps_total", "Holes in sound that were filled with silence."), func(t status.Totals) uint64 { return t.Gaps }},
	{describe("overlaps_total", "Places where sound came twice and was dropped."), func(t status.Totals) uint64 { return t.Overlaps }},
	{describe("discontinuities_total", "Times the clock of a track was taken anew."), func(t status.Totals) uint64 { return t.Discontinuities }},
	{describe("frames_in_total", "Audio frames decoded or converted."), func(t status.Totals) uint64 { return t.FramesIn }},
	{describe("frames_out_total", "AAC frames written."), func(t status.Totals) uint64 { return t.FramesOut }},
}

const (
	counter = prometheus.CounterValue
	gauge   = prometheus.GaugeValue
)

var figures = []perStream{
	{describe("stream_bytes_in_total", "Bytes that came in.", "stream"), counter, func(s status.Snapshot) float64 { return float64(s.BytesIn) }},
	{describe("stream_bytes_out_total", "Bytes sent to the client.", "stream"), counter, func(s status.Snapshot) float64 { return float64(s.BytesOut) }},
	{describe("stream_buffered_bytes", "Bytes that wait for the client.", "stream"), gauge, func(s status.Snapshot) float64 { return float64(s.Buffered) }},
	{describe("stream_reconnects_total", "Connections to upstream after the first.", "stream"), counter, func(s status.Snapshot) float64 { return float64(s.Reconnects) }},
	{describe("stream_continuity_errors_total", "Continuity errors, on any PID.", "stream"), counter, func(s status.Snapshot) float64 { return float64(s.Stats.ContinuityErrors) }},
	{describe("stream_decode_errors_total", "Damaged audio frames that were concealed.", "stream"), counter, func(s status.Snapshot) float64 { return float64(s.Stats.FramesConcealed) }},
	{describe("stream_gaps_total", "Holes in sound that were filled with silence.", "stream"), counter, func(s status.Snapshot) float64 { return float64(s.Stats.Gaps) }},
}

var (
	activeDesc = describe("active_sessions", "Streams that run now.")
	streamDesc = describe("stream_info", "A stream that runs; always 1.", "stream", "kind", "upstream", "path", "client", "state")
	trackDesc  = describe("track_info", "A track of a stream that runs; always 1.", "stream", "program", "pid", "language", "codec", "state")
	offsetDesc = describe("track_av_offset_seconds",
		"How far the sound that left is ahead of the picture of its program, by their timestamps.", "stream", "program", "pid", "language")
)

// streamCollector reads the registry when Prometheus asks.
type streamCollector struct{ streams *status.Registry }

// Describe sends every description.
func (c *streamCollector) Describe(to chan<- *prometheus.Desc) {
	for _, t := range totals {
		to <- t.desc
	}
	for _, f := range figures {
		to <- f.desc
	}
	to <- activeDesc
	to <- streamDesc
	to <- trackDesc
	to <- offsetDesc
}

// Collect sends every figure.
func (c *streamCollector) Collect(to chan<- prometheus.Metric) {
	sum, running := c.streams.Figures()
	for _, t := range totals {
		to <- prometheus.MustNewConstMetric(t.desc, prometheus.CounterValue, float64(t.read(sum)))
	}
	to <- prometheus.MustNewConstMetric(activeDesc, gauge, float64(len(running)))
	for _, shot := range running {
		id := strconv.FormatUint(shot.ID, 10)
		to <- prometheus.MustNewConstMetric(streamDesc, gauge, 1,
			id, shot.Kind, valid(shot.Upstream), valid(shot.Path), valid(shot.Client), string(shot.State))
		for _, f := range figures {
			to <- prometheus.MustNewConstMetric(f.desc, f.kind, f.read(shot), id)
		}
		collectTracks(to, id, shot.Tracks)
	}
}

// collectTracks sends what is known of sound. A PMT may name a PID twice, and
// Prometheus may not.
func collectTracks(to chan<- prometheus.Metric, id string, tracks []transcoder.Stream) {
	seen := map[[2]int]bool{}
	for _, track := range tracks {
		key := [2]int{track.ProgramNumber, track.PID}
		if track.State == transcoder.StreamOther || seen[key] {
			continue
		}
		seen[key] = true
		program, pid := strconv.Itoa(track.ProgramNumber), strconv.Itoa(track.PID)
		language := valid(track.Language)
		to <- prometheus.MustNewConstMetric(trackDesc, gauge, 1,
			id, program, pid, language, track.Codec.String(), track.State.String())
		if track.AVOffset != nil {
			to <- prometheus.MustNewConstMetric(offsetDesc, gauge, track.AVOffset.Seconds(),
				id, program, pid, language)
		}
	}
}

// valid makes UTF-8 of what a stream or a client named.
func valid(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }
