// SPDX-License-Identifier: MIT

//go:build cgo

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

// filterOf returns a filter whose buffer holds a single packet.
func filterOf(tb testing.TB, stream []byte, out io.Writer) *filter {
	tb.Helper()
	remuxer, err := transcoder.New(transcoder.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { remuxer.Close() })
	in, err := openInput(context.Background(), "-", bytes.NewReader(stream))
	if err != nil {
		tb.Fatal(err)
	}
	return &filter{remuxer: remuxer, in: in, out: out, buffer: make([]byte, transcoder.PacketSize)}
}

func TestWhatDoesNotFitTheBufferIsDrained(t *testing.T) {
	stream := demoStart(t)
	var out bytes.Buffer
	if err := filterOf(t, stream, &out).run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), reference(t, stream)) {
		t.Error("the bytes differ")
	}
}

func TestNothingWaitsForTheNextPiece(t *testing.T) {
	f := filterOf(t, nil, io.Discard)
	if err := f.push(demoStart(t)[:readSize]); err != nil || f.remuxer.Pending() != 0 {
		t.Errorf("%d bytes wait, %v", f.remuxer.Pending(), err)
	}
}

var errFull = errors.New("full")

// small takes so many bytes.
type small struct{ room int }

func (s *small) Write(p []byte) (int, error) {
	if s.room -= len(p); s.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestAnErrorOfWritingEndsItWhereverItComes(t *testing.T) {
	stream := demoStart(t)
	all := len(reference(t, stream))
	for _, room := range []int{0, 188, all / 2, all - 188} {
		if err := filterOf(t, stream, &small{room}).run(context.Background()); !errors.Is(err, errFull) {
			t.Errorf("after %d bytes: %v", room, err)
		}
	}
	if err := filterOf(t, stream, &small{all}).run(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestAFailureOfTheLibraryNamesTheInput(t *testing.T) {
	f := filterOf(t, demoStart(t), io.Discard)
	f.remuxer.Close()
	err := f.run(context.Background())
	if !errors.Is(err, transcoder.ErrClosed) || err.Error() != "standard input: transcoder: process: closed" {
		t.Errorf("got %v", err)
	}
}
