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
	"syscall"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// A process that does not end fails its test in this time.
const patience = 30 * time.Second

func TestWhatComesInGoesOutWhileTheInputIsOpen(t *testing.T) {
	stdin, feed := io.Pipe()
	watch, stdout := io.Pipe()
	var stderr bytes.Buffer
	status := make(chan int, 1)
	go func() {
		status <- run(context.Background(), []string{"remux", "-", "-"}, os.Getenv, stdin, stdout, &stderr)
		stdout.Close()
	}()
	stream := demoStart(t)
	half := len(stream) / 2
	go feed.Write(stream[:half])
	early := make([]byte, half/2)
	if _, err := io.ReadFull(watch, early); err != nil {
		t.Fatal(err)
	}
	go func() {
		feed.Write(stream[half:])
		feed.Close()
	}()
	rest, err := io.ReadAll(watch)
	if err != nil {
		t.Fatal(err)
	}
	if got := <-status; got != 0 {
		t.Errorf("status %d: %s", got, stderr.String())
	}
	if !bytes.Equal(append(early, rest...), reference(t, stream)) {
		t.Error("the bytes differ")
	}
}

func TestTheEndOfTheContextEndsTheStreamInGoodOrder(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stream := demoStart(t)
	stdin, feed := io.Pipe()
	defer feed.Close()
	go func() {
		feed.Write(stream)
		feed.Write(nil) // It has been taken when the next read waits.
		stop()
	}()
	var stdout, stderr bytes.Buffer
	status := run(ctx, []string{"remux", "-", "-"}, os.Getenv, stdin, &stdout, &stderr)
	if status != 0 || !strings.Contains(stderr.String(), aacRow) {
		t.Errorf("status %d: %s", status, stderr.String())
	}
	if want := reference(t, stream); !bytes.Equal(stdout.Bytes(), want) {
		t.Errorf("%d bytes, not the %d of a stream that ends there", stdout.Len(), len(want))
	}
}

func TestAStopBeforeItIsKnownWhatComesIsNoError(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stdin, feed := io.Pipe()
	defer feed.Close()
	go func() {
		feed.Write(make([]byte, 1000))
		feed.Write(nil)
		stop()
	}()
	var stdout, stderr bytes.Buffer
	if status := run(ctx, []string{"remux", "-", "-"}, os.Getenv, stdin, &stdout, &stderr); status != 0 {
		t.Errorf("status %d: %s", status, stderr.String())
	}
}

func TestAStopBeforeAnythingCameIsNoErrorAndLeavesNoFile(t *testing.T) {
	source, sink := filepath.Join(t.TempDir(), "source"), filepath.Join(t.TempDir(), "sink")
	for _, pipe := range []string{source, sink} {
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	silent, feed := io.Pipe()
	defer feed.Close()
	made, kept := filepath.Join(t.TempDir(), "new.ts"), write(t, "kept.ts", []byte("precious"))
	for name, paths := range map[string][]string{
		"opening a pipe to read":  {source, made},
		"opening a pipe to write": {"-", sink},
		"reading for a new file":  {"-", made},
		"reading for an old file": {"-", kept},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, stop := context.WithTimeout(context.Background(), 100*time.Millisecond)
			defer stop()
			var stdout, stderr bytes.Buffer
			if status := run(ctx, append([]string{"remux"}, paths...), os.Getenv, silent, &stdout, &stderr); status != 0 {
				t.Errorf("status %d: %s", status, stderr.String())
			}
		})
	}
	if _, err := os.Stat(made); !os.IsNotExist(err) {
		t.Errorf("a file is left: %v", err)
	}
	if got := testenv.Read(t, kept); string(got) != "precious" {
		t.Errorf("what was there is %q", got)
	}
}

// started runs the program with a pipe for its input and one for its output.
func started(t *testing.T, args ...string) (command *exec.Cmd, stdin, stdout *os.File, stderr *bytes.Buffer) {
	t.Helper()
	theirIn, stdin, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr = new(bytes.Buffer)
	command = program(t, args...)
	command.Stdin, command.Stdout, command.Stderr = theirIn, theirOut, stderr
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	theirIn.Close()
	theirOut.Close()
	killer := time.AfterFunc(patience, func() { command.Process.Kill() })
	t.Cleanup(func() {
		killer.Stop()
		stdin.Close()
		stdout.Close()
	})
	return command, stdin, stdout, stderr
}

// soundly is a part of the demo's start that has sound in it.
const soundly = 2000 * 188

// running waits until sound has left, so that signals find it at work.
func running(t *testing.T, stdin, stdout *os.File) {
	t.Helper()
	go stdin.Write(demoStart(t))
	if _, err := io.ReadFull(stdout, make([]byte, soundly)); err != nil {
		t.Fatal(err)
	}
}

func TestASignalEndsTheInputInGoodOrder(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			command, stdin, stdout, stderr := started(t, "remux", "-", "-")
			running(t, stdin, stdout)
			if err := command.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			rest, err := io.ReadAll(stdout)
			if err != nil {
				t.Fatal(err)
			}
			if err := command.Wait(); err != nil || len(rest)%188 != 0 {
				t.Errorf("%v, or %d bytes are no whole packets: %s", err, len(rest), stderr)
			}
			if !strings.Contains(stderr.String(), aacRow) {
				t.Errorf("no table: %s", stderr)
			}
		})
	}
}

func TestASecondSignalKills(t *testing.T) {
	command, stdin, stdout, _ := started(t, "remux", "-", "-")
	running(t, stdin, stdout)
	// Nobody reads on, so that the first signal cannot end it.
	go stdin.Write(bytes.Repeat(demoStart(t), 4))
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	for {
		command.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
			if status := command.ProcessState.Sys().(syscall.WaitStatus); status.Signal() != syscall.SIGTERM {
				t.Errorf("ended with %v", command.ProcessState)
			}
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func TestAReaderThatGoesAwayIsAnErrorOfWriting(t *testing.T) {
	command, stdin, stdout, stderr := started(t, "remux", "-", "-")
	stdout.Close()
	go stdin.Write(demoStart(t))
	err := command.Wait()
	if command.ProcessState.ExitCode() != 1 {
		t.Errorf("it ended with %v", err)
	}
	if !strings.HasSuffix(stderr.String(), "\nxg2gd: whoever read standard output has gone; the rest is not written\n") {
		t.Errorf("it says %s", stderr)
	}
}
