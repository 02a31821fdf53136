// SPDX-License-Identifier: MIT

package relay

import (
	"errors"
	"io"
	"mime"
	"strings"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/status"
)

// undeclaredLimit is how much is looked at where the type says that there is no
// stream.
const undeclaredLimit = 2 * 1024

// DeclaresStream says whether a content type stands for a transport stream:
// receivers send video/mpeg, application/octet-stream, or none.
func DeclaresStream(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return strings.TrimSpace(contentType) == ""
	}
	return strings.HasPrefix(kind, "video/") || kind == "application/octet-stream" ||
		kind == "audio/mpeg" || kind == "audio/mp2t"
}

// MayBeStream says whether a content type is one that streams have, rather than
// one that other video has.
func MayBeStream(contentType string) bool {
	kind, _, _ := mime.ParseMediaType(contentType)
	return DeclaresStream(contentType) && (!strings.HasPrefix(kind, "video/") || kind == "video/mpeg" || kind == "video/mp2t")
}

// Look reads body until it is known whether it is a transport stream, whatever
// its type says. What is read goes to the filter, and where it is none, comes
// back as prefix. It waits for no more bytes than it takes to know.
func Look(body io.Reader, contentType string, filter *Filter, stream *status.Stream) (isStream bool, prefix []byte, err error) {
	declared := DeclaresStream(contentType)
	buffer := make([]byte, readSize)
	for {
		n, err := body.Read(buffer)
		if n > 0 {
			stream.Received(n)
			prefix = append(prefix, buffer[:n]...)
			if err := filter.Write(buffer[:n], time.Now()); err != nil {
				return true, nil, err
			}
		}
		if filter.IsStream() {
			return true, nil, nil
		}
		if errors.Is(err, io.EOF) {
			return endedEarly(filter, prefix)
		}
		if err != nil {
			return false, prefix, err
		}
		if len(prefix) > LookLimit || (!declared && isOther(prefix)) {
			return false, prefix, nil
		}
	}
}

// endedEarly decides on a body that is too short to be sure of.
func endedEarly(filter *Filter, prefix []byte) (bool, []byte, error) {
	err := filter.Flush()
	if errors.Is(err, transcoder.ErrNotTS) || (err == nil && filter.Written() == 0) {
		return false, prefix, nil
	}
	return true, nil, err
}

// isOther says that a body with the type of something else is that: no packet
// begins it, with or without a timestamp of 4 bytes before it.
func isOther(prefix []byte) bool {
	const syncByte = 0x47 // ISO/IEC 13818-1, 2.4.3.3
	if len(prefix) > undeclaredLimit {
		return true
	}
	begins := len(prefix) == 0 || prefix[0] == syncByte
	return !begins && len(prefix) > 4 && prefix[4] != syncByte
}
