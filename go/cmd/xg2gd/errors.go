// SPDX-License-Identifier: MIT

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"unicode"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
)

// usageError is an error of the command line.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func misuse(format string, args ...any) error {
	return usageError{fmt.Sprintf(format, args...)}
}

// misuse says where the options of the command are listed.
func (p page) misuse(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	return misuse("%v; xg2gd %s --help lists the options", err, p.command)
}

// refusal tells options that cannot be from a library that cannot work.
func refusal(err error) error {
	var e *transcoder.Error
	if errors.Is(err, transcoder.ErrInvalidInput) && errors.As(err, &e) && e.Detail != "" {
		return misuse("%s", e.Detail)
	}
	return err
}

// finish tells of err, if there is one, and returns the exit status.
func finish(stderr io.Writer, err error) int {
	if err == nil {
		return statusOK
	}
	complain(stderr, err.Error())
	var usage usageError
	if errors.As(err, &usage) {
		return statusUsage
	}
	return statusFailed
}

// first returns the first error that is one: what follows from it needs no line.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// complain writes one line, whatever control characters a path may hold.
func complain(stderr io.Writer, text string) {
	fmt.Fprintln(stderr, "xg2gd:", strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, text))
}

// cannot says what failed with what, why, and what to do.
func cannot(verb, name string, err error, advice string) error {
	var path *fs.PathError
	if errors.As(err, &path) { // It would name the path again.
		err = path.Err
	}
	return fmt.Errorf("cannot %s %s: %w; %s", verb, name, err, advice)
}

func writeError(name string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EPIPE):
		return fmt.Errorf("whoever read %s has gone; the rest is not written", name)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return cannot("write", name, err, "make room there")
	default:
		return cannot("write", name, err, "the rest is not written")
	}
}
