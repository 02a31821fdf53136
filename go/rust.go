// SPDX-License-Identifier: MIT

package transcoder

// RustAudioRemuxer is the name that this type had before.
//
// Deprecated: Use [AudioRemuxer].
type RustAudioRemuxer = AudioRemuxer

// NewRustAudioRemuxer is the name that this function had before.
//
// Deprecated: Use [NewAudioRemuxer].
func NewRustAudioRemuxer(sampleRate, channels, bitrate int) (*RustAudioRemuxer, error) {
	return NewAudioRemuxer(sampleRate, channels, bitrate)
}
