// SPDX-License-Identifier: MIT

// Package metrics tells Prometheus what the daemon does. The names that begin
// with xg2g_transcoder_ and are not of a single stream or track were the
// predecessor's where it had them.
package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
)

const prefix = "xg2g_transcoder_"

// Metrics count what no stream knows of itself.
type Metrics struct {
	Requests        prometheus.Counter
	Success         prometheus.Counter
	Errors          prometheus.Counter
	Rejected        prometheus.Counter
	SlowClients     prometheus.Counter
	RemuxerFailures prometheus.Counter
	Duration        prometheus.Histogram
	Startup         prometheus.Histogram
	latency         *prometheus.HistogramVec

	registry *prometheus.Registry
}

// New returns metrics of the streams in a registry.
func New(streams *status.Registry, version string) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	m.Requests = m.counter("requests_total", "Streams that were asked for.")
	m.Success = m.counter("success_total", "Streams that ended in good order.")
	m.Errors = m.counter("errors_total", "Streams that could not be had or broke off.")
	m.Rejected = m.counter("rejected_total", "Streams refused since too many ran, or the daemon was stopping.")
	m.SlowClients = m.counter("slow_clients_total", "Clients disconnected since they did not keep up.")
	m.RemuxerFailures = m.counter("remuxer_failures_total", "Times the remuxer itself failed.")
	m.Duration = m.histogram("duration_seconds", "How long streams lasted.",
		prometheus.ExponentialBuckets(1, 4, 10))
	m.Startup = m.histogram("ffmpeg_startup_seconds",
		"From a request to the first byte of its answer; there is no ffmpeg process any more.",
		prometheus.ExponentialBuckets(0.001, 2, 15))
	m.latency = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    prefix + "stream_latency_seconds",
		Help:    "From bytes that came from upstream to their successors sent to the client.",
		Buckets: prometheus.ExponentialBuckets(0.0001, 4, 10),
	}, []string{"stream"})
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: prefix + "build_info", Help: "What runs; always 1.",
		ConstLabels: prometheus.Labels{"version": version, "library": transcoder.Version(),
			"ffmpeg": transcoder.FFmpegVersion()}})
	build.Set(1)
	m.registry.MustRegister(m.latency, build, &streamCollector{streams},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *Metrics) counter(name, help string) prometheus.Counter {
	counter := prometheus.NewCounter(prometheus.CounterOpts{Name: prefix + name, Help: help})
	m.registry.MustRegister(counter)
	return counter
}

func (m *Metrics) histogram(name, help string, buckets []float64) prometheus.Histogram {
	histogram := prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: prefix + name, Help: help, Buckets: buckets})
	m.registry.MustRegister(histogram)
	return histogram
}

// Latency returns what is told the latency of a stream, and what forgets it.
func (m *Metrics) Latency(id uint64) (observe func(time.Duration), forget func()) {
	label := strconv.FormatUint(id, 10)
	observer := m.latency.WithLabelValues(label)
	return func(d time.Duration) { observer.Observe(d.Seconds()) },
		func() { m.latency.DeleteLabelValues(label) }
}

// Handler serves the metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}
