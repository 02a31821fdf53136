// SPDX-License-Identifier: MIT

package upstream

import (
	"net/http"
	"testing"
)

func parse(t *testing.T, text string) Target {
	t.Helper()
	target, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

func TestATargetKnowsItsNameAndAddress(t *testing.T) {
	cases := []struct{ text, shown, address string }{
		{"http://receiver:8001", "receiver:8001", "receiver:8001"},
		{"http://receiver", "receiver", "receiver:80"},
		{"https://[::1]/web/", "[::1]", "[::1]:443"},
		{"living=http://root:pw@box:8001", "living", "box:8001"},
		{"http://box:8001/a=b", "box:8001", "box:8001"},
	}
	for _, c := range cases {
		target := parse(t, c.text)
		if target.String() != c.shown || target.Address() != c.address {
			t.Errorf("%s: got %s at %s", c.text, target, target.Address())
		}
	}
}

func TestAPathIsAskedForAsItCame(t *testing.T) {
	cases := []struct{ base, path, want string }{
		{"http://box:8001", "/1:0:1:2B66:3F3:1:C00000:0:0:0:", "http://box:8001/1:0:1:2B66:3F3:1:C00000:0:0:0:"},
		{"http://box:8001/", "/x", "http://box:8001/x"},
		{"http://box/web", "/x%2Fy", "http://box/web/x%2Fy"},
		{"http://box", "//evil.example/x", "http://box//evil.example/x"},
		{"http://box", "/http%3a//a%3a80/x", "http://box/http%3a//a%3a80/x"},
	}
	for _, c := range cases {
		got, err := parse(t, c.base).url(c.path, "q=%20")
		if err != nil || got.String() != c.want+"?q=%20" {
			t.Errorf("%s at %s: got %s, %v", c.path, c.base, got, err)
		}
	}
}

func TestLocationsAtTheTargetLeadThroughTheRelay(t *testing.T) {
	cases := []struct{ base, location, want string }{
		{"http://box:8001", "http://box:8001/x?y=1", "/x?y=1"},
		{"http://box:8001", "http://other:8001/x", "http://other:8001/x"},
		{"http://box:8001", "/x", "/x"},
		{"http://box:8001", "x", "x"},
		{"kitchen=http://box:8001", "/x", "/kitchen/x"},
		{"kitchen=http://box:8001/web", "http://box:8001/web/x", "/kitchen/x"},
		{"http://box", "http://[", "http://["},
		{"http://box", "http://box//evil.example/x", "/.//evil.example/x"},
		{"http://box", "http://box", "/"},
		{"http://box/base", "http://box/basement/x", "http://box/basement/x"},
		{"http://box/base", "/other", "http://box/other"},
		{"http://root:pw@box/base", "/other", "http://box/other"},
		{"http://box", "https://box/x", "https://box/x"},
		{"http://box", "http://guest:pw@other/a/../b", "http://guest:pw@other/a/../b"},
		{"https://box", "//other/x", "https://other/x"},
	}
	for _, c := range cases {
		if got := parse(t, c.base).Relocate(c.location); got != c.want {
			t.Errorf("%s at %s: got %s, not %s", c.location, c.base, got, c.want)
		}
	}
}

func TestWhatHoldsForOneConnectionIsTakenOut(t *testing.T) {
	header := http.Header{"Connection": {"close, X-One"}, "X-One": {"1"}, "Te": {"trailers"},
		"Transfer-Encoding": {"chunked"}, "Upgrade": {"h2c"}, "X-Two": {"2"}}
	RemoveHopByHop(header)
	if len(header) != 1 || header.Get("X-Two") != "2" {
		t.Errorf("left: %v", header)
	}
}

func TestAPasswordOfTheUpstreamWinsOverTheClients(t *testing.T) {
	request := Request{Target: parse(t, "http://root:pw@box"), Header: http.Header{"Authorization": {"Basic x"}}}
	if request.header().Get("Authorization") != "" {
		t.Error("the client's would be sent")
	}
	request.Target = parse(t, "http://box")
	if request.header().Get("Authorization") != "Basic x" {
		t.Error("the client's is lost")
	}
}
