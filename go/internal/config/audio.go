// SPDX-License-Identifier: MIT

package config

import (
	"fmt"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

// Audio returns the settings of what becomes of sound. They have the names that
// xg2g-remux gives them.
func Audio(to *transcoder.Options) []Setting {
	return []Setting{
		{Name: "rate", Env: "XG2G_AUDIO_RATE", Takes: "a sample rate in Hz, 8000 to 96000", Default: "48000",
			Help: "Sample rate of the AAC.", set: toNumber(&to.SampleRate, 1)},
		{Name: "channels", Env: "XG2G_AUDIO_CHANNELS", Takes: "a number, 1 to 6 or 8", Default: "2",
			Help: "Channels of the AAC.", set: toNumber(&to.Channels, 1)},
		{Name: "bit-rate", Env: "XG2G_AUDIO_BITRATE", Takes: "bits a second, 32k to 512k", Default: "192k",
			Help: "Bit rate of the AAC.", set: toBitRate(&to.BitRate)},
		{Name: "languages", Env: "XG2G_AUDIO_LANGUAGES", Takes: "codes, as deu,eng", Many: true,
			Help:  "Transcode only tracks in these languages; the others pass.",
			clear: func() { to.Languages = nil }, set: func(code string) error {
				to.Languages = append(to.Languages, code)
				return nil
			}},
		{Name: "first-only", Env: "XG2G_AUDIO_FIRST_ONLY",
			Help: "In each program transcode only the first track that can be.", set: toSwitch(&to.FirstOnly)},
		{Name: "program", Env: "XG2G_PROGRAM", Takes: "a program_number, 1 to 65535",
			Help: "Transcode only in this program; the others pass.", set: toNumber(&to.Program, 1)},
		{Name: "dual-mono", Env: "XG2G_AUDIO_DUAL_MONO", Takes: "left, right or both", Default: "left",
			Help: "Which channel is kept where two languages share one stereo track.",
			set: toChoice(&to.DualMono, []string{"left", "right", "both"}, []transcoder.DualMono{
				transcoder.DualMonoLeft, transcoder.DualMonoRight, transcoder.DualMonoBoth})},
		{Name: "drc", Env: "XG2G_AUDIO_DRC", Takes: "a percentage, 0 to 100", Default: "100",
			Help: "How much of the dynamic range control that an AC-3 broadcaster asks for is applied.",
			set:  toDRC(&to.DRCPercent)},
	}
}

func toDRC(to *int) func(string) error {
	number := toNumber(to, 0)
	return func(value string) error {
		err := number(value)
		if err == nil && *to == 0 {
			*to = transcoder.DRCNone
		}
		return err
	}
}

// CheckAudio asks the library whether it can do what was asked for.
func CheckAudio(options transcoder.Options) error {
	remuxer, err := transcoder.New(options)
	if err != nil {
		return fmt.Errorf("audio: %w", err)
	}
	return remuxer.Close()
}
