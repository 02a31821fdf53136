// SPDX-License-Identifier: MIT

// Package upstream knows the receivers and asks them, and nobody else, for
// streams.
package upstream

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Target is a receiver.
type Target struct {
	Name string // "" for the one that gets every path.
	base *url.URL
}

var namePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// Parse reads "http://receiver:8001" or "name=http://receiver:8001".
func Parse(text string) (Target, error) {
	name, address, named := strings.Cut(text, "=")
	if !named || strings.Contains(name, "/") {
		name, address = "", text
	} else if !namePattern.MatchString(name) {
		return Target{}, fmt.Errorf("the name %q is not possible: letters, digits, '.', '_' and '-' are", name)
	}
	base, err := url.Parse(address)
	if err != nil || (base.Scheme != "http" && base.Scheme != "https") || base.Hostname() == "" ||
		!isPort(base.Port()) || base.RawQuery != "" || base.Fragment != "" {
		return Target{}, fmt.Errorf("%q is not possible: an address as http://receiver:8001 or name=http://receiver:8001 is", redact(text))
	}
	base.Path = strings.TrimRight(base.Path, "/")
	base.RawPath = strings.TrimRight(base.RawPath, "/")
	return Target{Name: name, base: base}, nil
}

// isPort takes "" for the scheme's own.
func isPort(text string) bool {
	if text == "" {
		return true
	}
	port, err := strconv.ParseUint(text, 10, 16)
	return err == nil && port > 0
}

// redact keeps a password out of logs, also where the address is no address.
func redact(text string) string {
	at := strings.LastIndex(text, "@")
	if at < 0 {
		return text
	}
	scheme, _, _ := strings.Cut(text[:at], "//")
	return scheme + "//..." + text[at:]
}

// String returns the name, or the address where there is none.
func (t Target) String() string {
	if t.Name != "" {
		return t.Name
	}
	return t.base.Host
}

// Address returns host and port, for a connection.
func (t Target) Address() string {
	if t.base.Port() != "" {
		return t.base.Host
	}
	if t.base.Scheme == "https" {
		return net.JoinHostPort(t.base.Hostname(), "443")
	}
	return net.JoinHostPort(t.base.Hostname(), "80")
}

// url returns where a path, escaped as it came, is at the target.
func (t Target) url(escapedPath, query string) (*url.URL, error) {
	path, err := url.PathUnescape(escapedPath)
	if err != nil {
		return nil, err
	}
	to := *t.base
	to.RawPath = to.EscapedPath() + escapedPath
	to.Path += path
	to.RawQuery = query
	return &to, nil
}

// Targets are the receivers that are configured.
type Targets []Target

// Check refuses two that could not be told apart.
func (t Targets) Check() error {
	seen := map[string]bool{}
	for _, target := range t {
		if seen[target.Name] && target.Name == "" {
			return fmt.Errorf("two upstreams have no name: give them one, as in living=http://receiver:8001")
		}
		if seen[target.Name] {
			return fmt.Errorf("two upstreams are named %q", target.Name)
		}
		seen[target.Name] = true
	}
	return nil
}

// Find returns the target of a request and the escaped path that it is asked
// for: /name/path goes to the one of that name, all else to the one without.
func (t Targets) Find(r *http.Request) (target Target, escapedPath string, ok bool) {
	whole := r.URL.EscapedPath()
	name, rest, _ := strings.Cut(strings.TrimPrefix(whole, "/"), "/")
	var fallback *Target
	for i := range t {
		switch t[i].Name {
		case "":
			fallback = &t[i]
		case name:
			return t[i], "/" + rest, true
		}
	}
	if fallback == nil || !strings.HasPrefix(whole, "/") {
		return Target{}, "", false
	}
	return *fallback, whole, true
}
