// SPDX-License-Identifier: MIT

//go:build cgo

package transcoder_test

import (
	"bytes"
	"errors"
	"math/rand"
	"os/exec"
	"path/filepath"
	"testing"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// remux returns what a stream becomes when it comes in pieces of size bytes.
func remux(tb testing.TB, stream []byte, size int) []byte {
	tb.Helper()
	remuxer := open(tb, transcoder.Options{})
	var out []byte
	for len(stream) > 0 {
		piece := stream[:min(size, len(stream))]
		stream = stream[len(piece):]
		ready, err := remuxer.Process(piece)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, ready...)
	}
	rest, err := remuxer.Flush()
	if err != nil {
		tb.Fatal(err)
	}
	return append(out, rest...)
}

func TestEveryCaptureBecomesWhatTheCProgramMakesOfIt(t *testing.T) {
	program := testenv.Program(t, "xg2g-remux")
	for _, path := range testenv.Captures(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			made := filepath.Join(t.TempDir(), "out.ts")
			if text, err := exec.Command(program, "--quiet", path, made).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, text)
			}
			if !bytes.Equal(remux(t, testenv.Read(t, path), 1<<20), testenv.Read(t, made)) {
				t.Error("the bytes differ")
			}
		})
	}
}

func TestOutputDoesNotDependOnHowInputWasCut(t *testing.T) {
	stream := testenv.Demo(t)
	want := remux(t, stream, len(stream))
	if len(want) == 0 || bytes.Equal(want, stream) {
		t.Fatal("nothing was replaced")
	}
	for _, size := range []int{1, 187, 65536, 65537} {
		if !bytes.Equal(remux(t, stream, size), want) {
			t.Errorf("pieces of %d bytes give other bytes", size)
		}
	}
}

func TestNothingIsLostWhereDstIsSmall(t *testing.T) {
	stream := testenv.Demo(t)
	want := remux(t, stream, len(stream))
	remuxer := open(t, transcoder.Options{})
	dst := make([]byte, 2*transcoder.PacketSize+100)
	var out []byte
	for src := stream; len(src) > 0; {
		piece := src[:min(4096, len(src))]
		src = src[len(piece):]
		n, err := remuxer.ProcessInto(dst, piece)
		for ; err == nil; n, err = remuxer.ProcessInto(dst, nil) {
			out = append(out, dst[:n]...)
			if remuxer.Pending() == 0 {
				break
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for {
		n, err := remuxer.FlushInto(dst)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
		out = append(out, dst[:n]...)
	}
	if !bytes.Equal(out, want) {
		t.Errorf("got %d bytes, not the %d that a large dst gets", len(out), len(want))
	}
}

func TestProcessIntoAllocatesNothing(t *testing.T) {
	stream := testenv.Demo(t)
	remuxer := open(t, transcoder.Options{})
	dst := make([]byte, 1<<20)
	at := 0
	step := func() {
		if at+4096 > len(stream) {
			at = 0
		}
		if _, err := remuxer.ProcessInto(dst, stream[at:at+4096]); err != nil {
			t.Fatal(err)
		}
		at += 4096
	}
	steps := func() {
		for range 500 {
			step()
		}
	}
	if allocs := testing.AllocsPerRun(1, steps); allocs > 5 { // Some are Go's own, now and then.
		t.Errorf("%v allocations in 500 calls", allocs)
	}
}

func TestBadArgumentsAreRefusedAndNothingIsTaken(t *testing.T) {
	remuxer := open(t, transcoder.Options{})
	buffer := make([]byte, 4096)
	cases := []struct {
		name     string
		dst, src []byte
		want     error
	}{
		{"no dst", nil, buffer[:188], transcoder.ErrOutputTooSmall},
		{"dst of 187 bytes", make([]byte, 187), buffer[:188], transcoder.ErrOutputTooSmall},
		{"src is dst", buffer, buffer, transcoder.ErrInvalidInput},
		{"src ends in dst", buffer[100:], buffer[:188], transcoder.ErrInvalidInput},
	}
	for _, c := range cases {
		if n, err := remuxer.ProcessInto(c.dst, c.src); n != 0 || !errors.Is(err, c.want) {
			t.Errorf("%s: got %d, %v", c.name, n, err)
		}
	}
	if n, err := remuxer.FlushInto(make([]byte, 187)); n != 0 || !errors.Is(err, transcoder.ErrOutputTooSmall) {
		t.Errorf("flush: got %d, %v", n, err)
	}
	if stats := remuxer.Stats(); stats.BytesIn != 0 {
		t.Errorf("%d bytes were taken", stats.BytesIn)
	}
}

func TestAFullQueueRefusesInputUntilItIsDrained(t *testing.T) {
	stream := testenv.Demo(t)
	remuxer := open(t, transcoder.Options{})
	dst := make([]byte, transcoder.PacketSize)
	var err error
	fed := 0
	for err == nil && fed < 64<<20 {
		_, err = remuxer.ProcessInto(dst, stream)
		fed += len(stream)
	}
	if !errors.Is(err, transcoder.ErrOutputTooSmall) {
		t.Fatalf("after %d bytes: %v", fed, err)
	}
	if _, err := remuxer.Process(nil); err != nil {
		t.Fatal(err)
	}
	if _, err := remuxer.ProcessInto(dst, stream[:188]); err != nil {
		t.Error(err)
	}
}

func garbage(size int) []byte {
	noise := make([]byte, size)
	rand.New(rand.NewSource(1)).Read(noise)
	for i, b := range noise {
		if b == 0x47 {
			noise[i] = 0
		}
	}
	return noise
}

func TestGarbageIsCountedAndTheStreamGoesOn(t *testing.T) {
	stream := testenv.Demo(t)
	remuxer := open(t, transcoder.Options{})
	before, err := remuxer.Process(stream)
	if err != nil || len(before) == 0 {
		t.Fatalf("got %d bytes, %v", len(before), err)
	}
	_, err = remuxer.Process(garbage(1 << 20))
	if !errors.Is(err, transcoder.ErrNotTS) {
		t.Fatalf("got %v", err)
	}
	after, err := remuxer.Process(stream)
	if err != nil || len(after) < len(stream)/2 {
		t.Errorf("got %d bytes, %v", len(after), err)
	}
	if dropped := remuxer.Stats().BytesDropped; dropped < 1<<20 {
		t.Errorf("%d bytes were counted as dropped", dropped)
	}
}

func TestFlushTellsThatNothingWasAStream(t *testing.T) {
	remuxer := open(t, transcoder.Options{})
	if _, err := remuxer.Process([]byte("<html>no stream</html>")); err != nil {
		t.Fatal(err)
	}
	if _, err := remuxer.Flush(); !errors.Is(err, transcoder.ErrNotTS) {
		t.Errorf("got %v", err)
	}
}

func TestResetKeepsCountersAndContinuity(t *testing.T) {
	stream := testenv.Demo(t)
	remuxer := open(t, transcoder.Options{})
	first, err := remuxer.Process(stream[:len(stream)/2])
	if err != nil {
		t.Fatal(err)
	}
	if err := remuxer.Reset(); err != nil {
		t.Fatal(err)
	}
	second, err := remuxer.Process(stream)
	if err != nil {
		t.Fatal(err)
	}
	stats := remuxer.Stats()
	if want := uint64(len(stream)/2 + len(stream)); stats.BytesIn != want {
		t.Errorf("bytes in: %d, not %d", stats.BytesIn, want)
	}
	pid := transcodedPID(t, remuxer)
	if last, next := lastCounter(first, pid), firstCounter(second, pid); next != (last+1)%16 {
		t.Errorf("continuity_counter goes from %d to %d", last, next)
	}
}

func transcodedPID(tb testing.TB, remuxer *transcoder.AudioRemuxer) int {
	tb.Helper()
	for _, stream := range remuxer.Streams() {
		if stream.State == transcoder.StreamTranscoded {
			return stream.PID
		}
	}
	tb.Fatal("no stream was transcoded")
	return 0
}

// counters returns the continuity_counters on a PID (ISO/IEC 13818-1, 2.4.3.3).
func counters(packets []byte, pid int) []int {
	var found []int
	for ; len(packets) >= transcoder.PacketSize; packets = packets[transcoder.PacketSize:] {
		if int(packets[1]&0x1F)<<8|int(packets[2]) == pid {
			found = append(found, int(packets[3]&0x0F))
		}
	}
	return found
}

func firstCounter(packets []byte, pid int) int { return counters(packets, pid)[0] }

func lastCounter(packets []byte, pid int) int {
	all := counters(packets, pid)
	return all[len(all)-1]
}
