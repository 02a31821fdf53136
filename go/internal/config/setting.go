// SPDX-License-Identifier: MIT

// Package config reads what an operator asks for, from flags and from the
// environment, and names the field of whatever is wrong.
package config

import (
	"flag"
	"fmt"
	"io"
	"strings"
)

// Setting is one thing that can be asked for. Its flag wins over its variable
// of the environment, and both over its default.
type Setting struct {
	Name    string // The flag, without dashes.
	Env     string // The variable; "" where there is none.
	Takes   string // What its value is, as "a duration, as 10s"; "" for a switch.
	Default string // For people; the value itself is there already.
	Many    bool   // May be given more than once, or as a list with commas.
	Help    string // A sentence.

	set func(value string) error
	// clear forgets the default of a setting that may be given more than once.
	clear func()
}

// Parse reads args and the environment into settings and returns the arguments
// that are no flags. The error names the flag or the variable.
func Parse(settings []Setting, args []string, getenv func(string) string) ([]string, error) {
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	given := map[string][]string{}
	for _, s := range settings {
		note := func(value string) error {
			given[s.Name] = append(given[s.Name], value)
			return nil
		}
		if s.Takes == "" {
			flags.BoolFunc(s.Name, s.Help, note)
		} else {
			flags.Func(s.Name, s.Help, note)
		}
	}
	rest, err := parseAll(flags, args)
	if err != nil {
		return nil, err
	}
	for _, s := range settings {
		if err := s.apply(given[s.Name], getenv); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

// parseAll also finds flags that stand behind arguments.
func parseAll(flags *flag.FlagSet, args []string) ([]string, error) {
	var rest []string
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		left := flags.Args()
		if len(left) == 0 {
			return rest, nil
		}
		if ended := len(args) - len(left); ended > 0 && args[ended-1] == "--" {
			return append(rest, left...), nil
		}
		rest = append(rest, left[0])
		args = left[1:]
	}
}

func (s Setting) apply(given []string, getenv func(string) string) error {
	from := "--" + s.Name
	if len(given) == 0 && s.Env != "" && getenv(s.Env) != "" {
		from = s.Env
		given = []string{getenv(s.Env)}
	}
	if len(given) > 0 && s.clear != nil {
		s.clear()
	}
	for _, text := range given {
		values := []string{text}
		if s.Many {
			values = strings.Split(text, ",")
		}
		for _, value := range values {
			if err := s.set(strings.TrimSpace(value)); err != nil {
				return fmt.Errorf("%s: %w", from, err)
			}
		}
	}
	return nil
}

// PrintUsage writes a line or two for each setting.
func PrintUsage(w io.Writer, settings []Setting) {
	for _, s := range settings {
		head := "--" + s.Name
		if s.Takes != "" {
			head += " VALUE"
		}
		fmt.Fprintf(w, "  %s\n      %s", head, s.Help)
		if s.Takes != "" {
			fmt.Fprintf(w, " Takes %s", s.Takes)
			if s.Default != "" {
				fmt.Fprintf(w, " (%s)", s.Default)
			}
			fmt.Fprint(w, ".")
		}
		if s.Env != "" {
			fmt.Fprintf(w, " [%s]", s.Env)
		}
		fmt.Fprintln(w)
	}
}
