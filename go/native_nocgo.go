// SPDX-License-Identifier: MIT

//go:build !cgo

package transcoder

// native has no library behind it: open refuses, so that nothing else is ever
// called.
type native struct{}

const archiveHash = ""

func openNative(Options) (native, error) {
	return native{}, fail("open", ErrTranscoderUnavailable,
		"this program was built without cgo: build it with CGO_ENABLED=1, a C compiler, "+
			"and the archive that cmake/dev.sh build makes")
}

func (native) isOpen() bool              { return false }
func (native) process(_, _ []byte) int   { return codeInvalidArgument }
func (native) pending() int              { return 0 }
func (native) flush([]byte) int          { return codeInvalidArgument }
func (native) reset() int                { return codeInvalidArgument }
func (native) reason() string            { return "" }
func (native) stats() Stats              { return Stats{} }
func (native) stream(int) (Stream, bool) { return Stream{}, false }
func (native) nextEvent() (Event, bool)  { return Event{}, false }
func (native) free()                     {}
func libraryVersion() string             { return "none" }
func ffmpegVersion() string              { return "none" }
