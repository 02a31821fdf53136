#!/bin/sh
# SPDX-License-Identifier: MIT
#
# remux_cli_test.sh REMUX MAKE_DEMO_STREAM CHECK_JSON: drives the program from
# outside. Every wait has an end: it is for data, and timeout(1) bounds it.
set -u

remux=$1
make_stream=$2
check_json=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

fail() {
  echo "FAILED: $*"
  sed 's/^/  | /' err 2> /dev/null | head -n 5
  failures=$((failures + 1))
}

# expect STATUS WORDS ARGUMENT...: the exit status, and what is said.
expect() {
  status=$1
  words=$2
  shift 2
  timeout 60 "$remux" "$@" > out 2> err < /dev/null
  got=$?
  [ "$got" -eq "$status" ] || fail "status $got, not $status: $*"
  grep -qF -- "$words" out err || fail "does not say '$words': $*"
}

# one_sentence: the last failure was told in one line that begins as it should.
one_sentence() {
  [ "$(wc -l < err)" -eq 1 ] || fail "more than one line"
  grep -q '^xg2g-remux: ' err || fail "does not name the program"
}

the_command_line() {
  expect 0 SYNOPSIS --help
  expect 0 'xg2g-remux ' --version
  grep -Eq '^FFmpeg [0-9]+\.[0-9]+' out || fail "--version names no FFmpeg"
  for arguments in '' in.ts '--wrong a b' 'a b c' '--rate' '--rate=x a b' \
    '--bit-rate 1z a b' '--program 0 a b' '--program 70000 a b' \
    '--dual-mono up a b' '--quiet=1 a b' '--probe a b'; do
    # shellcheck disable=SC2086
    expect 2 'xg2g-remux: ' $arguments
    one_sentence
  done
  expect 2 1234 --rate 1234 in.ts x.ts
  expect 2 7 --channels 7 in.ts x.ts
  expect 2 in.ts in.ts in.ts
  ln -s in.ts link.ts
  expect 2 'link.ts is what is being read' in.ts link.ts
  cmp -s in.ts copy.ts || fail "the input was touched"
}

# Nothing of an output that is there is lost to an input that is none.
bad_input() {
  : > empty.ts
  head -c 300000 /dev/zero > zeros.ts
  head -c 1000 /dev/zero > short.ts
  echo precious > kept.ts
  for name in absent.ts empty.ts zeros.ts short.ts .; do
    expect 1 'xg2g-remux: ' "$name" kept.ts
    one_sentence
    expect 1 'xg2g-remux: ' "$name" new.ts
    [ ! -e new.ts ] || fail "$name leaves an empty file"
    expect 1 'xg2g-remux: ' --probe "$name"
  done
  [ "$(cat kept.ts)" = precious ] || fail "kept.ts is gone"
  expect 1 'not an MPEG transport stream' /dev/urandom new.ts
  expect 1 'cannot write' in.ts absent/new.ts
  if [ -e /dev/full ]; then
    expect 1 'make room' in.ts /dev/full
  fi
}

the_table() {
  expect 0 'AAC 48 kHz stereo 192 kbit/s' in.ts out.ts
  grep -q '^0x0103 eng  AC-3 48 kHz 5.1 ' err || fail "no row of AC-3"
  grep -q 'teletext  *passes$' err || fail "no row of teletext"
  [ -s out.ts ] || fail "no output"
  expect 0 'AAC 32 kHz mono 64 kbit/s' --rate=32000 --channels 1 \
    --bit-rate 64k in.ts out.ts
  expect 0 'passes: not selected' --languages deu in.ts out.ts
  expect 0 'passes: not selected' --first-only in.ts out.ts
  "$remux" --quiet in.ts aac.ts > out 2> err || fail "--quiet fails"
  [ ! -s out ] && [ ! -s err ] || fail "--quiet speaks"
  expect 0 'passes: AAC already' --probe aac.ts
  grep -q '^Nothing to transcode' out || fail "silent about a stream of AAC"
}

json() {
  "$remux" --json in.ts out.ts > json 2> err || fail "--json fails"
  [ ! -s err ] || fail "--json speaks on standard error"
  "$check_json" < json || fail "no JSON"
  for words in '"program_number":1' '"codec":"mpeg_audio"' '"layer":2' \
    '"codec":"ac3"' '"language":"deu"' '"state":"transcoded"'; do
    grep -qF "$words" json || fail "JSON without $words"
  done
  grep -Eq '"pid":257,[^}]*"av_offset":null,' json ||
    fail "JSON gives an offset to a picture"
  grep -Eq '"pid":258,[^}]*"av_offset":-?[0-9]+,' json ||
    fail "JSON gives no offset to sound"
  name=$(printf 'quote"\\ tab\t \377\303\274.ts')
  cp in.ts "$name"
  "$remux" --json --probe "$name" > json 2> err || fail "--json --probe fails"
  "$check_json" < json || fail "no JSON for a strange name"
  "$remux" --json - - < in.ts > out.ts 2> json || fail "--json - - fails"
  "$check_json" < json || fail "no JSON on standard error"
}

pipes() {
  "$remux" --quiet in.ts file.ts 2> err || fail "no reference"
  "$remux" --quiet - - < in.ts > pipe.ts 2> err || fail "a pipe fails"
  cmp -s file.ts pipe.ts || fail "a pipe gives other bytes"
  dd if=in.ts bs=77 2> /dev/null | "$remux" --quiet - - > pipe.ts 2> err
  cmp -s file.ts pipe.ts || fail "small pieces give other bytes"
  cat in.ts in.ts in.ts in.ts | timeout 60 "$remux" --probe - > out 2> err ||
    fail "a probe of a pipe fails"
  grep -q 'AC-3' out || fail "a probe of a pipe finds nothing"
}

# feed BYTES: that much of the stream into descriptor 3.
feed() {
  head -c "$1" in.ts | timeout 30 cat >&3
}

# What came in goes out while the input stays open; then the reader leaves.
# Pipes are opened for both ways, since that never waits for the other end.
live() {
  mkfifo source sink
  timeout 60 "$remux" source sink 2> err &
  pid=$!
  exec 3<> source 4<> sink
  feed 94000
  got=$(timeout 30 head -c 37600 <&4 | wc -c)
  [ "$got" -eq 37600 ] || fail "$got bytes while the input is open"
  exec 4>&-
  feed 30000
  exec 3>&-
  wait "$pid"
  got=$?
  [ "$got" -eq 1 ] || fail "status $got, not 1, after the reader has gone"
  grep -q 'whoever read sink has gone' err || fail "silent about the reader"
}

# A signal ends the stream in good order: samples, table, status 0.
signals() {
  rm -f source
  mkfifo source
  "$remux" source stopped.ts 2> err &
  pid=$!
  exec 3<> source
  feed 940000
  timeout 30 sh -c 'until [ -s stopped.ts ]; do :; done' || fail "no output"
  kill -TERM "$pid"
  # The second one, should the first do nothing, ends it without order.
  (timeout 30 tail --pid="$pid" -f /dev/null || kill -TERM "$pid") &
  wait "$pid"
  got=$?
  exec 3>&-
  [ "$got" -eq 0 ] || fail "status $got, not 0, after SIGTERM"
  grep -q 'AAC 48 kHz' err || fail "no table after SIGTERM"
}

# Rubbish in mid-stream is told once and passed over.
rubbish() {
  { cat in.ts; head -c 300000 /dev/zero; cat in.ts; } > mixed.ts
  expect 0 'searching on' mixed.ts out.ts
  [ "$(grep -c 'searching on' err)" -eq 1 ] || fail "repeats itself"
  grep -q 'sync loss' err || fail "counts no loss"
}

"$make_stream" in.ts 3 2> /dev/null || exit 1
cp in.ts copy.ts
the_command_line
bad_input
the_table
json
pipes
live
signals
rubbish
[ "$failures" -eq 0 ] || exit 1
echo "all is well"
