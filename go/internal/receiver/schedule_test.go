// SPDX-License-Identifier: MIT

package receiver

import (
	"bytes"
	"testing"
	"time"
)

const testPID = 0x123

// packet returns a packet with a PCR, or without where it is negative.
func packet(pcr int64) []byte {
	p := bytes.Repeat([]byte{0xFF}, packetSize)
	copy(p, []byte{syncByte, testPID >> 8, testPID & 0xFF, 0x10})
	if pcr >= 0 {
		base, extension := pcr/300, pcr%300
		p[3] = 0x30
		copy(p[4:], []byte{7, 0x10, byte(base >> 25), byte(base >> 17), byte(base >> 9), byte(base >> 1),
			byte(base<<7) | 0x7E | byte(extension>>8), byte(extension)})
	}
	return p
}

const milliseconds = 27_000 // Ticks.

// stream returns packets of which every tenth, from the fifth on, has a PCR.
func stream(pcrs ...int64) []byte {
	var data []byte
	for _, pcr := range pcrs {
		for i := range 10 {
			if i == 5 {
				data = append(data, packet(pcr)...)
			} else {
				data = append(data, packet(-1)...)
			}
		}
	}
	return data
}

func near(a, b time.Duration) bool { return (a - b).Abs() < time.Microsecond }

func TestThePCRIsReadToItsLastTick(t *testing.T) {
	for _, want := range []int64{0, 1, 299, 300, 512, 123_456_789_012, pcrWrap - 1} {
		if got, ok := PCR(packet(want)); !ok || got != want {
			t.Errorf("got %d, not %d", got, want)
		}
	}
	if _, ok := PCR(packet(-1)); ok {
		t.Error("there is none")
	}
}

func TestBytesAreDueByThePCR(t *testing.T) {
	// Ten packets in 20 ms, then in 40 ms.
	s := NewSchedule(stream(0, 20*milliseconds, 60*milliseconds))
	if s.PID != testPID || s.Size() != 30*packetSize {
		t.Fatalf("PID %#x, %d bytes", s.PID, s.Size())
	}
	first := 5 * packetSize
	mean := 60 * time.Millisecond / 20 // A packet, outside of the PCRs.
	at := 5 * mean
	for _, c := range []struct {
		at     time.Duration
		offset int
	}{
		{at, first}, {at + 10*time.Millisecond, first + 5*packetSize},
		{at + 20*time.Millisecond, first + 10*packetSize},
		{at + 40*time.Millisecond, first + 15*packetSize},
		{at + 60*time.Millisecond, first + 20*packetSize},
		{at + 60*time.Millisecond + 5*mean, 30 * packetSize},
	} {
		// Half a packet either side, as time is rounded.
		if due := s.Due(c.at); due < c.offset-packetSize/2 || due > c.offset+packetSize/2 {
			t.Errorf("after %v, %d bytes are due, not %d", c.at, due, c.offset)
		}
		if got := s.Time(c.offset); !near(got, c.at) {
			t.Errorf("byte %d is due after %v, not %v", c.offset, got, c.at)
		}
	}
	if s.Due(0) != packetSize || s.Due(time.Hour) != s.Size() {
		t.Errorf("%d bytes are due at once, %d at last", s.Due(0), s.Due(time.Hour))
	}
}

func TestAJumpOfThePCRTakesTheMeanRateAndAWrapIsNone(t *testing.T) {
	plain := NewSchedule(stream(0, 20*milliseconds, 40*milliseconds, 60*milliseconds)).Duration()
	for name, pcrs := range map[string][]int64{
		"forward":  {0, 20 * milliseconds, 9000_000 * milliseconds, 9000_020 * milliseconds},
		"backward": {900 * milliseconds, 920 * milliseconds, 0, 20 * milliseconds},
		"wrap":     {pcrWrap - 20*milliseconds, 0, 20 * milliseconds, 40 * milliseconds},
	} {
		if got := NewSchedule(stream(pcrs...)).Duration(); !near(got, plain) {
			t.Errorf("%s: it lasts %v, not %v", name, got, plain)
		}
	}
}

func TestPCRsGoOnWhereTheStreamIsSentAgain(t *testing.T) {
	s := NewSchedule(stream(0, 20*milliseconds))
	if got := s.PCRTime(1) - s.PCRTime(0); !near(got, 20*time.Millisecond) {
		t.Errorf("two are %v apart", got)
	}
	if got := s.PCRTime(2); !near(got, s.Duration()+s.PCRTime(0)) {
		t.Errorf("the third is due after %v", got)
	}
}

func TestPacketsOf192And204BytesAreReadToo(t *testing.T) {
	plain := stream(0, 20*milliseconds)
	want := NewSchedule(plain)
	for name, form := range map[string][2]int{"192": {4, 0}, "204": {0, 16}} {
		var data []byte
		for p := plain; len(p) > 0; p = p[packetSize:] {
			data = append(data, make([]byte, form[0])...)
			data = append(data, p[:packetSize]...)
			data = append(data, make([]byte, form[1])...)
		}
		got := NewSchedule(data)
		if !near(got.Duration(), want.Duration()) || got.Size() != len(data) {
			t.Errorf("%s: it lasts %v and has %d bytes", name, got.Duration(), got.Size())
		}
	}
}

func TestWithoutPCRsTheRateIsConstant(t *testing.T) {
	s := NewSchedule(bytes.Repeat(packet(-1), 100))
	if s.PID != -1 || s.Due(s.Duration()/2) != 50*packetSize {
		t.Errorf("PID %d, %d bytes at half time", s.PID, s.Due(s.Duration()/2))
	}
}
