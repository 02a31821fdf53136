// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"bytes"
	"encoding/binary"
	"io"
	"net/http"
	"sync"
	"testing"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
)

const (
	manyTracks   = 64
	firstTrack   = 0x200
	tracksPMT    = 0x20
	trackPackets = 300
)

// crc32 is that of tables (ISO/IEC 13818-1, annex A).
func crc32(data []byte) uint32 {
	crc := ^uint32(0)
	for _, b := range data {
		crc ^= uint32(b) << 24
		for range 8 {
			mask := uint32(int32(crc) >> 31)
			crc = crc<<1 ^ 0x04C11DB7&mask
		}
	}
	return crc
}

// table returns a section in packets (2.4.4).
func table(pid int, id byte, extension uint16, body []byte) []byte {
	length := len(body) + 9
	section := []byte{id, 0xB0 | byte(length>>8), byte(length), byte(extension >> 8), byte(extension), 0xC1, 0, 0}
	section = append(section, body...)
	section = binary.BigEndian.AppendUint32(section, crc32(section))
	rest := append([]byte{0}, section...) // pointer_field
	var packets []byte
	for n := 0; len(rest) > 0; n++ {
		packet := bytes.Repeat([]byte{0xFF}, packetSize)
		copy(packet, []byte{0x47, byte(pid >> 8), byte(pid), 0x10 | byte(n)})
		if n == 0 {
			packet[1] |= 0x40
		}
		rest = rest[copy(packet[4:], rest):]
		packets = append(packets, packet...)
	}
	return packets
}

// radio returns a stream of many tracks: the demo's MP2 on each of them.
func radio(t *testing.T) []byte {
	t.Helper()
	pmt := []byte{0xFF, 0xFF, 0xF0, 0} // No PCR.
	for i := range manyTracks {
		pid := firstTrack + i
		pmt = append(pmt, 0x03, 0xE0|byte(pid>>8), byte(pid), 0xF0, 0)
	}
	stream := table(0, 0x00, 1, []byte{0, 1, 0xE0 | tracksPMT>>8, tracksPMT})
	stream = append(stream, table(tracksPMT, 0x02, 1, pmt)...)
	left := trackPackets
	for rest := demoData(t); len(rest) > 0 && left > 0; rest = rest[packetSize:] {
		if receiver.PID(rest) != demoSound[0] {
			continue
		}
		left--
		for i := range manyTracks {
			packet := bytes.Clone(rest[:packetSize])
			packet[1] = packet[1]&0xE0 | byte((firstTrack+i)>>8)
			packet[2] = byte(firstTrack + i)
			stream = append(stream, packet...)
		}
	}
	return stream
}

// held is a body that ends when it is let go.
type held struct {
	io.Reader
	let chan struct{}
}

func (h *held) Read(p []byte) (int, error) {
	n, err := h.Reader.Read(p)
	if err == io.EOF {
		<-h.let
	}
	return n, err
}

func TestMemoryOfStreamsThatHaveEndedIsGivenBack(t *testing.T) {
	const count, most, least = 8, 64 << 20, 300 << 20
	stream := radio(t)
	d := start(t, "--max-streams", "8")
	memory := func() float64 { return d.metric("process_resident_memory_bytes") }
	before := memory()
	let := make(chan struct{})
	var all sync.WaitGroup
	for range count {
		all.Add(1)
		go func() {
			defer all.Done()
			answer, err := http.Post(d.url("/remux"), "video/mp2t", &held{bytes.NewReader(stream), let})
			if err != nil {
				t.Error(err)
				return
			}
			defer answer.Body.Close()
			if _, err := io.Copy(io.Discard, answer.Body); err != nil {
				t.Error(err)
			}
		}()
	}
	eventually(t, "all of it was taken", func() bool {
		return d.metric("xg2g_transcoder_bytes_in_total") >= float64(count*len(stream))
	})
	running := memory()
	close(let)
	all.Wait()
	if running < before+least {
		t.Errorf("%d streams took %.1f MiB only", count, (running-before)/(1<<20))
	}
	eventually(t, "memory is given back", func() bool { return memory() < before+most })
	t.Logf("%.1f MiB before, %.1f MiB while they ran, %.1f MiB after", before/(1<<20), running/(1<<20), memory()/(1<<20))
}
