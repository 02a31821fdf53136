// SPDX-License-Identifier: MIT

// Package testenv finds what tests need besides the source: programs that the
// build made, recorded streams, and a stream that anyone can make.
package testenv

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// Root returns the project's folder.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..", "..")
}

// Program returns the path of a program that "cmake/dev.sh build" made. Its
// absence fails the test: what ships must be what was tested.
func Program(tb testing.TB, name string) string {
	tb.Helper()
	path := filepath.Join(Root(), "build", "release", "bin", name)
	if _, err := os.Stat(path); err != nil {
		tb.Fatalf("%s was not built: run cmake/dev.sh build (%v)", name, err)
	}
	return path
}

func capturesFolder() string {
	if named := os.Getenv("XG2G_CAPTURES_DIR"); named != "" {
		return named
	}
	return filepath.Join(Root(), "..", "shared", "captures")
}

// FindCaptures returns the paths of all recorded streams, none where they are
// absent.
func FindCaptures() []string {
	paths, _ := filepath.Glob(filepath.Join(capturesFolder(), "*.ts"))
	return paths
}

// Captures returns the paths of all recorded streams, and skips the test where
// they are absent.
func Captures(tb testing.TB) []string {
	tb.Helper()
	paths := FindCaptures()
	if len(paths) == 0 {
		tb.Skip("needs the captures")
	}
	return paths
}

// CapturePath returns the path of a recorded stream, and skips the test where it
// is absent.
func CapturePath(tb testing.TB, name string) string {
	tb.Helper()
	path := filepath.Join(capturesFolder(), name)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("needs the capture %s", name)
	}
	return path
}

// Capture returns a recorded stream, and skips the test where it is absent.
func Capture(tb testing.TB, name string) []byte {
	tb.Helper()
	return Read(tb, CapturePath(tb, name))
}

// Read returns a file's bytes.
func Read(tb testing.TB, path string) []byte {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

var demo struct {
	once sync.Once
	data []byte
	err  error
}

// DemoStream returns the stream of the project's demo, 20 s with MP2, AC-3 5.1,
// teletext and a guide. Its generator must have been built.
func DemoStream() ([]byte, error) {
	demo.once.Do(func() {
		folder, err := os.MkdirTemp("", "xg2g-demo")
		if err != nil {
			demo.err = err
			return
		}
		defer os.RemoveAll(folder)
		path := filepath.Join(folder, "demo.ts")
		generator := filepath.Join(Root(), "build", "release", "bin", "xg2g-make-demo-stream")
		if demo.err = exec.Command(generator, path).Run(); demo.err == nil {
			demo.data, demo.err = os.ReadFile(path)
		}
	})
	return demo.data, demo.err
}

// Demo returns DemoStream, or fails the test.
func Demo(tb testing.TB) []byte {
	tb.Helper()
	data, err := DemoStream()
	if err != nil {
		tb.Fatalf("no demo stream: run cmake/dev.sh build (%v)", err)
	}
	return data
}
