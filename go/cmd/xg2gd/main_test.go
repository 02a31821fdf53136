// SPDX-License-Identifier: MIT

//go:build cgo

package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// asProgram makes the test's binary behave as xg2gd.
const asProgram = "XG2GD_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// program returns xg2gd as a process, for what only a process can show.
func program(tb testing.TB, args ...string) *exec.Cmd {
	tb.Helper()
	path, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	command := exec.Command(path, args...)
	command.Env = append(os.Environ(), asProgram+"=1")
	return command
}

type result struct {
	status         int
	stdout, stderr string
}

// call runs a command to its end, in this process and an empty environment.
func call(stdin io.Reader, args ...string) result {
	return callIn(func(string) string { return "" }, stdin, args...)
}

func callIn(getenv func(string) string, stdin io.Reader, args ...string) result {
	var stdout, stderr bytes.Buffer
	status := run(context.Background(), args, getenv, stdin, &stdout, &stderr)
	return result{status, stdout.String(), stderr.String()}
}

// fails wants one line on standard error that holds words, and nothing else.
func (r result) fails(tb testing.TB, status int, words string) {
	tb.Helper()
	if r.status != status {
		tb.Errorf("status %d, not %d", r.status, status)
	}
	isOneLine := strings.Count(r.stderr, "\n") == 1 && strings.HasSuffix(r.stderr, "\n")
	if !strings.HasPrefix(r.stderr, "xg2gd: ") || !isOneLine {
		tb.Errorf("standard error is not one line of xg2gd: %q", r.stderr)
	}
	if !strings.Contains(r.stderr, words) {
		tb.Errorf("%q does not say %q", r.stderr, words)
	}
	if r.stdout != "" {
		tb.Errorf("standard output holds %.80q", r.stdout)
	}
}

func (r result) succeeds(tb testing.TB) result {
	tb.Helper()
	if r.status != 0 {
		tb.Fatalf("status %d: %s", r.status, r.stderr)
	}
	return r
}

// write makes a file and returns its path.
func write(tb testing.TB, name string, data []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// reference returns what the C program makes of a stream.
func reference(tb testing.TB, stream []byte, args ...string) []byte {
	tb.Helper()
	command := exec.Command(testenv.Program(tb, "xg2g-remux"), append(args, "--quiet", "-", "-")...)
	command.Stdin = bytes.NewReader(stream)
	out, err := command.Output()
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func TestWithoutACommandUsageIsShownAsAnError(t *testing.T) {
	r := call(nil)
	if r.status != 2 || r.stdout != "" || r.stderr != overview() {
		t.Errorf("got %+v", r)
	}
}

func TestAnUnknownCommandIsNamedAndUsageIsShown(t *testing.T) {
	r := call(nil, "transmogrify", "a", "b")
	if r.status != 2 || r.stdout != "" || r.stderr != "xg2gd: transmogrify is no command\n"+overview() {
		t.Errorf("got %+v", r)
	}
}

func TestTheOverviewNamesEveryCommand(t *testing.T) {
	for _, c := range commands() {
		if !strings.Contains(overview(), "\n  "+c.name+" ") || !strings.Contains(overview(), c.summary) {
			t.Errorf("%s is absent", c.name)
		}
	}
}
