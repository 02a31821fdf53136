// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"bytes"
	"net"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
)

func TestAPageInPlaceOfAStreamPasses(t *testing.T) {
	const page = "<html><body>the tuner is busy</body></html>"
	text := []receiver.Part{{Text: page}}
	r := receive(t, map[string]receiver.Service{
		"/html": {Parts: text, Type: "text/html"}, "/lie": {Parts: text}})
	d := start(t, "--upstream", r.URL())
	for path, kind := range map[string]string{"/html": "text/html", "/lie": "video/mpeg"} {
		got := get(t, "--write-out", "%{http_code} %{content_type}", d.url(path))
		if want := page + "200 " + kind; string(got) != want {
			t.Errorf("%s: got %q, not %q", path, got, want)
		}
	}
	if got := code(t, d.url("/other")); got != "404" {
		t.Errorf("a service that is not there: got %s", got)
	}
}

func TestAStreamWithTheTypeOfAPageIsRemuxed(t *testing.T) {
	service := receiver.File(demo(t), receiver.Stall, 0)
	service.Type = "text/html"
	r := receive(t, map[string]receiver.Service{"/x": service})
	want, _ := remuxed(t, demoData(t))
	got := runCurl(t, start(t, "--upstream", r.URL()).url("/x")).read(len(want))
	if !bytes.Equal(got, want) {
		t.Error("the bytes differ")
	}
}

func TestGigabytesOfGarbagePassInLittleMemory(t *testing.T) {
	const size, most = 2 << 30, 100 << 20
	r := receive(t, map[string]receiver.Service{"/x": {Parts: []receiver.Part{{Garbage: size}}}})
	d := start(t, "--upstream", r.URL())
	began := time.Now()
	client := runCurl(t, "--output", "/dev/null", "--write-out", "%{size_download}", d.url("/x"))
	peak, samples := 0.0, 0
	eventually(t, "all of it passes", func() bool {
		peak = max(peak, d.metric("process_resident_memory_bytes"))
		samples++
		return d.metric("xg2g_transcoder_bytes_total") == size
	})
	lasted := time.Since(began)
	if told, status := client.rest(); string(told) != strconv.Itoa(size) || status != 0 {
		t.Errorf("%s bytes came, and curl's status is %d", told, status)
	}
	t.Logf("2 GiB in %v; most memory %.1f MiB in %d samples", lasted.Round(time.Millisecond), peak/(1<<20), samples)
	if peak > most {
		t.Errorf("the daemon grew to %.0f MiB", peak/(1<<20))
	}
}

func TestGarbageWithinAStreamIsDroppedAndCounted(t *testing.T) {
	const size = 64 << 20
	path, data := demo(t), demoData(t)
	r := receive(t, map[string]receiver.Service{"/x": {Then: receiver.Stall,
		Parts: []receiver.Part{{File: path}, {Garbage: size}, {File: path}}}})
	d := start(t, "--upstream", r.URL(), "--client-buffer", "64MiB")
	want, _ := remuxed(t, slices.Concat(data, make([]byte, size), data))
	client := runCurl(t, d.url("/x"))
	got := client.read(len(want))
	if !bytes.Equal(got, want) {
		t.Error("what comes is not what the library makes of it")
	}
	half := len(got) / 2 / packetSize * packetSize
	checkBothSides(t, demoSound, got[:half], got[half:])
	told := d.stream("/x")
	t.Logf("%d bytes dropped in %d losses of sync", told.Stats.BytesDropped, told.Stats.SyncLosses)
	if told.Stats.BytesDropped != size || told.Stats.SyncLosses == 0 || told.Reconnects != 0 {
		t.Errorf("it is told as %+v", told)
	}
	if n := d.metric("xg2g_transcoder_sync_losses_total"); n != float64(told.Stats.SyncLosses) {
		t.Errorf("the metric counts %v losses of sync", n)
	}
}

func TestNothingFromUpstreamIsAGatewayTimeout(t *testing.T) {
	r := receive(t, map[string]receiver.Service{
		"/no-head": {Mute: true}, "/no-body": {Then: receiver.Stall}})
	d := start(t, "--upstream", r.URL(), "--stall-timeout", "1s", "--give-up", "2s")
	for _, path := range []string{"/no-head", "/no-body"} {
		began := time.Now()
		if got := code(t, d.url(path)); got != "504" {
			t.Errorf("%s: got %s, not 504", path, got)
		}
		if lasted := time.Since(began); lasted < time.Second || lasted > 10*time.Second {
			t.Errorf("%s: answered after %v", path, lasted)
		}
	}
}

func TestAReceiverThatIsOffIsABadGateway(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close() // Nobody listens there now.
	d := start(t, "--upstream", "http://"+address)
	if got := code(t, d.url("/x")); got != "502" {
		t.Errorf("got %s", got)
	}
	if got := code(t, d.url("/readyz")); got != "503" {
		t.Errorf("readyz answers %s", got)
	}
}

func TestAStreamThatIsCutOrFallsSilentIsFetchedAgain(t *testing.T) {
	part := []receiver.Part{{File: demo(t), Limit: packetSize*5000 + 77}}
	r := receive(t, map[string]receiver.Service{
		"/closed": {Parts: part}, "/silent": {Parts: part, Then: receiver.Stall},
		// A reset overtakes what is under way, so that it is sent in time.
		"/reset": {Parts: part, Then: receiver.Reset, Speed: 4}})
	d := start(t, "--upstream", r.URL(), "--stall-timeout", "200ms")
	live, _ := remuxed(t, demoData(t)[:part[0].Limit])
	for _, path := range []string{"/closed", "/reset", "/silent"} {
		t.Run(path[1:], func(t *testing.T) {
			client := runCurl(t, d.url(path))
			first := client.read(len(live))
			second := client.read(len(live))
			if !bytes.Equal(first, live) {
				t.Error("what came before is not what the library makes of it")
			}
			checkBothSides(t, demoSound, first, second)
			if told := d.stream(path); told.Reconnects == 0 {
				t.Error("no reconnect is counted")
			}
			client.leave()
		})
	}
}
