#!/bin/sh
# SPDX-License-Identifier: MIT
#
# layers.sh ROOT: reads every #include below src, ffi and include, and fails on
# one that points upwards. This table is docs/architecture.md's.
set -eu
cd "$1"

find src ffi include -name '*.h' -o -name '*.cpp' -o -name '*.c' 2>/dev/null |
  sort | xargs awk '
  BEGIN {
    may["base"] = "base"
    may["ts"] = "base ts"
    may["es"] = "base es"
    may["audio"] = "base es audio libav"
    may["video"] = "base es video libav va"
    may["remux"] = "base ts es audio video remux"
    may["ffi"] = "remux xg2g ffi"
    may["examples"] = "xg2g examples"
    may["include"] = ""
  }
  function layer_of(path, part) {
    split(path, part, "/")
    if (part[1] == "src") return part[2]
    if (part[1] == "ffi" && part[2] == "examples") return "examples"
    return part[1]
  }
  # The standard library has no folders; a name in quotes without one is a
  # neighbour.
  function target_of(line, name, folder) {
    name = line
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
    folder = name
    sub(/^[<"]/, "", folder)
    if (folder !~ /\//) return name ~ /^</ ? "standard" : layer_of(FILENAME)
    sub(/\/.*/, "", folder)
    if (folder ~ /^lib(av|sw)/) return "libav"
    return folder
  }
  /^[ \t]*#[ \t]*include/ {
    from = layer_of(FILENAME)
    to = target_of($0)
    if (to == "standard" || to == "sys") next
    if (index(" " may[from] " ", " " to " ")) next
    printf "%s:%d: %s must not include %s: %s\n", FILENAME, FNR, from, to, $0
    wrong = 1
  }
  END { exit wrong }'
