// SPDX-License-Identifier: MIT

// Package receiver behaves as an Enigma2 receiver does, well or badly, for tests:
// HTTP/1.0, no length, and the connection's end is the stream's.
package receiver

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// Config is a receiver. It can be told to another process in JSON.
type Config struct {
	Address  string             // "" for any port of 127.0.0.1.
	Services map[string]Service // By path; others are not found.
}

// Visit is one request that was answered.
type Visit struct {
	Path string
	// FirstByte is when the first byte of the body was about to be written.
	FirstByte time.Time
}

// Receiver is a receiver that runs.
type Receiver struct {
	listener net.Listener
	services map[string]Service
	files    map[string]*recording

	mu          sync.Mutex
	closed      bool
	connections map[net.Conn]struct{}
	visits      []Visit
	running     sync.WaitGroup
}

// recording is a file that is sent.
type recording struct {
	data     []byte
	schedule *Schedule
}

// Start reads the files and listens.
func Start(config Config) (*Receiver, error) {
	r := &Receiver{services: config.Services, files: map[string]*recording{},
		connections: map[net.Conn]struct{}{}}
	for _, service := range config.Services {
		for _, part := range service.Parts {
			if err := r.load(part.File); err != nil {
				return nil, err
			}
		}
	}
	address := config.Address
	if address == "" {
		address = "127.0.0.1:0"
	}
	var err error
	if r.listener, err = net.Listen("tcp", address); err != nil {
		return nil, err
	}
	r.running.Add(1)
	go r.accept()
	return r, nil
}

func (r *Receiver) load(path string) error {
	if _, known := r.files[path]; known || path == "" {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	r.files[path] = &recording{data, NewSchedule(data)}
	return nil
}

// Address returns host and port.
func (r *Receiver) Address() string { return r.listener.Addr().String() }

// URL returns where it is reached.
func (r *Receiver) URL() string { return "http://" + r.Address() }

// Visits returns the answers to a path whose body has begun, oldest first.
func (r *Receiver) Visits(path string) []Visit {
	r.mu.Lock()
	defer r.mu.Unlock()
	var visits []Visit
	for _, visit := range r.visits {
		if visit.Path == path {
			visits = append(visits, visit)
		}
	}
	return visits
}

// Close breaks off all streams and returns when nothing of it runs any more.
func (r *Receiver) Close() {
	r.listener.Close()
	r.mu.Lock()
	r.closed = true
	for connection := range r.connections {
		connection.Close()
	}
	r.mu.Unlock()
	r.running.Wait()
}

func (r *Receiver) accept() {
	defer r.running.Done()
	for {
		connection, err := r.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err == nil && r.enter(connection) {
			go func() {
				defer r.leave(connection)
				r.answer(connection)
			}()
		}
	}
}

func (r *Receiver) enter(connection net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		connection.Close()
		return false
	}
	r.connections[connection] = struct{}{}
	r.running.Add(1)
	return true
}

func (r *Receiver) leave(connection net.Conn) {
	connection.Close()
	r.mu.Lock()
	delete(r.connections, connection)
	r.mu.Unlock()
	r.running.Done()
}

// answer takes one request. What the client does wrong, or that it leaves, ends
// it, as it ends a receiver's.
func (r *Receiver) answer(connection net.Conn) {
	request, err := http.ReadRequest(bufio.NewReader(connection))
	if err != nil {
		return
	}
	path := request.URL.Path
	service, known := r.services[path]
	if !known {
		_, _ = io.WriteString(connection, "HTTP/1.0 404 Not Found\r\nConnection: Close\r\n\r\nno such service\n")
		return
	}
	if service.Mute {
		waitForLeave(connection)
		return
	}
	if _, err := io.WriteString(connection, r.head(service)); err != nil {
		return
	}
	body := &body{connection: connection, receiver: r, path: path}
	if body.send(service) != nil {
		return
	}
	switch service.Then {
	case Stall:
		waitForLeave(connection)
	case Reset:
		_ = connection.(*net.TCPConn).SetLinger(0)
	case Close, Loop:
	}
}

// head returns what enigma2's own stream server says, with the service's type.
func (r *Receiver) head(service Service) string {
	length := ""
	if service.Length {
		length = fmt.Sprintf("Content-Length: %d\r\n", r.size(service))
	}
	kind := service.Type
	if kind == "" {
		kind = "video/mpeg"
	}
	return "HTTP/1.0 200 OK\r\nConnection: Close\r\n" + length +
		"Content-Type: " + kind + "\r\nServer: stream_enigma2\r\n\r\n"
}

func (r *Receiver) note(path string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.visits = append(r.visits, Visit{path, time.Now()})
}

func waitForLeave(connection net.Conn) { _, _ = io.Copy(io.Discard, connection) }
