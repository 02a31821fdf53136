// SPDX-License-Identifier: MIT

//go:build cgo

package main

import (
	"bytes"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

func TestAProbeSaysWhatTheCProgramSays(t *testing.T) {
	in := write(t, "in.ts", testenv.Demo(t))
	for _, options := range []string{"", "--languages eng", "--json"} {
		t.Run(options, func(t *testing.T) {
			args := append(strings.Fields(options), in)
			want, err := exec.Command(testenv.Program(t, "xg2g-remux"), append([]string{"--probe"}, args...)...).Output()
			if err != nil {
				t.Fatal(err)
			}
			r := call(nil, append([]string{"probe"}, args...)...).succeeds(t)
			if options != "--json" && r.stdout != string(want) {
				t.Errorf("got\n%s\nnot\n%s", r.stdout, want)
			}
			if options == "--json" && !reflect.DeepEqual(decode(t, r.stdout), decode(t, string(want))) {
				t.Errorf("got\n%s\nnot\n%s", r.stdout, want)
			}
			if r.stderr != "" {
				t.Errorf("it says %s", r.stderr)
			}
		})
	}
}

func TestAQuietProbeSaysNothing(t *testing.T) {
	r := call(bytes.NewReader(demoStart(t)), "probe", "--quiet", "-").succeeds(t)
	if r.stdout != "" || r.stderr != "" {
		t.Errorf("got %+v", r)
	}
}

func TestAProbeOfAFileReadsAllOfIt(t *testing.T) {
	stream := testenv.Demo(t)
	object := decode(t, call(nil, "probe", "--json", write(t, "in.ts", stream)).succeeds(t).stdout)
	if got := object["bytes_in"].(float64); got != float64(len(stream)) {
		t.Errorf("%v bytes of %d", got, len(stream))
	}
}

func TestAProbeOfAPipeStopsAfterFiveSeconds(t *testing.T) {
	stream := testenv.Demo(t)
	object := decode(t, call(bytes.NewReader(stream), "probe", "--json", "-").succeeds(t).stdout)
	if seconds := object["stream_time"].(float64) / 27e6; seconds < 5 || seconds > 6 {
		t.Errorf("it read %v s", seconds)
	}
}

// clockless is packets without a PCR, and without an end.
type clockless struct{ read int }

func (c *clockless) Read(p []byte) (int, error) {
	n := len(p) / 188 * 188
	for i := range p[:n] {
		p[i] = 0xFF
		if i%188 < 4 {
			p[i] = [4]byte{0x47, 0x1F, 0xFF, 0x10}[i%188]
		}
	}
	c.read += n
	return n, nil
}

func TestAProbeOfAPipeStopsWhereNothingTellsTheTime(t *testing.T) {
	var endless clockless
	r := call(&endless, "probe", "-").succeeds(t)
	if endless.read < 64<<20 || endless.read > 64<<20+readSize {
		t.Errorf("it read %d bytes", endless.read)
	}
	if !strings.HasPrefix(r.stdout, "No program was announced\n") {
		t.Errorf("got %s", r.stdout)
	}
}
