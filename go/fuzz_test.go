// SPDX-License-Identifier: MIT

//go:build cgo

package transcoder_test

import (
	"bytes"
	"errors"
	"testing"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// FuzzProcess feeds anything in two ways that must give the same: whole, and in
// pieces into a small dst.
func FuzzProcess(f *testing.F) {
	stream := testenv.Demo(f)
	f.Add(stream[:188*60], uint16(7))
	f.Add(stream[100:188*40], uint16(188))
	f.Add([]byte("<html>"), uint16(1))
	f.Add(garbage(1000), uint16(1000))
	f.Fuzz(func(t *testing.T, stream []byte, size uint16) {
		whole := finish(t, open(t, transcoder.Options{}), stream)
		cut := open(t, transcoder.Options{})
		dst := make([]byte, transcoder.PacketSize+int(size)%1000)
		pieces := max(int(size), 1)
		var got []byte
		for rest := stream; len(rest) > 0; {
			n := min(pieces, len(rest))
			written, err := cut.ProcessInto(dst, rest[:n])
			rest = rest[n:]
			check(t, err)
			got = append(got, dst[:written]...)
		}
		ready, err := cut.Process(nil)
		check(t, err)
		got = append(got, ready...)
		got = append(got, finish(t, cut, nil)...)
		if !bytes.Equal(got, whole) {
			t.Errorf("%d bytes in pieces of %d, %d bytes whole", len(got), pieces, len(whole))
		}
		if len(whole)%transcoder.PacketSize != 0 {
			t.Errorf("%d bytes are no whole packets", len(whole))
		}
	})
}

func finish(t *testing.T, remuxer *transcoder.AudioRemuxer, stream []byte) []byte {
	t.Helper()
	out, err := remuxer.Process(stream)
	check(t, err)
	rest, err := remuxer.Flush()
	check(t, err)
	return append(out, rest...)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil && !errors.Is(err, transcoder.ErrNotTS) {
		t.Error(err)
	}
}
