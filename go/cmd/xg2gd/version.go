// SPDX-License-Identifier: MIT

package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime/debug"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/report"
)

// version is the project's, where the linker was told.
var version string

// versions is what this is made of.
type versions struct {
	Program string `json:"version"`
	Library string `json:"library"`
	Archive string `json:"archive,omitempty"`
	FFmpeg  string `json:"ffmpeg"`
}

// binaryVersion returns the version of this program.
func binaryVersion() string { return versionFrom(version, debug.ReadBuildInfo) }

// versionFrom falls back to what the go command noted.
func versionFrom(linked string, read func() (*debug.BuildInfo, bool)) string {
	if linked != "" {
		return linked
	}
	if info, ok := read(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}

func currentVersions() versions {
	return versions{
		Program: binaryVersion(),
		Library: transcoder.Version(),
		Archive: transcoder.ArchiveHash(),
		FFmpeg:  cmp.Or(transcoder.FFmpegVersion(), "unknown"),
	}
}

func (v versions) print(w io.Writer) error {
	archive := ""
	if v.Archive != "" {
		archive = " (archive " + v.Archive + ")"
	}
	_, err := fmt.Fprintf(w, "xg2gd %s\nlibrary %s%s\nFFmpeg %s\n", v.Program, v.Library, archive, v.FFmpeg)
	return err
}

// printVersion says which versions this is made of.
func printVersion(_ context.Context, args []string, getenv func(string) string,
	_ io.Reader, stdout, stderr io.Writer) int {
	asJSON := false
	p := page{"version", "[--json]", "Says which versions this is made of.\n",
		[]config.Setting{config.Switch("json", &asJSON, "As one JSON object.")}}
	rest, err := p.read(args, getenv)
	switch {
	case errors.Is(err, flag.ErrHelp):
		err = p.print(stdout)
	case err != nil:
	case len(rest) > 0:
		err = p.misuse(errors.New(rest[0] + " is one word too many"))
	case asJSON:
		err = writeError("standard output", report.WriteJSON(stdout, currentVersions()))
	default:
		err = writeError("standard output", currentVersions().print(stdout))
	}
	return finish(stderr, err)
}
