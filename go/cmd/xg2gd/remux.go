// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"errors"
	"flag"
	"io"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/report"
)

const remuxAbout = `Reads an MPEG transport stream from IN, replaces MPEG audio, AC-3, E-AC-3 and AAC
in LATM by AAC, and writes the stream to OUT. All other packets leave as they
came. IN and OUT are files, pipes, or - for standard input and output. On a pipe
it is a live filter: what is ready is written at once. A signal ends the input
in good order.

At the end a table on standard error says what became of each stream.

  curl -s http://receiver:8001/SERVICE | xg2gd remux --languages deu - - | mpv -
`

const probeAbout = `Reads an MPEG transport stream from IN, a file, a pipe, or - for standard input,
and says what is in it and what remux would make of it. Of a pipe it reads some 5
seconds, or 64 MiB where nothing in it tells the time.
`

// job is what remux and probe have in common.
type job struct {
	audio       transcoder.Options
	json, quiet bool
	paths       report.Paths
	probe       bool // There is no OUT, and the table is the product.
}

func (j *job) settings() []config.Setting {
	return append(config.Audio(&j.audio),
		config.Switch("json", &j.json, "Report as one JSON object on standard output, or on standard error where OUT is -."),
		config.Switch("quiet", &j.quiet, "No table and no progress line; errors still show."))
}

// remux turns the sound of IN into AAC.
func remux(ctx context.Context, args []string, getenv func(string) string,
	stdin io.Reader, stdout, stderr io.Writer) int {
	var j job
	p := page{"remux", "[options] IN OUT", remuxAbout, j.settings()}
	paths, err := p.read(args, getenv)
	if errors.Is(err, flag.ErrHelp) {
		return finish(stderr, p.print(stdout))
	}
	switch {
	case err != nil:
	case len(paths) == 0:
		err = p.misuse(errors.New("which stream? Give IN and OUT, or - for a pipe"))
	case len(paths) == 1:
		err = p.misuse(errors.New("where to? Give OUT after " + paths[0] + ", or - for a pipe"))
	case len(paths) > 2:
		err = p.misuse(errors.New(paths[2] + " is one path too many"))
	default:
		j.paths = report.Paths{In: paths[0], Out: paths[1]}
		err = j.open(ctx, stdin, stdout, stderr)
	}
	return finish(stderr, err)
}

// probe says what is in IN.
func probe(ctx context.Context, args []string, getenv func(string) string,
	stdin io.Reader, stdout, stderr io.Writer) int {
	j := job{probe: true}
	p := page{"probe", "[options] IN", probeAbout, j.settings()}
	paths, err := p.read(args, getenv)
	if errors.Is(err, flag.ErrHelp) {
		return finish(stderr, p.print(stdout))
	}
	switch {
	case err != nil:
	case len(paths) == 0:
		err = p.misuse(errors.New("which stream? Give IN, or - for a pipe"))
	case len(paths) > 1:
		err = p.misuse(errors.New("a probe writes nothing: leave " + paths[1] + " away"))
	default:
		j.paths.In = paths[0]
		err = j.open(ctx, stdin, stdout, stderr)
	}
	return finish(stderr, err)
}

// open opens both ends, and the remuxer first: options that cannot be are told
// of before a file is touched.
func (j *job) open(ctx context.Context, stdin io.Reader, stdout, stderr io.Writer) error {
	remuxer, err := transcoder.New(j.audio)
	if err != nil {
		return refusal(err)
	}
	defer remuxer.Close()
	in, err := openInput(ctx, j.paths.In, stdin)
	if err != nil {
		return unlessStopped(err)
	}
	defer in.close()
	f := filter{remuxer: remuxer, in: in, out: io.Discard, buffer: make([]byte, writeSize),
		warn: func(text string) { complain(stderr, text) }}
	if j.probe {
		f.brief = !isRegular(in.file)
		return j.run(ctx, &f, stdout, stderr)
	}
	out, err := openOutput(ctx, j.paths.Out, stdout)
	if err != nil {
		return unlessStopped(err)
	}
	if out.isSame(in) {
		out.close()
		return misuse("%s is what is being read; name another file for OUT", out.name)
	}
	f.out = out
	return first(j.run(ctx, &f, stdout, stderr), out.close())
}

// unlessStopped makes nothing of a signal before both ends were open: nothing
// had come, and nothing was to be written.
func unlessStopped(err error) error {
	if errors.Is(err, errStopped) {
		return nil
	}
	return err
}

func (j *job) run(ctx context.Context, f *filter, stdout, stderr io.Writer) error {
	f.progress = newProgress(stderr, j.quiet, f.in.size())
	err := f.run(ctx)
	f.progress.clear()
	if err != nil && f.remuxer.Stats().Packets == 0 {
		return err
	}
	return first(err, j.report(f.remuxer, stdout, stderr))
}

// report writes to standard output only where the stream does not.
func (j *job) report(remuxer *transcoder.AudioRemuxer, stdout, stderr io.Writer) error {
	w, name := stderr, "standard error"
	if j.paths.Out != "-" && (j.json || j.probe) {
		w, name = stdout, "standard output"
	}
	var err error
	switch {
	case j.json:
		err = report.JSON(w, j.paths, remuxer.Stats(), remuxer.Streams(), j.audio)
	case !j.quiet:
		err = report.Table(w, remuxer.Stats(), remuxer.Streams(), j.audio)
	}
	return writeError(name, err)
}
