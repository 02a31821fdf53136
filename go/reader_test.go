// SPDX-License-Identifier: MIT

//go:build cgo

package transcoder_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

func newReader(tb testing.TB, source io.Reader) *transcoder.Reader {
	tb.Helper()
	reader := transcoder.NewReader(source, transcoder.Options{})
	tb.Cleanup(func() { reader.Close() })
	return reader
}

func TestReaderIsAReader(t *testing.T) {
	stream := testenv.Demo(t)[:188*4000]
	want := remux(t, stream, len(stream))
	if err := iotest.TestReader(newReader(t, bytes.NewReader(stream)), want); err != nil {
		t.Error(err)
	}
}

func TestReaderTakesEverySource(t *testing.T) {
	stream := testenv.Demo(t)[:188*2000]
	want := remux(t, stream, len(stream))
	sources := map[string]func(io.Reader) io.Reader{
		"a byte at a time":    iotest.OneByteReader,
		"half of what is due": iotest.HalfReader,
		"data with its error": iotest.DataErrReader,
	}
	for name, wrap := range sources {
		got, err := io.ReadAll(newReader(t, wrap(bytes.NewReader(stream))))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: got %d bytes of %d, %v", name, len(got), len(want), err)
		}
	}
}

func TestReaderGivesWhatWasReadBeforeAnError(t *testing.T) {
	stream := testenv.Demo(t)[:188*2000]
	broken := errors.New("the receiver is gone")
	source := io.MultiReader(bytes.NewReader(stream), iotest.ErrReader(broken))
	got, err := io.ReadAll(newReader(t, source))
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if want := remux(t, stream, len(stream)); !bytes.Equal(got, want) {
		t.Errorf("got %d bytes of %d", len(got), len(want))
	}
}

func TestReaderIsLive(t *testing.T) {
	stream := testenv.Demo(t)
	source, feed := io.Pipe()
	defer feed.Close()
	reader := newReader(t, source)
	// No more than this ever comes: what is ready of it must be read.
	go feed.Write(stream[:188*500])
	got := make([]byte, 188*400)
	if _, err := io.ReadFull(reader, got); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(remux(t, stream, len(stream)), got) {
		t.Error("the bytes differ")
	}
}

func TestReaderTellsThatThereIsNoStream(t *testing.T) {
	for name, source := range map[string][]byte{
		"a page":      []byte("<html>404</html>"),
		"much of one": garbage(1 << 20),
	} {
		if _, err := io.ReadAll(newReader(t, bytes.NewReader(source))); !errors.Is(err, transcoder.ErrNotTS) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestReaderOfNothingIsAtItsEnd(t *testing.T) {
	got, err := io.ReadAll(newReader(t, bytes.NewReader(nil)))
	if len(got) != 0 || err != nil {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
}

func TestReaderReadsOnBehindNoise(t *testing.T) {
	stream := testenv.Demo(t)
	source := io.MultiReader(bytes.NewReader(stream), bytes.NewReader(garbage(1<<20)),
		bytes.NewReader(stream))
	reader := newReader(t, source)
	got, err := io.ReadAll(reader)
	if err != nil || len(got) < len(stream)*3/2 {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	if reader.Stats().BytesDropped < 1<<20 {
		t.Errorf("%d bytes were counted as dropped", reader.Stats().BytesDropped)
	}
}

func TestReaderDoesNotWaitForeverForNothing(t *testing.T) {
	if _, err := newReader(t, idle{}).Read(make([]byte, 1000)); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v", err)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestReaderRefusesOptionsWithItsFirstRead(t *testing.T) {
	reader := transcoder.NewReader(bytes.NewReader(nil), transcoder.Options{Channels: 7})
	if _, err := reader.Read(make([]byte, 1000)); !errors.Is(err, transcoder.ErrInvalidInput) {
		t.Errorf("got %v", err)
	}
	if err := reader.Close(); err != nil {
		t.Error(err)
	}
}

func TestReaderIsClosedForGood(t *testing.T) {
	reader := newReader(t, bytes.NewReader(testenv.Demo(t)))
	small := make([]byte, 10)
	if _, err := reader.Read(small); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := reader.Read(small); n != 0 || !errors.Is(err, transcoder.ErrClosed) {
		t.Errorf("got %d, %v", n, err)
	}
}

func TestReaderTellsWhatItsSourceEndedWith(t *testing.T) {
	broken := errors.New("broken on purpose")
	source := io.MultiReader(bytes.NewReader([]byte("no packet yet")), iotest.ErrReader(broken))
	if n, err := newReader(t, source).Read(make([]byte, 1000)); n != 0 || !errors.Is(err, broken) {
		t.Errorf("got %d, %v", n, err)
	}
}
