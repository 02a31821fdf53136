// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// curl is a curl that runs; what it is sent comes from out.
type curl struct {
	t       *testing.T
	command *exec.Cmd
	out     *os.File
	errors  bytes.Buffer
}

// runCurl starts a curl, which the end of the test ends.
func runCurl(t *testing.T, args ...string) *curl {
	t.Helper()
	args = append([]string{"--silent", "--show-error", "--no-buffer", "--noproxy", "*"}, args...)
	c := &curl{t: t, command: exec.Command("curl", args...)}
	c.command.Stderr = &c.errors
	out, err := c.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.out = out.(*os.File)
	if err := c.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.leave)
	return c
}

// leave ends curl as a person does who turns to another channel.
func (c *curl) leave() {
	_ = c.command.Process.Kill()
	_ = c.command.Wait()
}

// read reads n bytes, or fails the test where they do not come in time.
func (c *curl) read(n int) []byte {
	c.t.Helper()
	data := make([]byte, n)
	_ = c.out.SetReadDeadline(time.Now().Add(patience))
	if got, err := io.ReadFull(c.out, data); err != nil {
		c.t.Fatalf("%d bytes of %d came: %v", got, n, err)
	}
	return data
}

// rest reads to the end and returns curl's exit status.
func (c *curl) rest() (data []byte, status int) {
	c.t.Helper()
	_ = c.out.SetReadDeadline(time.Now().Add(2 * patience))
	data, err := io.ReadAll(c.out)
	if err != nil {
		c.t.Fatalf("after %d bytes: %v", len(data), err)
	}
	return data, c.status()
}

// status waits for curl's end and returns its exit status.
func (c *curl) status() int {
	c.t.Helper()
	var failure *exec.ExitError
	if err := c.command.Wait(); err != nil && !errors.As(err, &failure) {
		c.t.Fatal(err)
	}
	return c.command.ProcessState.ExitCode()
}

// get fetches all there is.
func get(t *testing.T, args ...string) []byte {
	t.Helper()
	c := runCurl(t, args...)
	data, status := c.rest()
	if status != 0 {
		t.Fatalf("curl %s: status %d, %s", strings.Join(args, " "), status, c.errors.String())
	}
	return data
}

// code returns the status of an answer.
func code(t *testing.T, args ...string) string {
	t.Helper()
	return string(get(t, append([]string{"--output", "/dev/null", "--write-out", "%{http_code}"}, args...)...))
}
