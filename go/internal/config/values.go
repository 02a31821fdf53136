// SPDX-License-Identifier: MIT

package config

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

func toSwitch(to *bool) func(string) error {
	return func(value string) error {
		parsed, err := strconv.ParseBool(value)
		if err != nil {
			return fmt.Errorf("%q is neither true nor false", value)
		}
		*to = parsed
		return nil
	}
}

func toNumber(to *int, least int) func(string) error {
	return func(value string) error {
		parsed, err := strconv.Atoi(value)
		if err != nil || parsed < least {
			return fmt.Errorf("%q is not possible: a whole number from %d on is", value, least)
		}
		*to = parsed
		return nil
	}
}

// toBitRate takes 192000, 192k, and 192 as the predecessor did: nothing plays
// at under a thousand bits a second.
func toBitRate(to *int) func(string) error {
	return func(value string) error {
		digits, thousands := strings.CutSuffix(strings.ToLower(value), "k")
		parsed, err := strconv.Atoi(digits)
		if err != nil || parsed < 1 || parsed > 1_000_000 {
			return fmt.Errorf("%q is not possible: bits a second are, as 192000 or 192k", value)
		}
		if thousands || parsed < 1000 {
			parsed *= 1000
		}
		*to = parsed
		return nil
	}
}

func toDuration(to *time.Duration) func(string) error {
	return func(value string) error {
		parsed, err := time.ParseDuration(value)
		if err != nil || parsed <= 0 {
			return fmt.Errorf("%q is not possible: a duration is, as 10s, 500ms or 2m", value)
		}
		*to = parsed
		return nil
	}
}

var sizeUnits = []struct {
	suffix string
	bytes  int
}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1}, {"", 1}}

func toSize(to *int, least int) func(string) error {
	return func(value string) error {
		for _, unit := range sizeUnits {
			digits, ok := strings.CutSuffix(value, unit.suffix)
			if !ok {
				continue
			}
			parsed, err := strconv.Atoi(strings.TrimSpace(digits))
			if err == nil && parsed >= 0 && parsed <= math.MaxInt/unit.bytes && parsed*unit.bytes >= least {
				*to = parsed * unit.bytes
				return nil
			}
			break
		}
		return fmt.Errorf("%q is not possible: a size of %d bytes or more is, as 8MiB", value, least)
	}
}

func toChoice[T any](to *T, names []string, values []T) func(string) error {
	return func(value string) error {
		at := slices.Index(names, value)
		if at < 0 {
			return fmt.Errorf("%q is not possible: %s is", value, strings.Join(names, ", "))
		}
		*to = values[at]
		return nil
	}
}
