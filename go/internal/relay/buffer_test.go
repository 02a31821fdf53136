// SPDX-License-Identifier: MIT

package relay

import (
	"bytes"
	"errors"
	"testing"
	"time"
)

// collector is a sink that keeps what it gets.
type collector struct {
	got     []byte
	arrived []time.Time
	err     error
}

func (c *collector) Write(p []byte, arrived time.Time) error {
	c.got = append(c.got, p...)
	c.arrived = append(c.arrived, arrived)
	return c.err
}

func newBuffer(limit int) (*Buffer, *int) {
	waiting := new(int)
	return NewBuffer(limit, func(size int) { *waiting = size }), waiting
}

func TestABufferGivesAllItTookInOrder(t *testing.T) {
	buffer, waiting := newBuffer(1 << 20)
	var want []byte
	for i := range 50 {
		piece := bytes.Repeat([]byte{byte(i)}, 5000)
		want = append(want, piece...)
		if err := buffer.Write(piece, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if *waiting != len(want) {
		t.Errorf("%d bytes are said to wait", *waiting)
	}
	ended := errors.New("ended")
	buffer.Close(ended)
	var sink collector
	if err := buffer.Drain(&sink); !errors.Is(err, ended) || !bytes.Equal(sink.got, want) {
		t.Errorf("got %d bytes of %d, %v", len(sink.got), len(want), err)
	}
	if *waiting != 0 {
		t.Errorf("%d bytes still wait", *waiting)
	}
}

func TestAFullBufferTakesNothing(t *testing.T) {
	buffer, waiting := newBuffer(1000)
	if err := buffer.Write(make([]byte, 1000), time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := buffer.Write(make([]byte, 1), time.Now()); !errors.Is(err, ErrTooSlow) || *waiting != 1000 {
		t.Errorf("got %v with %d waiting", err, *waiting)
	}
}

func TestTheAgeOfABlockIsThatOfItsOldestByte(t *testing.T) {
	buffer, _ := newBuffer(1 << 20)
	old := time.Now()
	for i := range 3 {
		_ = buffer.Write([]byte("x"), old.Add(time.Duration(i)*time.Hour))
	}
	buffer.Close(nil)
	var sink collector
	if err := buffer.Drain(&sink); err != nil || len(sink.arrived) != 1 || !sink.arrived[0].Equal(old) {
		t.Errorf("got %v, %v", sink.arrived, err)
	}
}

func TestASinkThatFailsEndsItsBuffer(t *testing.T) {
	buffer, _ := newBuffer(1 << 20)
	_ = buffer.Write([]byte("x"), time.Now())
	gone := errors.New("gone")
	if err := buffer.Drain(&collector{err: gone}); !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
	if err := buffer.Write([]byte("x"), time.Now()); !errors.Is(err, gone) {
		t.Errorf("it still takes: %v", err)
	}
}

func TestDrainWaitsForWhatComes(t *testing.T) {
	buffer, _ := newBuffer(1 << 20)
	var sink collector
	done := make(chan error)
	go func() { done <- buffer.Drain(&sink) }()
	_ = buffer.Write([]byte("late"), time.Now())
	buffer.Close(nil)
	if err := <-done; err != nil || string(sink.got) != "late" {
		t.Errorf("got %q, %v", sink.got, err)
	}
}

func TestAnInterruptedClientWritesNoMore(t *testing.T) {
	client := &Client{SetDeadline: func(time.Time) error { return nil }}
	client.Interrupt()
	if err := client.Write([]byte("x"), time.Now()); !errors.Is(err, ErrClient) {
		t.Errorf("got %v", err)
	}
}
