// SPDX-License-Identifier: MIT

//go:build !cgo

package transcoder_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

func TestWithoutCgoEveryConstructorSaysWhatToDo(t *testing.T) {
	_, newErr := transcoder.New(transcoder.Options{})
	_, oldErr := transcoder.NewRustAudioRemuxer(48000, 2, 192000)
	_, readErr := transcoder.NewReader(bytes.NewReader(nil), transcoder.Options{}).Read(make([]byte, 1))
	_, writeErr := transcoder.NewWriter(io.Discard, transcoder.Options{}).Write([]byte{0x47})
	for _, err := range []error{newErr, oldErr, readErr, writeErr} {
		if !errors.Is(err, transcoder.ErrTranscoderUnavailable) {
			t.Errorf("got %v", err)
		} else if !strings.Contains(err.Error(), "CGO_ENABLED=1") {
			t.Errorf("%q does not say what to do", err)
		}
	}
	if transcoder.LastError() == "" || transcoder.Version() != "none" {
		t.Errorf("got %q, %q", transcoder.LastError(), transcoder.Version())
	}
}
