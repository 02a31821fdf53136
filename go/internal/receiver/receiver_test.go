// SPDX-License-Identifier: MIT

package receiver

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const patience = 20 * time.Second

// visit asks a receiver with one service, and returns what it answers.
func visit(t *testing.T, service Service, path string) (*Receiver, net.Conn) {
	t.Helper()
	r, err := Start(Config{Services: map[string]Service{"/x": service}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	connection, err := net.Dial("tcp", r.Address())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	_ = connection.SetDeadline(time.Now().Add(patience))
	if _, err := fmt.Fprintf(connection, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", path); err != nil {
		t.Fatal(err)
	}
	return r, connection
}

// answer reads to the connection's end.
func answer(t *testing.T, connection net.Conn) (head, body string) {
	t.Helper()
	all, err := io.ReadAll(connection)
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ = strings.Cut(string(all), "\r\n\r\n")
	return head, body
}

func file(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.ts")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAStreamHasNoLengthAndEndsWithItsConnection(t *testing.T) {
	data := stream(0, 20*milliseconds)
	_, connection := visit(t, File(file(t, data), Close, 0), "/x")
	head, body := answer(t, connection)
	if !strings.HasPrefix(head, "HTTP/1.0 200 OK\r\n") || strings.Contains(head, "Content-Length") ||
		!strings.Contains(head, "Content-Type: video/mpeg\r\n") {
		t.Errorf("the head is %q", head)
	}
	if body != string(data) {
		t.Errorf("%d bytes came", len(body))
	}
}

func TestARecordingTellsItsLengthAndAnyTypeCanBeTold(t *testing.T) {
	_, connection := visit(t, Service{Length: true, Type: "text/html",
		Parts: []Part{{Text: "<html>"}, {Garbage: 100_000}}}, "/x")
	head, body := answer(t, connection)
	if !strings.Contains(head, "Content-Length: 100006\r\n") || !strings.Contains(head, "Content-Type: text/html\r\n") {
		t.Errorf("the head is %q", head)
	}
	if len(body) != 100_006 || !strings.HasPrefix(body, "<html>") || strings.IndexByte(body, syncByte) >= 0 {
		t.Errorf("%d bytes came", len(body))
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	_, connection := visit(t, Service{}, "/y")
	if head, _ := answer(t, connection); !strings.HasPrefix(head, "HTTP/1.0 404 ") {
		t.Errorf("the head is %q", head)
	}
}

func TestAStreamIsSentInItsTime(t *testing.T) {
	data := stream(0, 100*milliseconds, 200*milliseconds)
	schedule := NewSchedule(data)
	r, connection := visit(t, File(file(t, data), Close, 2), "/x")
	_, body := answer(t, connection)
	lasted := time.Since(r.Visits("/x")[0].FirstByte)
	if body != string(data) {
		t.Errorf("%d bytes came", len(body))
	}
	if least := schedule.Duration() / 2; lasted < least-tick {
		t.Errorf("it lasted %v, not %v", lasted, least)
	}
}

func TestALoopJoinsWholePackets(t *testing.T) {
	data := stream(0, 20*milliseconds)
	_, connection := visit(t, File(file(t, append(data, 1, 2, 3)), Loop, 100), "/x")
	all := make([]byte, len(data)*5)
	if _, err := io.ReadFull(connection, all); err != nil {
		t.Fatal(err)
	}
	_, body, _ := bytes.Cut(all, []byte("\r\n\r\n"))
	if !bytes.HasPrefix(bytes.Repeat(data, 5), body) {
		t.Error("passes do not join")
	}
}

func TestAStreamCanFallSilent(t *testing.T) {
	for name, service := range map[string]Service{
		"after some bytes": {Then: Stall, Parts: []Part{{File: file(t, stream(0)), Limit: 500}}},
		"before the body":  {Then: Stall}, "before the head": {Mute: true},
	} {
		r, connection := visit(t, service, "/x")
		want := len(r.head(service)) + int(r.size(service))
		if service.Mute {
			want = 0
		}
		if _, err := io.ReadFull(connection, make([]byte, want)); err != nil {
			t.Fatal(err)
		}
		_ = connection.SetDeadline(time.Now().Add(20 * time.Millisecond))
		if more, err := io.ReadAll(connection); !errors.Is(err, os.ErrDeadlineExceeded) || len(more) > 0 {
			t.Errorf("%s: %d bytes more, %v", name, len(more), err)
		}
		if visits := len(r.Visits("/x")); visits != len(service.Parts) {
			t.Errorf("%s: %d visits", name, visits)
		}
	}
}

func TestAStreamCanBeReset(t *testing.T) {
	_, connection := visit(t, Service{Then: Reset, Parts: []Part{{Garbage: 10}}}, "/x")
	if _, err := io.ReadAll(connection); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("it ends with %v", err)
	}
}

func TestCloseEndsWhatRuns(t *testing.T) {
	r, connection := visit(t, Service{Then: Stall, Parts: []Part{{Text: "x"}}}, "/x")
	if _, err := connection.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	r.Close()
	if _, err := io.ReadAll(connection); err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", r.Address()); err == nil {
		t.Error("it still listens")
	}
}

func TestAFileThatIsMissingIsTold(t *testing.T) {
	if r, err := Start(Config{Services: map[string]Service{"/x": File("/nowhere.ts", Close, 0)}}); err == nil {
		r.Close()
		t.Error("it starts")
	}
}
