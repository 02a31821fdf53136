// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/server"
)

const serveAbout = `GET /ANYTHING is fetched from the receiver and, where it is a transport stream,
leaves with AAC. POST /remux answers a stream with what becomes of it. /streams,
/metrics, /healthz, /readyz, /version and the page at / tell what is going on.

Each option can be given in the environment too; the command line wins.
`

// serve runs the daemon until ctx ends.
func serve(ctx context.Context, args []string, getenv func(string) string,
	_ io.Reader, stdout, stderr io.Writer) int {
	c, err := config.Read(args, getenv)
	if errors.Is(err, flag.ErrHelp) {
		p := page{"serve", "--upstream http://receiver:8001 [options]", serveAbout, c.Settings()}
		return finish(stderr, p.print(stdout))
	}
	if err != nil {
		complain(stderr, err.Error())
		return statusUsage
	}
	if c.CheckOnly {
		fmt.Fprintln(stdout, "the configuration is good")
		return statusOK
	}
	log := newLogger(stderr, c)
	err = server.New(c, binaryVersion(), log).Run(ctx, func(addresses []net.Addr) {
		for _, address := range addresses {
			log.Info("listening", "network", address.Network(), "address", address.String())
		}
	})
	if err != nil {
		log.Error("the daemon cannot go on", "error", err)
		return statusFailed
	}
	log.Info("stopped")
	return statusOK
}

func newLogger(w io.Writer, c config.Serve) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogJSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
