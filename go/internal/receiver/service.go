// SPDX-License-Identifier: MIT

package receiver

import (
	"math/rand/v2"
	"net"
	"time"
)

// End is what comes behind the last byte.
type End string

// The connection is closed, broken off, left silent, or the parts come again.
const (
	Close End = ""
	Reset End = "reset"
	Stall End = "stall"
	Loop  End = "loop"
)

// Service is what becomes of a request.
type Service struct {
	Parts []Part
	Then  End
	// Speed is how many times as fast as its PCR a file is sent; 0 sends at once.
	Speed float64
	// Type is the Content-Type; "" is the right one.
	Type string
	// Length says that the Content-Length is told, as a recording's is.
	Length bool
	// Mute says that not even a head is sent.
	Mute bool
}

// Part is a part of a body: one of a file, text, and bytes that are no stream.
type Part struct {
	File    string
	Limit   int // So many bytes of the file; 0 is all.
	Text    string
	Garbage int64
}

// File returns a service that sends a file.
func File(path string, then End, speed float64) Service {
	return Service{Parts: []Part{{File: path}}, Then: then, Speed: speed}
}

const (
	tick      = 5 * time.Millisecond
	blockSize = 64 * 1024
)

// garbage holds no packets: there is no sync_byte in it.
var garbage = makeGarbage()

func makeGarbage() []byte {
	const syncByte = 0x47 // ISO/IEC 13818-1, 2.4.3.3
	noise := rand.New(rand.NewPCG(1, 2))
	block := make([]byte, blockSize)
	for i := range block {
		if block[i] = byte(noise.UintN(256)); block[i] == syncByte {
			block[i] = 0
		}
	}
	return block
}

func (r *Receiver) size(service Service) int64 {
	total := int64(0)
	for _, part := range service.Parts {
		total += int64(len(r.data(part))) + part.Garbage
	}
	return total
}

func (r *Receiver) data(part Part) []byte {
	if part.File == "" {
		return []byte(part.Text)
	}
	data := r.files[part.File].data
	if part.Limit > 0 {
		data = data[:min(part.Limit, len(data))]
	}
	return data
}

// body is a body on its way.
type body struct {
	connection net.Conn
	receiver   *Receiver
	path       string
	begun      bool
	began      time.Time
	played     time.Duration // Of the parts that are behind it, by their PCR.
}

func (b *body) send(service Service) error {
	b.began = time.Now()
	for {
		for _, part := range service.Parts {
			if err := b.sendPart(part, service); err != nil {
				return err
			}
		}
		if service.Then != Loop {
			return nil
		}
	}
}

func (b *body) sendPart(part Part, service Service) error {
	data := b.receiver.data(part)
	if file := b.receiver.files[part.File]; file != nil {
		if service.Then == Loop { // Whole packets, so that the next pass joins.
			data = data[:min(len(data), file.schedule.Size())]
		}
		if service.Speed > 0 {
			return b.pace(data, file.schedule, service.Speed)
		}
	}
	for len(data) > 0 {
		n := min(len(data), blockSize)
		if err := b.write(data[:n]); err != nil {
			return err
		}
		data = data[n:]
	}
	for left := part.Garbage; left > 0; left -= blockSize {
		if err := b.write(garbage[:min(left, blockSize)]); err != nil {
			return err
		}
	}
	return nil
}

// pace writes bytes when they are due. One that was held up catches up, as a
// receiver does that has them in its buffer.
func (b *body) pace(data []byte, schedule *Schedule, speed float64) error {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for sent := 0; ; <-ticker.C {
		elapsed := time.Duration(float64(time.Since(b.began))*speed) - b.played
		due := min(schedule.Due(elapsed), len(data))
		if due == schedule.Size() {
			due = len(data)
		}
		if due > sent {
			if err := b.write(data[sent:due]); err != nil {
				return err
			}
			sent = due
		}
		if sent == len(data) {
			b.played += schedule.Time(len(data))
			return nil
		}
	}
}

func (b *body) write(p []byte) error {
	if !b.begun {
		b.begun = true
		b.receiver.note(b.path)
	}
	_, err := b.connection.Write(p)
	return err
}
