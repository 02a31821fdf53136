#!/bin/sh
# SPDX-License-Identifier: MIT
#
# go_test.sh WHAT BUILD GO...: one of the tests below, in the module's folder. GO
# is the go command, BUILD the tree with the archive and the binaries.
set -eu
what=$1 build=$2
shift 2

fail() {
  echo "$*" >&2
  exit 1
}

needed() {
  readelf --dynamic --wide "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort
}

race() {
  packages=$("$@" list ./... | grep -v /internal/e2e)
  # shellcheck disable=SC2086
  "$@" test -race -count=1 -timeout 20m $packages
}

# What ships is built without the race detector, and so is tested so.
end_to_end() {
  "$@" test -count=1 -v -timeout 20m ./internal/e2e
}

without_cgo() {
  env CGO_ENABLED=0 GOTOOLCHAIN=local "$go" vet ./...
  env CGO_ENABLED=0 GOTOOLCHAIN=local "$go" test -count=1 .
  # A Raspberry Pi's int has 32 bits.
  env CGO_ENABLED=0 GOTOOLCHAIN=local GOARCH=arm "$go" build ./...
}

# The module of someone who has the library installed.
pkg_config() {
  prefix=$work/prefix
  cmake --install "$build" --prefix "$prefix" > /dev/null
  PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name 'xg2g_transcoder.pc')")
  export PKG_CONFIG_PATH
  copy_module
  rm "$work/module/go/archive_hash.h"
  (cd "$work/module/go" && "$@" run -tags xg2g_pkgconfig ./cmd/xg2gd version)
  if (cd "$work/module/go" && "$@" build . 2> "$work/errors"); then
    fail "it linked an archive that is not there"
  fi
  grep -q 'run cmake/dev.sh build' "$work/errors" ||
    fail "the error does not say what to do: $(cat "$work/errors")"
}

# A tree in which the archive can be changed.
copy_module() {
  mkdir -p "$work/module/build/release/lib"
  cp -R . "$work/module/go"
  cp -R ../include "$work/module/include"
  cp "$build/lib/libxg2g_transcoder.a" "$work/module/build/release/lib"
}

changed_archive() {
  copy_module
  cd "$work/module/go"
  "$@" build -o "$work/before" ./cmd/xg2gd
  "$@" build -o "$work/again" ./cmd/xg2gd
  cmp "$work/before" "$work/again" || fail "two builds of the same differ"
  archive=$work/module/build/release/lib/libxg2g_transcoder.a
  version=$("$work/before" version | sed -n 's/^library *\([0-9.]*\).*/\1/p')
  # Another archive, which says that it is of another version.
  other=$(echo "$version" | tr 0-9 9)
  LC_ALL=C sed "s/\\x00$version\\x00/\\x00$other\\x00/g" "$archive" > "$work/other.a"
  if cmp -s "$archive" "$work/other.a"; then fail "the archive did not change"; fi
  cp "$work/other.a" "$archive"
  cmake -DARCHIVE="$archive" -DHEADER=archive_hash.h \
    -P "$source/cmake/WriteArchiveHash.cmake"
  "$@" build -o "$work/after" ./cmd/xg2gd
  "$work/after" version
  "$work/after" version | grep -q "$other" ||
    fail "Go did not link the changed archive"
}

readme() {
  copy_module
  mkdir "$work/module/go/readme"
  awk -v stem="$work/module/go/readme/" '
    /^```go$/ { file = stem "main.go"; n++; next }
    /^```/ { file = "" }
    file { print > file }
    END { exit n != 1 }' ../README.md || fail "README.md has not one Go example"
  cd "$work/module/go"
  [ -z "$("$(dirname "$go")/gofmt" -l readme)" ] || fail "gofmt would lay it out otherwise"
  "$@" build -o "$work/example" ./readme
  "$build/bin/xg2g-make-demo-stream" "$work/in.ts"
  "$build/bin/xg2g-remux" --quiet "$work/in.ts" "$work/want.ts"
  "$work/example" < "$work/in.ts" | cmp - "$work/want.ts"
}

binaries() {
  echo "xg2gd needs:" $(needed "$build/bin/xg2gd")
  extra=$(needed "$build/bin/xg2gd" | grep -Ev '^(libc|libm|ld-linux.*)\.so' || :)
  [ -z "$extra" ] || fail "xg2gd needs $extra besides libc and libm"
  cmake --build "$build" --target xg2gd-static > /dev/null
  extra=$(needed "$build/bin/xg2gd-static")
  [ -z "$extra" ] || fail "xg2gd-static needs $extra"
  readelf --program-headers "$build/bin/xg2gd-static" | grep -q INTERP &&
    fail "xg2gd-static needs a loader"
  for binary in "$build/bin/xg2gd" "$build/bin/xg2gd-static"; do
    "$binary" version
    if grep -aq "$source" "$binary"; then
      fail "$binary names the folder that it was built in"
    fi
    wc -c < "$binary"
  done
}

source=$(cd .. && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for go; do :; done # The last word of the command is go itself.
"$what" "$@"
