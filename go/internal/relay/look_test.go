// SPDX-License-Identifier: MIT

package relay

import "testing"

func TestAContentTypeDeclaresAStreamOrNot(t *testing.T) {
	for kind, want := range map[string]bool{
		"video/mp2t": true, "video/mpeg": true, "Video/MP2T; x=y": true, "application/octet-stream": true,
		"": true, " ": true, "audio/mpeg": true,
		"text/html": false, "application/vnd.apple.mpegurl": false, "image/png": false, "a;;b": false,
	} {
		if got := DeclaresStream(kind); got != want {
			t.Errorf("%q: got %v", kind, got)
		}
	}
}

func TestABodyOfAnotherTypeIsLetGoAsSoonAsItShows(t *testing.T) {
	long := make([]byte, undeclaredLimit+1)
	long[0] = 0x47
	for _, c := range []struct {
		prefix string
		other  bool
	}{
		{"", false}, {"G", false}, {"<htm", false}, {"<html", true}, {"GIF89a", false},
		{"\x00\x00\x00\x00G", false}, {string(long), true},
	} {
		if got := isOther([]byte(c.prefix)); got != c.other {
			t.Errorf("%.10q: got %v", c.prefix, got)
		}
	}
}
