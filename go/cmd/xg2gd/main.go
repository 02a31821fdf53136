// SPDX-License-Identifier: MIT

// Command xg2gd turns the sound of live transport streams into AAC: in a file or
// a pipe, or as a daemon that relays a television receiver.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// The exit statuses.
const (
	statusOK     = 0
	statusFailed = 1 // Input or output.
	statusUsage  = 2
)

type command struct {
	name, summary string
	run           func(ctx context.Context, args []string, getenv func(string) string,
		stdin io.Reader, stdout, stderr io.Writer) int
}

func commands() []command {
	return []command{
		{"serve", "relay television with sound that browsers play", serve},
		{"remux", "turn the sound of a file or a pipe into AAC", remux},
		{"probe", "say what is in a file or a pipe", probe},
		{"version", "say which versions this is made of", printVersion},
		{"help", "say how it is used", help},
	}
}

func main() {
	// A reader that goes away is an error of writing, to be told as such.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // A second signal kills.
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}

func run(ctx context.Context, args []string, getenv func(string) string,
	stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stderr, overview())
		return statusUsage
	}
	if c, ok := find(args[0]); ok {
		return c.run(ctx, args[1:], getenv, stdin, stdout, stderr)
	}
	complain(stderr, fmt.Sprintf("%s is no command", args[0]))
	fmt.Fprint(stderr, overview())
	return statusUsage
}
