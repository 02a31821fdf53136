// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/server"
)

const serveHead = `xg2gd serve - relay television with sound that browsers play

usage: xg2gd serve --upstream http://receiver:8001 [options]

GET /ANYTHING is fetched from the receiver and, where it is a transport stream,
leaves with AAC. POST /remux answers a stream with what becomes of it. /streams,
/metrics, /healthz, /readyz, /version and the page at / tell what is going on.

Each option can be given in the environment too; the command line wins.

`

// serve runs the daemon until SIGTERM or SIGINT; a second one ends it at once.
func serve(ctx context.Context, args []string, getenv func(string) string,
	_ io.Reader, stdout, stderr io.Writer) int {
	c, err := config.Read(args, getenv)
	if err != nil {
		fmt.Fprintln(stderr, "xg2gd serve:", err)
		return 2
	}
	if c.CheckOnly {
		fmt.Fprintln(stdout, "the configuration is good")
		return 0
	}
	log := newLogger(stderr, c)
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	err = server.New(c, binaryVersion(), log).Run(ctx, func(addresses []net.Addr) {
		for _, address := range addresses {
			log.Info("listening", "network", address.Network(), "address", address.String())
		}
	})
	if err != nil {
		log.Error("the daemon cannot go on", "error", err)
		return 1
	}
	log.Info("stopped")
	return 0
}

func newLogger(w io.Writer, c config.Serve) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogJSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
