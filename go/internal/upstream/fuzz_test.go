// SPDX-License-Identifier: MIT

package upstream

import (
	"strings"
	"testing"
)

// FuzzParse takes any address and asks it for any path: it never goes to another
// host than the address names, and tells no password.
func FuzzParse(f *testing.F) {
	f.Add("http://receiver:8001", "/1:0:1:2B66:3F3:1:C00000:0:0:0:", "/x")
	f.Add("living=http://root:pw@box/web", "//other.example/x", "http://box/web/x?y")
	f.Add("https://[::1]", "/%2e%2e/@other.example", "http://[")
	f.Fuzz(func(t *testing.T, address, path, location string) {
		target, err := Parse(address)
		if err != nil {
			return
		}
		if to, err := target.url("/"+path, ""); err == nil {
			if to.Host != target.base.Host || to.Scheme != target.base.Scheme {
				t.Errorf("%q at %q leads to %q", path, address, to)
			}
		}
		if password, set := target.base.User.Password(); set && len(password) > 3 &&
			strings.Contains(target.String(), password) && !strings.Contains(target.base.Host+target.Name, password) {
			t.Errorf("%q tells its password", address)
		}
		_ = target.Relocate(location)
	})
}
