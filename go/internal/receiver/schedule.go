// SPDX-License-Identifier: MIT

package receiver

import (
	"sort"
	"time"
)

const (
	syncByte   = 0x47      // ISO/IEC 13818-1, 2.4.3.3
	packetSize = 188       // 2.4.3.2
	clockRate  = 27e6      // 2.4.2.1
	pcrWrap    = 300 << 33 // 2.4.3.5
	// defaultRate is the bytes a second of what has no PCR.
	defaultRate = 500_000
	// longestStep is what may lie between two PCRs; more is a jump.
	longestStep = time.Second
)

// Schedule says when which byte of a stream is due, by its PCR.
type Schedule struct {
	// PID is where the PCRs are, -1 where there are none.
	PID    int
	points []point // First and last are the stream's ends.
	pcrs   []time.Duration
}

type point struct {
	offset int
	at     time.Duration
}

// PCR returns the PCR of a packet (ISO/IEC 13818-1, 2.4.3.4) in ticks of 27 MHz.
func PCR(packet []byte) (pcr int64, ok bool) {
	const hasAdaptation, pcrFlag, pcrEnd = 0x20, 0x10, 12
	if len(packet) < pcrEnd || packet[3]&hasAdaptation == 0 || packet[4] < 7 || packet[5]&pcrFlag == 0 {
		return 0, false
	}
	p := packet[6:pcrEnd]
	base := int64(p[0])<<25 | int64(p[1])<<17 | int64(p[2])<<9 | int64(p[3])<<1 | int64(p[4])>>7
	return base*300 + (int64(p[4])&1<<8 | int64(p[5])), true
}

// PID returns the PID of a packet (2.4.3.2).
func PID(packet []byte) int { return int(packet[1]&0x1F)<<8 | int(packet[2]) }

// found is a PCR in a stream.
type found struct {
	offset int
	pcr    int64
}

// NewSchedule reads the PCRs of the PID that has most of them.
func NewSchedule(data []byte) *Schedule {
	stride, first := form(data)
	all := map[int][]found{}
	size := first
	for ; size+packetSize <= len(data); size += stride {
		packet := data[size : size+packetSize]
		if pcr, ok := PCR(packet); ok && packet[0] == syncByte {
			all[PID(packet)] = append(all[PID(packet)], found{size, pcr})
		}
	}
	size -= first // A timestamp stands before each packet.
	s := &Schedule{PID: -1}
	for pid, some := range all {
		if best := len(all[s.PID]); len(some) > best || (len(some) == best && pid < s.PID) {
			s.PID = pid
		}
	}
	s.lay(all[s.PID], size)
	return s
}

// form returns how far packets stand apart, and where the first begins.
func form(data []byte) (stride, first int) {
	const inARow = 5
	for _, f := range [][2]int{{packetSize, 0}, {192, 4}, {204, 0}} {
		good := true
		for i := 0; i < inARow && f[1]+i*f[0] < len(data); i++ {
			good = good && data[f[1]+i*f[0]] == syncByte
		}
		if good {
			return f[0], f[1]
		}
	}
	return packetSize, 0
}

// lay makes points of PCRs. Where the clock jumps, and outside of it, bytes are
// due at the stream's mean rate.
func (s *Schedule) lay(some []found, size int) {
	rate := meanRate(some)
	after := func(bytes int) time.Duration {
		return time.Duration(float64(bytes) / rate * float64(time.Second))
	}
	now := point{}
	s.points = append(s.points, now)
	for i, f := range some {
		step, jump := time.Duration(0), true
		if i > 0 {
			step, jump = between(some[i-1], f)
		}
		if jump {
			step = after(f.offset - now.offset)
		}
		now = point{f.offset, now.at + step}
		s.points = append(s.points, now)
		s.pcrs = append(s.pcrs, now.at)
	}
	s.points = append(s.points, point{size, now.at + after(size-now.offset)})
}

func meanRate(some []found) float64 {
	bytes, lasted := 0, time.Duration(0)
	for i := 1; i < len(some); i++ {
		if step, jump := between(some[i-1], some[i]); !jump {
			bytes += some[i].offset - some[i-1].offset
			lasted += step
		}
	}
	if lasted == 0 {
		return defaultRate
	}
	return float64(bytes) / lasted.Seconds()
}

func between(a, b found) (step time.Duration, jump bool) {
	ticks := (b.pcr - a.pcr + pcrWrap) % pcrWrap
	step = time.Duration(float64(ticks) / clockRate * float64(time.Second))
	return step, ticks == 0 || step > longestStep
}

// Size returns the bytes of the stream's whole packets.
func (s *Schedule) Size() int { return s.points[len(s.points)-1].offset }

// Duration returns how long one pass lasts.
func (s *Schedule) Duration() time.Duration { return s.points[len(s.points)-1].at }

// Due returns how many bytes are due so long after the beginning: the first
// packet at once.
func (s *Schedule) Due(elapsed time.Duration) int {
	next := sort.Search(len(s.points), func(i int) bool { return s.points[i].at > elapsed })
	if next == len(s.points) {
		return s.Size()
	}
	if next == 0 {
		return 0
	}
	a, b := s.points[next-1], s.points[next]
	part := float64(elapsed-a.at) / float64(b.at-a.at)
	return max(packetSize, a.offset+int(part*float64(b.offset-a.offset)))
}

// Time returns when a byte is due.
func (s *Schedule) Time(offset int) time.Duration {
	next := sort.Search(len(s.points), func(i int) bool { return s.points[i].offset >= offset })
	if next == 0 {
		return 0
	}
	if next == len(s.points) {
		return s.Duration()
	}
	a, b := s.points[next-1], s.points[next]
	part := float64(offset-a.offset) / float64(b.offset-a.offset)
	return a.at + time.Duration(part*float64(b.at-a.at))
}

// PCRTime returns when the nth PCR, from 0, is due where the stream is sent again
// and again.
func (s *Schedule) PCRTime(n int) time.Duration {
	passes, within := n/len(s.pcrs), n%len(s.pcrs)
	return time.Duration(passes)*s.Duration() + s.pcrs[within]
}
