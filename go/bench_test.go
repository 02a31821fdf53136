// SPDX-License-Identifier: MIT

//go:build cgo

package transcoder_test

import (
	"testing"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// benchmark runs a stream through again and again, a new source each time.
func benchmark(b *testing.B, stream []byte, piece int,
	process func(*transcoder.AudioRemuxer, []byte) error) {
	remuxer := open(b, transcoder.Options{})
	b.SetBytes(int64(len(stream)))
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		for rest := stream; len(rest) > 0; {
			n := min(piece, len(rest))
			if err := process(remuxer, rest[:n]); err != nil {
				b.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := remuxer.Reset(); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	stats := remuxer.Stats()
	if stats.FramesOut == 0 {
		b.Fatal("no sound was transcoded")
	}
	b.ReportMetric(float64(b.Elapsed())/float64(time.Millisecond)/float64(b.N), "ms/op")
	b.ReportMetric(stats.StreamTime.Seconds()/b.Elapsed().Seconds(), "x_realtime")
}

func benchmarkInto(b *testing.B, stream []byte, piece int) {
	dst := make([]byte, 1<<20)
	benchmark(b, stream, piece, func(r *transcoder.AudioRemuxer, src []byte) error {
		_, err := r.ProcessInto(dst, src)
		return err
	})
}

func BenchmarkProcessInto(b *testing.B) {
	for _, c := range []struct{ name, capture string }{
		{"MP2", "bbcnews_206.ts"},
		{"AC3x3", "canalsat_2prog_ac3_035.ts"},
		{"EAC3x3", "france2_026.ts"},
	} {
		b.Run(c.name, func(b *testing.B) {
			benchmarkInto(b, testenv.Capture(b, c.capture), 64*1024)
		})
	}
	b.Run("demo", func(b *testing.B) { benchmarkInto(b, testenv.Demo(b), 64*1024) })
	b.Run("demo in packets", func(b *testing.B) { benchmarkInto(b, testenv.Demo(b), 7*188) })
}

func BenchmarkProcess(b *testing.B) {
	benchmark(b, testenv.Demo(b), 64*1024, func(r *transcoder.AudioRemuxer, src []byte) error {
		_, err := r.Process(src)
		return err
	})
}

func BenchmarkOpenAndClose(b *testing.B) {
	b.ReportAllocs()
	for range b.N {
		remuxer, err := transcoder.New(transcoder.Options{})
		if err != nil {
			b.Fatal(err)
		}
		remuxer.Close()
	}
}
