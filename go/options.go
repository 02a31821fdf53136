// SPDX-License-Identifier: MIT

package transcoder

import (
	"fmt"
	"math"
	"strings"
)

// PacketSize is the size of a transport packet in bytes (ISO/IEC 13818-1,
// 2.4.3.2), and the least that dst of ProcessInto must hold.
const PacketSize = 188

// DualMono chooses from sound that carries two languages as two channels.
type DualMono int

// The values of enum xg2g_dual_mono.
const (
	DualMonoLeft  DualMono = iota // The first channel on both sides.
	DualMonoRight                 // The second channel on both sides.
	DualMonoBoth                  // Each channel on its own side.
)

// DRCNone switches dynamic range control off; see Options.DRCPercent.
const DRCNone = -1

// Options say how audio is chosen and what it becomes. The zero value has the
// defaults.
type Options struct {
	SampleRate int // Hz, one of AAC's 8000 to 96000; 0 for 48000.
	Channels   int // 1 to 6, or 8; 0 for 2.
	BitRate    int // bit/s, 32000 to 512000; 0 for 192000.

	Program   int      // program_number to transcode; 0 for all.
	Languages []string // ISO 639 codes to transcode; none for all.
	FirstOnly bool     // In each program only the first track that can be.

	DualMono DualMono
	// DRCPercent is how much of A/52 dynamic range control is applied, 1 to
	// 100; 0 for 100, DRCNone for none of it.
	DRCPercent int
}

const (
	defaultSampleRate = 48_000
	defaultChannels   = 2
	defaultBitRate    = 192_000
	defaultDRCPercent = 100
)

func valueOr(value, otherwise int) int {
	if value == 0 {
		return otherwise
	}
	return value
}

// withDefaults returns the options with every number spelled out, as the C
// structure wants them.
func (o Options) withDefaults() Options {
	o.SampleRate = valueOr(o.SampleRate, defaultSampleRate)
	o.Channels = valueOr(o.Channels, defaultChannels)
	o.BitRate = valueOr(o.BitRate, defaultBitRate)
	if o.DRCPercent == DRCNone {
		o.DRCPercent = 0
	} else {
		o.DRCPercent = valueOr(o.DRCPercent, defaultDRCPercent)
	}
	return o
}

// check refuses what could not even be handed to the library; the library
// checks the rest.
func (o Options) check() error {
	numbers := []struct {
		name  string
		value int
	}{
		{"sample_rate", o.SampleRate}, {"channels", o.Channels},
		{"bit_rate", o.BitRate}, {"program", o.Program},
		{"dual_mono", int(o.DualMono)}, {"drc_percent", o.DRCPercent},
	}
	for _, n := range numbers {
		if n.value < math.MinInt32 || n.value > math.MaxInt32 {
			return fail("open", ErrInvalidInput,
				fmt.Sprintf("%s %d is not possible", n.name, n.value))
		}
	}
	for _, code := range o.Languages {
		if code == "" || strings.ContainsAny(code, ",\x00") {
			return fail("open", ErrInvalidInput,
				fmt.Sprintf("language %q is not possible: three letters of ISO 639-2 or two of ISO 639-1 are", code))
		}
	}
	return nil
}
