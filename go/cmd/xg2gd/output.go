// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"errors"
	"io"
	"os"
)

// output is where the stream goes. A file that was there keeps what it holds
// until the first byte is written: a bad input costs nobody a good recording.
type output struct {
	name    string // For people.
	sink    io.Writer
	opened  *os.File // nil for standard output.
	created bool     // It was not there before.
	begun   bool     // What it held before is gone.
}

// openOutput opens or makes path, or takes stdout for "-".
func openOutput(ctx context.Context, path string, stdout io.Writer) (*output, error) {
	if path == "-" {
		if isTerminal(stdout) {
			return nil, misuse("standard output is a terminal; give OUT a name, or pipe it on")
		}
		return &output{name: "standard output", sink: stdout, begun: true}, nil
	}
	out := &output{name: path}
	file, err := await(ctx, func() (*os.File, error) {
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		out.created = err == nil
		if errors.Is(err, os.ErrExist) {
			file, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o666)
		}
		return file, err
	})
	if errors.Is(err, errStopped) {
		return nil, err
	}
	if err != nil {
		return nil, cannot("write", path, err, "check the path and who may write there")
	}
	out.sink, out.opened = file, file
	return out, nil
}

// isSame finds two names of one regular file.
func (out *output) isSame(in *input) bool {
	info := infoOf(out.sink)
	return isRegular(info) && isRegular(in.file) && os.SameFile(info, in.file)
}

// Write writes all of data; its error is fit for people.
func (out *output) Write(data []byte) (int, error) {
	if err := out.begin(); err != nil {
		return 0, err
	}
	n, err := out.sink.Write(data)
	return n, writeError(out.name, err)
}

// begin drops what the file held before; a pipe or a device has nothing to drop.
func (out *output) begin() error {
	if out.begun {
		return nil
	}
	out.begun = true
	if isRegular(infoOf(out.opened)) {
		if err := out.opened.Truncate(0); err != nil {
			return cannot("empty", out.name, err, "name another file for OUT")
		}
	}
	return nil
}

// close closes what openOutput opened, and leaves no file that it made and
// nothing was written to. Some file systems tell of a full disk only here.
func (out *output) close() error {
	if out.opened == nil {
		return nil
	}
	if out.created && !out.begun {
		os.Remove(out.name)
	}
	return writeError(out.name, out.opened.Close())
}
