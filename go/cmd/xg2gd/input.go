// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"
)

// readSize is what a pipe holds.
const readSize = 64 * 1024

// errStopped is the end of a stream that a signal made.
var errStopped = errors.New("stopped")

// await returns what call returns, or errStopped once ctx ends: a call that
// waits for the other end of a pipe is then left behind.
func await[T any](ctx context.Context, call func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	var none T
	if ctx.Err() != nil {
		return none, errStopped
	}
	answers := make(chan answer, 1)
	go func() {
		value, err := call()
		answers <- answer{value, err}
	}()
	select {
	case a := <-answers:
		return a.value, a.err
	case <-ctx.Done():
		return none, errStopped
	}
}

// input is where the stream comes from.
type input struct {
	name   string // For people.
	source io.Reader
	file   os.FileInfo // nil where it is none.
	buffer []byte
}

// openInput opens path, or takes stdin for "-".
func openInput(ctx context.Context, path string, stdin io.Reader) (*input, error) {
	in := &input{name: path, source: stdin, buffer: make([]byte, readSize)}
	if path == "-" {
		in.name = "standard input"
		in.file = infoOf(stdin)
		return in, nil
	}
	file, err := await(ctx, func() (*os.File, error) { return os.Open(path) })
	if errors.Is(err, errStopped) {
		return nil, err
	}
	if err == nil {
		in.source, in.file = file, infoOf(file)
	}
	if in.file != nil && in.file.IsDir() {
		file.Close()
		err = syscall.EISDIR
	}
	if err != nil {
		return nil, cannot("open", in.name, err, "check the path and who may read it")
	}
	return in, nil
}

// infoOf returns nil where stream is no file.
func infoOf(stream any) os.FileInfo {
	file, ok := stream.(*os.File)
	if !ok {
		return nil
	}
	info, err := file.Stat()
	if err != nil {
		return nil
	}
	return info
}

func isRegular(info os.FileInfo) bool { return info != nil && info.Mode().IsRegular() }

// size returns how many bytes there are to read, 0 where nobody can know.
func (in *input) size() int64 {
	if !isRegular(in.file) {
		return 0
	}
	return in.file.Size()
}

// read returns what is there. Besides the source's errors it knows errStopped.
func (in *input) read(ctx context.Context) ([]byte, error) {
	n, err := await(ctx, func() (int, error) { return in.source.Read(in.buffer) })
	return in.buffer[:n], err
}

// close closes what openInput opened.
func (in *input) close() {
	if file, ok := in.source.(*os.File); ok && in.name != "standard input" {
		file.Close()
	}
}
