#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Prints how long functions and files are (median, 90th percentile, longest)
# and fails on a function over 60 lines or a file over 400. It relies on the
# layout that clang-format and gofmt give: a function begins and ends at one
# indentation.
set -eu

files=$(
  {
    find src ffi include -name '*.h' -o -name '*.cpp' -o -name '*.c'
    find go -name '*.go' ! -name '*_test.go'
  } | sort
)

# shellcheck disable=SC2086
functions=$(awk '
  FNR == 1 { inside = 0; head = ""; }
  inside {
    if (match($0, /[^ ]/) == indent && $0 ~ /^ *}/) {
      print FNR - begin + 1, FILENAME ":" begin
      inside = 0
      head = ""
    }
    next
  }
  /^ *(#|\/\/|\*|\/\*|public:|private:|protected:)/ || /^ *$/ { next }
  head == "" { begin = FNR; indent = match($0, /[^ ]/) }
  { head = head $0 }
  /{$/ {
    if (head ~ /\)/ && head !~ /= *{$/ &&
        head !~ /^ *(namespace|class|struct|enum|union|extern) [^()]*{$/)
      inside = 1
    else
      head = ""
    next
  }
  /[;}]$/ || /[;}] *(\/\/|\/\*).*$/ { head = "" }
  ' $files | sort -n)

summary() {
  awk -v what="$1" '{ n[NR] = $1 } END {
    if (NR == 0) exit
    printf "%s: %d, median %d, p90 %d, longest %d lines\n", what, NR,
      n[int((NR + 1) / 2)], n[int((NR * 9 + 9) / 10)], n[NR] }'
}

# shellcheck disable=SC2086
lengths=$(wc -l $files | awk '$2 != "total" { print $1, $2 }' | sort -n)
echo "$functions" | summary functions
echo "$lengths" | summary files

long=$(echo "$functions" | awk '$1 > 60'
       echo "$lengths" | awk '$1 > 400')
[ -z "$long" ] || {
  echo "too long:"
  echo "$long"
  exit 1
}
