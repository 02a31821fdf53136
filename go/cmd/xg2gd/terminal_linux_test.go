// SPDX-License-Identifier: MIT

//go:build cgo

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal returns both ends of a pseudo-terminal of 100 columns: what a person
// sees and what a program writes to.
func terminal(t *testing.T) (person, theirs *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("needs pseudo-terminals: %v", err)
	}
	fd := int(person.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 100}); err != nil {
		t.Fatal(err)
	}
	theirs, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		theirs.Close()
		person.Close()
	})
	return person, theirs
}

// onTerminal returns what is seen where standard error is a terminal.
func onTerminal(t *testing.T, stdin io.Reader, args ...string) string {
	t.Helper()
	person, theirs := terminal(t)
	command := program(t, args...)
	command.Stdin, command.Stderr = stdin, theirs
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	seen, _ := io.ReadAll(person) // Ends with EIO when the program has ended.
	if err := command.Wait(); err != nil {
		t.Errorf("%v: %s", err, seen)
	}
	return string(seen)
}

func TestATerminalShowsProgressAndThenTheTable(t *testing.T) {
	in := write(t, "in.ts", demoStart(t))
	seen := onTerminal(t, nil, "remux", in, "-")
	if !strings.HasPrefix(seen, clearLine+"[") || !strings.Contains(seen, " %  ") {
		t.Errorf("no bar: %q", seen)
	}
	if !strings.Contains(seen, clearLine+"PID ") || !strings.Contains(seen, aacRow) {
		t.Errorf("no table in the line's place: %q", seen)
	}
}

func TestOfAPipeNobodyKnowsHowMuchIsLeft(t *testing.T) {
	seen := onTerminal(t, bytes.NewReader(demoStart(t)), "remux", "-", "/dev/null")
	if strings.Contains(seen, "%") || !strings.Contains(seen, " x  errors 0") {
		t.Errorf("got %q", seen)
	}
}

func TestQuietShowsNothingOnATerminal(t *testing.T) {
	if seen := onTerminal(t, bytes.NewReader(demoStart(t)), "remux", "--quiet", "-", "-"); seen != "" {
		t.Errorf("got %q", seen)
	}
}

func TestAStreamIsNotWrittenToATerminal(t *testing.T) {
	_, theirs := terminal(t)
	var stderr bytes.Buffer
	status := run(context.Background(), []string{"remux", "-", "-"}, os.Getenv, bytes.NewReader(nil), theirs, &stderr)
	result{status: status, stderr: stderr.String()}.fails(t, 2, "standard output is a terminal; give OUT a name")
}
