// SPDX-License-Identifier: MIT

package server

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/pprof"
	"strings"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/report"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/upstream"
)

// reachTimeout is how long a receiver may take to accept a connection.
const reachTimeout = 2 * time.Second

//go:embed page.html
var page []byte

// makeRoutes returns the paths that the daemon answers itself.
func (s *Server) makeRoutes() map[string]http.Handler {
	return map[string]http.Handler{
		"/":        onlyGet(s.servePage),
		"/healthz": onlyGet(serveHealth),
		"/readyz":  onlyGet(s.serveReady),
		"/version": onlyGet(s.serveVersion),
		"/streams": onlyGet(s.serveStreams),
		"/metrics": onlyGet(s.metrics.Handler().ServeHTTP),
		"/remux":   http.HandlerFunc(s.serveRemux),
	}
}

// ServeHTTP answers what is the daemon's own, and asks a receiver for all else.
// No path is cleaned: what an Enigma2 service is called holds "//".
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength != 0 && r.URL.Path != "/remux" {
		// The head of an answer waits for the body, which may never come.
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.config.Header))
		w.Header().Set("Connection", "close")
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			http.Error(w, "GET and HEAD have no body here", http.StatusBadRequest)
			return
		}
	}
	if s.config.Pprof && strings.HasPrefix(r.URL.Path, "/debug/pprof/") {
		serveProfile(w, r)
		return
	}
	if handler, own := s.routes[r.URL.Path]; own {
		handler.ServeHTTP(w, r)
		return
	}
	s.serveRelay(w, r)
}

func onlyGet(handler http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "this is asked for with GET", http.StatusMethodNotAllowed)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		handler(w, r)
	})
}

func serveProfile(w http.ResponseWriter, r *http.Request) {
	switch strings.TrimPrefix(r.URL.Path, "/debug/pprof/") {
	case "profile":
		pprof.Profile(w, r)
	case "symbol":
		pprof.Symbol(w, r)
	case "trace":
		pprof.Trace(w, r)
	default:
		pprof.Index(w, r)
	}
}

func (s *Server) servePage(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy",
		"default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'")
	_, _ = w.Write(page)
}

func serveHealth(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprintln(w, "ok")
}

// serveReady answers 200 where a receiver can be reached, and says of each
// whether it can.
func (s *Server) serveReady(w http.ResponseWriter, r *http.Request) {
	if s.isDraining() {
		http.Error(w, errStopping.Error(), http.StatusServiceUnavailable)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), reachTimeout)
	defer cancel()
	lines, reachable := s.reachAll(ctx)
	if !reachable {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	fmt.Fprintln(w, strings.Join(lines, "\n"))
}

func (s *Server) reachAll(ctx context.Context) (lines []string, reachable bool) {
	targets := s.config.Upstreams
	if len(targets) == 0 {
		return []string{"ok: no upstream is configured"}, true
	}
	results := make([]chan error, len(targets))
	for i, target := range targets {
		results[i] = make(chan error, 1)
		go func() { results[i] <- upstream.Reach(ctx, target) }()
	}
	for i, target := range targets {
		err := <-results[i]
		if err == nil {
			reachable = true
			lines = append(lines, target.String()+": ok")
		} else {
			lines = append(lines, fmt.Sprintf("%s: %v", target, err))
		}
	}
	return lines, reachable
}

type versions struct {
	Version string `json:"version"`
	Library string `json:"library"`
	Archive string `json:"archive,omitempty"`
	FFmpeg  string `json:"ffmpeg"`
}

func (s *Server) versions() versions {
	return versions{s.version, transcoder.Version(), transcoder.ArchiveHash(), transcoder.FFmpegVersion()}
}

func (s *Server) serveVersion(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, s.versions())
}

// shownStream is a stream with its tracks in words.
type shownStream struct {
	status.Snapshot
	Tracks []shownTrack `json:"tracks"`
}

type shownTrack struct {
	transcoder.Stream
	In  string `json:"in"`
	Out string `json:"out"`
}

func (s *Server) show(shots []status.Snapshot) []shownStream {
	shown := make([]shownStream, len(shots))
	for i, shot := range shots {
		shown[i] = shownStream{shot, make([]shownTrack, len(shot.Tracks))}
		for n, track := range shot.Tracks {
			shown[i].Tracks[n] = shownTrack{track, report.In(track), report.Out(track, s.config.Audio)}
		}
	}
	return shown
}

func (s *Server) serveStreams(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, struct {
		versions
		Limit    int           `json:"limit"`
		Draining bool          `json:"draining"`
		Streams  []shownStream `json:"streams"`
		Recent   []shownStream `json:"recent"`
	}{s.versions(), s.config.MaxStreams, s.isDraining(), s.show(s.streams.Running()), s.show(s.streams.Recent())})
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(value) // The client left.
}
