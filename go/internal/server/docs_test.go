// SPDX-License-Identifier: MIT

//go:build cgo

package server

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

func TestTheOperatorsPageNamesEverySettingAndEveryMetric(t *testing.T) {
	manual := string(testenv.Read(t, filepath.Join(testenv.Root(), "docs", "operations.md")))
	c := config.DefaultServe()
	for _, s := range c.Settings() {
		if !strings.Contains(manual, "`--"+s.Name+"`") || !strings.Contains(manual, "`"+s.Env+"`") {
			t.Errorf("--%s (%s) is not told of", s.Name, s.Env)
		}
	}
	stream := demo(t)
	d := run(t, func(w http.ResponseWriter, r *http.Request) { sendLive(w, r, stream) }, nil)
	d.watch("/x", stream)
	_, text := d.body("/metrics")
	for _, line := range strings.Split(text, "\n") {
		name, found := strings.CutPrefix(line, "# TYPE xg2g_transcoder_")
		if name, _, _ = strings.Cut(name, " "); found && !strings.Contains(manual, "`"+name+"`") {
			t.Errorf("%s is not told of", name)
		}
	}
	for path := range d.routes {
		if !strings.Contains(manual, "`"+path+"`") {
			t.Errorf("%s is not told of", path)
		}
	}
}
