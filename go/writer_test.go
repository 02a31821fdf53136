// SPDX-License-Identifier: MIT

//go:build cgo

package transcoder_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// onlyWriter hides what else a sink can do.
type onlyWriter struct{ io.Writer }

func TestWriterWritesWhatProcessGives(t *testing.T) {
	stream := testenv.Demo(t)
	var sink bytes.Buffer
	writer := transcoder.NewWriter(onlyWriter{&sink}, transcoder.Options{})
	n, err := io.Copy(writer, onlyReader{bytes.NewReader(stream)})
	if err != nil || n != int64(len(stream)) {
		t.Fatalf("copied %d of %d, %v", n, len(stream), err)
	}
	for range 2 {
		if err := writer.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(sink.Bytes(), remux(t, stream, len(stream))) {
		t.Error("the bytes differ")
	}
}

type onlyReader struct{ io.Reader }

func TestWriterTakesMoreThanFitsAtOnce(t *testing.T) {
	stream := testenv.Demo(t)
	var sink bytes.Buffer
	writer := transcoder.NewWriter(&sink, transcoder.Options{})
	if n, err := writer.Write(stream); n != len(stream) || err != nil {
		t.Fatalf("took %d of %d, %v", n, len(stream), err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(sink.Bytes(), remux(t, stream, len(stream))) {
		t.Error("the bytes differ")
	}
}

func TestWriterIsLive(t *testing.T) {
	stream := testenv.Demo(t)[:188*1000]
	var sink bytes.Buffer
	writer := transcoder.NewWriter(&sink, transcoder.Options{})
	defer writer.Close()
	if _, err := writer.Write(stream); err != nil {
		t.Fatal(err)
	}
	ready, err := open(t, transcoder.Options{}).Process(stream)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(sink.Bytes(), ready) {
		t.Errorf("wrote %d bytes of the %d that are ready", sink.Len(), len(ready))
	}
}

type failing struct {
	err   error
	short bool
}

func (f failing) Write(p []byte) (int, error) {
	if f.short {
		return len(p) - 1, nil
	}
	return 0, f.err
}

func TestWriterKeepsTheErrorOfItsSink(t *testing.T) {
	stream := testenv.Demo(t)
	gone := errors.New("the client is gone")
	for _, c := range []struct {
		sink failing
		want error
	}{{failing{err: gone}, gone}, {failing{short: true}, io.ErrShortWrite}} {
		writer := transcoder.NewWriter(c.sink, transcoder.Options{})
		for range 2 {
			if _, err := writer.Write(stream); !errors.Is(err, c.want) {
				t.Errorf("got %v, not %v", err, c.want)
			}
		}
		if err := writer.Close(); !errors.Is(err, c.want) {
			t.Errorf("Close: got %v, not %v", err, c.want)
		}
	}
}

func TestWriterTellsThatThereIsNoStream(t *testing.T) {
	writer := transcoder.NewWriter(io.Discard, transcoder.Options{})
	if _, err := writer.Write(garbage(1 << 20)); !errors.Is(err, transcoder.ErrNotTS) {
		t.Errorf("Write: got %v", err)
	}
	page := transcoder.NewWriter(io.Discard, transcoder.Options{})
	if _, err := page.Write([]byte("<html>")); err != nil {
		t.Errorf("Write: got %v", err)
	}
	if err := page.Close(); !errors.Is(err, transcoder.ErrNotTS) {
		t.Errorf("Close: got %v", err)
	}
}

func TestWriterIsClosedForGood(t *testing.T) {
	writer := transcoder.NewWriter(io.Discard, transcoder.Options{})
	if err := writer.Close(); err != nil {
		t.Errorf("nothing was written: got %v", err)
	}
	if _, err := writer.Write(testenv.Demo(t)); !errors.Is(err, transcoder.ErrClosed) {
		t.Errorf("got %v", err)
	}
	refused := transcoder.NewWriter(io.Discard, transcoder.Options{Channels: 7})
	if _, err := refused.Write(nil); !errors.Is(err, transcoder.ErrInvalidInput) {
		t.Errorf("got %v", err)
	}
}
