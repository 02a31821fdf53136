// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
)

// Flags that stand for commands.
var aliases = map[string]string{
	"--help": "help", "-help": "help", "-h": "help",
	"--version": "version", "-version": "version",
}

func find(name string) (command, bool) {
	if alias, ok := aliases[name]; ok {
		name = alias
	}
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

// overview says how the program is used.
func overview() string {
	var text strings.Builder
	fmt.Fprint(&text, "xg2gd - turn the sound of live transport streams into AAC\n\n"+
		"usage: xg2gd COMMAND [options]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&text, "  %-8s %s\n", c.name, c.summary)
	}
	fmt.Fprint(&text, "\nxg2gd COMMAND --help says the rest.\n")
	return text.String()
}

// help says how the program or, named behind it, a command is used.
func help(ctx context.Context, args []string, getenv func(string) string,
	stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 || aliases[args[0]] == "help" {
		_, err := io.WriteString(stdout, overview())
		return finish(stderr, writeError("standard output", err))
	}
	c, ok := find(args[0])
	if !ok {
		return finish(stderr, misuse("%s is no command; xg2gd help lists them", args[0]))
	}
	if c.name == "help" {
		return help(ctx, nil, getenv, stdin, stdout, stderr)
	}
	return c.run(ctx, []string{"--help"}, getenv, stdin, stdout, stderr)
}

// page is what a command says of itself, and what it takes.
type page struct {
	command  string
	usage    string // What stands behind the command's name.
	about    string // Paragraphs of lines.
	settings []config.Setting
}

func (p page) print(w io.Writer) error {
	var text strings.Builder
	fmt.Fprintf(&text, "usage: xg2gd %s %s\n\n%s\n", p.command, p.usage, p.about)
	config.PrintUsage(&text, p.settings)
	fmt.Fprint(&text, "\nExit status: 0; 1 where input or output fails; 2 where the command line is wrong.\n")
	_, err := io.WriteString(w, text.String())
	return writeError("standard output", err)
}

// read reads the command line and returns the paths on it. Where help was asked
// for, the error is flag.ErrHelp.
func (p page) read(args []string, getenv func(string) string) ([]string, error) {
	paths, err := config.Parse(p.settings, args, getenv)
	if err != nil {
		return nil, p.misuse(err)
	}
	return paths, nil
}
