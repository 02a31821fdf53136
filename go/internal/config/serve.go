// SPDX-License-Identifier: MIT

package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/relay"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/upstream"
)

// Address is where the daemon listens: "tcp" and host:port, or "unix" and a path.
type Address struct{ Network, Address string }

// String returns the address as it was given.
func (a Address) String() string {
	if a.Network == "unix" {
		return "unix:" + a.Address
	}
	return a.Address
}

// Serve is what the daemon is asked for.
type Serve struct {
	Audio     transcoder.Options
	Upstreams upstream.Targets
	Listen    []Address
	Raw       []Address

	MaxStreams   int
	ClientBuffer int // Bytes.
	OnError      relay.OnError

	Connect time.Duration // To get a connection to upstream.
	Stall   time.Duration // Without packets from upstream.
	GiveUp  time.Duration // Of trying to get them again.
	Header  time.Duration // For the head of a client's request.
	Idle    time.Duration // Without a byte to or from a client.
	Grace   time.Duration // For streams that run when the daemon is to stop.

	Pprof     bool
	LogJSON   bool
	LogLevel  slog.Level
	CheckOnly bool
}

// DefaultServe returns what the daemon does unless asked otherwise.
func DefaultServe() Serve {
	return Serve{
		Listen:     []Address{{"tcp", ":18000"}},
		MaxStreams: 32, ClientBuffer: 8 << 20,
		Connect: 5 * time.Second, Stall: 10 * time.Second, GiveUp: time.Minute,
		Header: 10 * time.Second, Idle: time.Minute, Grace: 10 * time.Second,
	}
}

// Settings returns all settings of the daemon: the one table of them.
func (c *Serve) Settings() []Setting {
	settings := []Setting{
		{Name: "upstream", Env: "XG2G_UPSTREAM", Takes: "an address, as http://receiver:8001, or name=address", Many: true,
			Help:  "A receiver that streams are fetched from. One without a name gets every path; one with a name gets /name/path.",
			clear: func() { c.Upstreams = nil }, set: c.addUpstream},
		{Name: "listen", Env: "XG2G_LISTEN", Takes: "an address, as :18000, 127.0.0.1:18000 or unix:/path", Default: ":18000", Many: true,
			Help: "Where HTTP is served.", clear: func() { c.Listen = nil }, set: toAddress(&c.Listen)},
		{Name: "raw", Env: "XG2G_RAW", Takes: "an address, as unix:/path or 127.0.0.1:18001", Many: true,
			Help:  "Where a connection is a stream: bytes in, bytes out, closing the sending half flushes.",
			clear: func() { c.Raw = nil }, set: toAddress(&c.Raw)},
	}
	settings = append(settings, Audio(&c.Audio)...)
	return append(settings, c.limits()...)
}

func (c *Serve) limits() []Setting {
	return []Setting{
		{Name: "max-streams", Env: "XG2G_MAX_STREAMS", Takes: "a number", Default: "32",
			Help: "Most streams at once; further ones are answered with 503.", set: toNumber(&c.MaxStreams, 1)},
		{Name: "client-buffer", Env: "XG2G_CLIENT_BUFFER", Takes: "a size, as 8MiB", Default: "8MiB",
			Help: "What may wait for a client of a live stream before it is disconnected.", set: toSize(&c.ClientBuffer, 256<<10)},
		{Name: "on-error", Env: "XG2G_ON_ERROR", Takes: "pass or close", Default: "pass",
			Help: "What becomes of a stream if the remuxer itself fails: it goes on with the sound that came, or it ends.",
			set: toChoice(&c.OnError, []string{"pass", "close"},
				[]relay.OnError{relay.PassOnError, relay.CloseOnError})},
		{Name: "connect-timeout", Env: "XG2G_CONNECT_TIMEOUT", Takes: "a duration, as 5s", Default: "5s",
			Help: "What a connection to upstream may take.", set: toDuration(&c.Connect)},
		{Name: "stall-timeout", Env: "XG2G_STALL_TIMEOUT", Takes: "a duration, as 10s", Default: "10s",
			Help: "How long upstream may send no packets before it is connected to anew.", set: toDuration(&c.Stall)},
		{Name: "give-up", Env: "XG2G_GIVE_UP", Takes: "a duration, as 1m", Default: "1m",
			Help: "How long a stream may bring no packets, while it is tried to get it again, before the client is disconnected.", set: toDuration(&c.GiveUp)},
		{Name: "header-timeout", Env: "XG2G_HEADER_TIMEOUT", Takes: "a duration, as 10s", Default: "10s",
			Help: "What the head of a client's request may take.", set: toDuration(&c.Header)},
		{Name: "idle-timeout", Env: "XG2G_IDLE_TIMEOUT", Takes: "a duration, as 1m", Default: "1m",
			Help: "How long a client may take nothing, send nothing, or ask for nothing.", set: toDuration(&c.Idle)},
		{Name: "grace", Env: "XG2G_GRACE", Takes: "a duration, as 10s", Default: "10s",
			Help: "How long streams go on after SIGTERM before they are ended in good order.", set: toDuration(&c.Grace)},
		{Name: "pprof", Env: "XG2G_PPROF", Help: "Serve Go's profiles below /debug/pprof/.", set: toSwitch(&c.Pprof)},
		{Name: "log-format", Env: "XG2G_LOG_FORMAT", Takes: "text or json", Default: "text",
			Help: "How log lines are written to standard error.",
			set:  toChoice(&c.LogJSON, []string{"text", "json"}, []bool{false, true})},
		{Name: "log-level", Env: "XG2G_LOG_LEVEL", Takes: "debug, info, warn or error", Default: "info",
			Help: "The least important lines that are written.",
			set: toChoice(&c.LogLevel, []string{"debug", "info", "warn", "error"},
				[]slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError})},
		{Name: "check-config", Help: "Say what is wrong with the configuration, or that nothing is, and stop.", set: toSwitch(&c.CheckOnly)},
	}
}

func (c *Serve) addUpstream(value string) error {
	target, err := upstream.Parse(value)
	if err != nil {
		return err
	}
	c.Upstreams = append(c.Upstreams, target)
	return c.Upstreams.Check()
}

func toAddress(to *[]Address) func(string) error {
	return func(value string) error {
		if path, ok := strings.CutPrefix(value, "unix:"); ok {
			if path == "" || len(path) > 107 { // sun_path, less its 0.
				return fmt.Errorf("%q is not possible: unix: and a path of 1 to 107 bytes is", value)
			}
			*to = append(*to, Address{"unix", path})
			return nil
		}
		_, port, err := net.SplitHostPort(value)
		if err == nil {
			_, err = net.LookupPort("tcp", port)
		}
		if err != nil {
			return fmt.Errorf("%q is not possible: an address as :18000, 127.0.0.1:18000 or unix:/path is", value)
		}
		*to = append(*to, Address{"tcp", value})
		return nil
	}
}

// ErrArguments says that something stands on the command line that is no flag.
var ErrArguments = errors.New("is no flag: xg2gd serve --help lists them")

// Read reads the daemon's configuration. The error names the field.
func Read(args []string, getenv func(string) string) (Serve, error) {
	c := DefaultServe()
	rest, err := Parse(c.Settings(), args, getenv)
	if err != nil {
		return c, err
	}
	if len(rest) > 0 {
		return c, fmt.Errorf("%q %w", rest[0], ErrArguments)
	}
	if c.GiveUp <= c.Stall {
		return c, fmt.Errorf("--give-up: %v is no more than the stall-timeout of %v, so that nothing would be tried", c.GiveUp, c.Stall)
	}
	return c, CheckAudio(c.Audio)
}
