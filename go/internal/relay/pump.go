// SPDX-License-Identifier: MIT

package relay

import (
	"errors"
	"io"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
)

// readSize is what is asked for at once: what a socket tends to hold.
const readSize = 64 * 1024

// LookLimit is how much may come before the first packet: after so many bytes
// without one, the remuxer answers ErrNotTS.
const LookLimit = 64 * 1024

// Pump carries a source that may be made to wait, to its end. It answers
// ErrNotTS as soon as no packets are in its first LookLimit bytes.
func Pump(source io.Reader, filter *Filter, stream *status.Stream) error {
	buffer := make([]byte, readSize)
	for taken := 0; ; {
		n, err := source.Read(buffer)
		if n > 0 {
			taken += n
			stream.Received(n)
			if err := filter.Write(buffer[:n], time.Now()); err != nil {
				return err
			}
			if taken > LookLimit && !filter.IsStream() {
				return transcoder.ErrNotTS
			}
		}
		if errors.Is(err, io.EOF) {
			return filter.Flush()
		}
		if err != nil {
			if failed := filter.Flush(); !errors.Is(failed, transcoder.ErrNotTS) {
				err = errors.Join(err, failed)
			}
			return err
		}
	}
}
