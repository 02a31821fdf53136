// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
)

// runReceiver starts a receiver that is a process of its own, so that it can be
// killed, and returns where it listens.
func runReceiver(t *testing.T, config receiver.Config) (address string, kill func()) {
	t.Helper()
	text, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), asReceiver+"="+string(text))
	command.Stderr = os.Stderr
	// It ends with its standard input: with this process at the latest.
	if _, err := command.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	kill = func() {
		_ = command.Process.Kill() // SIGKILL.
		_ = command.Wait()
	}
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the receiver does not start: %v", err)
	}
	return strings.TrimSpace(line), kill
}

func TestAKilledReceiversStreamGoesOnFromTheNextOne(t *testing.T) {
	config := receiver.Config{Services: map[string]receiver.Service{
		"/x": receiver.File(demo(t), receiver.Loop, 1)}}
	address, kill := runReceiver(t, config)
	d := start(t, "--upstream", "http://"+address)
	client := runCurl(t, d.url("/x"))
	const part = packetSize * 4000
	got := client.read(part)
	before := d.stream("/x")
	kill()
	eventually(t, "the loss is noticed", func() bool { return d.stream("/x").State == "reconnecting" })
	config.Address = address
	runReceiver(t, config)
	eventually(t, "the stream goes on", func() bool { return d.stream("/x").State == "streaming" })
	after := d.stream("/x")
	if before.Reconnects != 0 || after.Reconnects == 0 {
		t.Errorf("%d reconnects before and %d after", before.Reconnects, after.Reconnects)
	}
	got = append(got, client.read(int(after.BytesOut)/packetSize*packetSize-part)...)
	next := client.read(part)
	checkBothSides(t, demoSound, got, next)
	if told := d.log(); strings.Count(told, "stream begins") != 1 {
		t.Error("the client did not stay")
	}
}
